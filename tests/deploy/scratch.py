"""Carries out a Dockerfile without an engine: each stage is a folder that its steps see as `/`.

The base image is this machine's: /usr (read-only), a copy of /etc, and the Python that runs the
tests; all else in a stage is what its instructions put there. A step runs in a mount namespace of
its own, so that nothing stays mounted, whatever happens. That takes Linux and root.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from deploy.dockerfile import Ignored, Instruction, Stage, parse

_BASE_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_LINKED = ("bin", "sbin", "lib", "lib64")
_PASSED_ON = ("PIP_", "SSL_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
"""How pip reaches its packages on this machine."""

# A namespace of networks begins with a loopback device that is down.
_LOOPBACK_UP = (
    "import fcntl, socket, struct; "
    "fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sH14x', b'lo', 1))"
)


def possible() -> bool:
    """Whether this process may make namespaces and mount in them."""
    try:
        trial = ["unshare", "--mount", "--net", "mount", "-t", "tmpfs", "none", "/mnt"]
        return subprocess.run(trial, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@dataclass(frozen=True)
class Built:
    """A stage that was carried out: the folder that is its `/`, and what its settings became."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: str = "0:0"

    def inside(self, path: str) -> Path:
        """Where this machine sees a path of the stage; a relative one begins at its WORKDIR."""
        return self.root / str(PurePosixPath(self.workdir, path)).lstrip("/")

    def command(
        self,
        words: Sequence[str],
        *,
        shown: dict[str, Path] | None = None,
        mounts: dict[str, Path] | None = None,
        sealed: bool = False,
        env: dict[str, str] | None = None,
    ) -> list[str]:
        """What runs a command in the stage, as the user of the stage; it stays one process.

        Args:
            shown: folders of this machine that the command sees, by path.
            mounts: those that it may change, too.
            sealed: it sees no network but a loopback device of its own, and writes nowhere else.
            env: variables besides those of the stage.
        """
        script = [
            f"mount --bind {self._quoted('/')} {self._quoted('/')}",
            *self._mounted(_system() | (shown or {})),
            *self._mounted(mounts or {}, read_only=False),
            f"mount --bind /proc {self._quoted('/proc')}",
            f"mount --rbind /dev {self._quoted('/dev')}",
        ]
        if sealed:
            script.append(f"mount -o remount,bind,ro {self._quoted('/')}")
            script.append(f"{shlex.quote(sys.executable)} -c {shlex.quote(_LOOPBACK_UP)}")
        script.append(f"exec chroot {self._quoted('/')} {self._as_user(words, env or {})}")
        namespaces = ["--mount", "--net"] if sealed else ["--mount"]
        return ["unshare", *namespaces, "--propagation=private", "sh", "-ec", "\n".join(script)]

    def beside(self, process: int, words: Sequence[str]) -> list[str]:
        """What runs a command where a process of this stage is, as `docker exec` does."""
        enter = ["nsenter", f"--target={process}", "--mount", "--net", "--root", "--wd"]
        return [*enter, "sh", "-ec", f"exec {self._as_user(words, {})}"]

    def _as_user(self, words: Sequence[str], env: dict[str, str]) -> str:
        user, _, group = self.user.partition(":")
        variables = {"HOME": self._home(user)} | self.env | env
        pairs = (f"{name}={value}" for name, value in variables.items())
        clean = ["env", "-i", f"--chdir={self.workdir}", *pairs]
        drop = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"]
        if user != "0":
            drop += ["--no-new-privs", "--bounding-set=-all"]
        return shlex.join([*drop, *clean, *words])

    def _home(self, user: str) -> str:
        rows = [row.split(":") for row in self.inside("/etc/passwd").read_text().splitlines()]
        return next((row[5] for row in rows if row[2] == user), "/")

    def _mounted(self, mounts: dict[str, Path], read_only: bool = True) -> list[str]:
        lines = []
        for target, source in mounts.items():
            self.inside(target).mkdir(parents=True, exist_ok=True)
            lines.append(f"mount --bind {shlex.quote(str(source))} {self._quoted(target)}")
            if read_only:
                lines.append(f"mount -o remount,bind,ro {self._quoted(target)}")
        return lines

    def _quoted(self, path: str) -> str:
        return shlex.quote(str(self.inside(path)))


def _system() -> dict[str, Path]:
    """What every stage sees of this machine: programs, Python, and the wheels that pip is given."""
    given = os.environ.get("PIP_FIND_LINKS", "").split()
    paths = [Path("/usr"), Path(sys.base_prefix), *(Path(one) for one in given)]
    return {str(path): path for path in paths if path.is_absolute() and path.is_dir()}


def _pip_cache() -> Path:
    """Where pip keeps what it fetched; the folder is made."""
    command = [sys.executable, "-m", "pip", "cache", "dir"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    folder = Path(found.stdout.strip())
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Build:
    """Carries out the stages of a Dockerfile, in order, each once."""

    def __init__(self, context: Path, work: Path) -> None:
        """Build what `context` holds, below the empty folder `work`."""
        self._work = work
        self._context = work / "context"
        ignored = Ignored((context / ".dockerignore").read_text("utf-8"))
        _copy_context(context, self._context, ignored)
        self.stages: dict[str, Built] = {}

    def run(self, dockerfile: str) -> Built:
        """The last stage of a Dockerfile."""
        for number, stage in enumerate(parse(dockerfile)):
            built = self._base(stage, self._work / f"stage{number}")
            for one in stage.instructions:
                built = self._carried_out(one, built)
            self.stages[stage.name or str(number)] = built
        return built

    def _base(self, stage: Stage, root: Path) -> Built:
        before = self.stages.get(stage.base)
        if before:
            subprocess.run(["cp", "--archive", before.root, root], check=True)
            return replace(before, root=root)
        for name in ("tmp", "proc", "dev", "root", "usr", "var/tmp"):
            (root / name).mkdir(parents=True)
        (root / "tmp").chmod(0o1777)
        for name in _LINKED:
            if (link := Path("/", name)).is_symlink():
                (root / name).symlink_to(link.readlink())
        shutil.copytree("/etc", root / "etc", symlinks=True)
        # On many machines it is a link to where a stage does not see.
        (root / "etc" / "resolv.conf").unlink(missing_ok=True)
        shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
        return Built(root, {"PATH": f"{sys.base_prefix}/bin:{_BASE_PATH}"})

    def _carried_out(self, one: Instruction, stage: Built) -> Built:
        match one.keyword:
            case "RUN":
                self._run(one, stage)
            case "COPY":
                self._copy(one, stage)
            case "ENV":
                return replace(stage, env=stage.env | _expanded(one.words, stage.env))
            case "WORKDIR":
                stage.inside(one.arguments).mkdir(parents=True, exist_ok=True)
                return replace(stage, workdir=one.arguments)
            case "USER":
                return replace(stage, user=one.arguments)
            case "LABEL" | "EXPOSE" | "HEALTHCHECK" | "CMD" | "VOLUME":
                pass
            case _:
                raise ValueError(f"{one.keyword} is not known here; add it")
        return stage

    def _run(self, one: Instruction, stage: Built) -> None:
        caches = [mount["target"] for mount in one.mounts if mount["type"] == "cache"]
        shown = {
            mount["target"]: self._source(mount.get("from", ""), mount["source"])
            for mount in one.mounts
            if mount["type"] == "bind"
        }
        passed = {k: v for k, v in os.environ.items() if k.upper().startswith(_PASSED_ON)}
        command = stage.command(
            ["sh", "-c", one.arguments],
            shown=shown,
            mounts={target: _pip_cache() for target in caches},
            env=passed,
        )
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"RUN {one.arguments}\n{done.stdout}{done.stderr}")

    def _source(self, stage: str, path: str) -> Path:
        """Where a path is: of a stage before, or of the context."""
        above = self.stages[stage].root if stage else self._context
        return above / path.lstrip("/")

    def _copy(self, one: Instruction, stage: Built) -> None:
        *sources, target = one.words
        to = stage.inside(target)
        for source in (self._source(one.source_stage, name) for name in sources):
            if source.is_dir():
                shutil.copytree(source, to, symlinks=True, dirs_exist_ok=True)
            else:
                shutil.copy(source, to)


def _expanded(words: Sequence[str], env: dict[str, str]) -> dict[str, str]:
    """Pairs of ENV, with the `$NAME` of what was set before."""
    pairs = dict(word.split("=", 1) for word in words)
    for name, value in pairs.items():
        for known in env:
            value = value.replace(f"${known}", env[known])
        pairs[name] = value
    return pairs


def _copy_context(root: Path, to: Path, ignored: Ignored) -> None:
    """Copy what a build sees; links stay links."""
    for folder, folders, names in os.walk(root):
        # Ignored whole, and long to walk through: .git, .venv, node_modules.
        folders[:] = [name for name in folders if name[0] != "." and name != "node_modules"]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in (*names, *links):
            path = Path(folder, name).relative_to(root)
            if not ignored(PurePosixPath(path)):
                (to / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / path, to / path, follow_symlinks=False)
