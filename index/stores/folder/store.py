"""An index in a folder; `generations/` says how its generations come and go."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from entrywise.index.calibration.calibration import Calibration
from entrywise.index.calibration.recalibration import recalibrate
from entrywise.index.generations.lease import current, current_manifest, hold
from entrywise.index.generations.publication import Draft, drafted, is_draft
from entrywise.index.generations.verification import verify
from entrywise.index.layout import Manifest, read_manifest
from entrywise.index.stores.folder.generation import FolderGeneration


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A `Store`: the folder of an index, or of one generation."""

    home: Path

    def __str__(self) -> str:
        return str(self.home)

    def current(self) -> str:
        """The name of the generation that is read."""
        return current(self.home).name

    def manifest(self) -> Manifest:
        """What the index was made of."""
        return current_manifest(self.home)

    def open(self) -> FolderGeneration:
        """Hold the generation that is read, verify and map it."""
        lease = hold(self.home)
        return FolderGeneration(lease, FolderStore(lease.folder))

    def verify(self) -> str:
        """Compare every file with its checksum."""
        with hold(self.home) as lease:
            manifest = read_manifest(lease.folder)
            verify(lease.folder, manifest, everything=True)
            return f"{len(manifest.files)} files are what was written"

    def leftovers(self) -> str:
        """What killed builds left."""
        drafts = [path for path in self.home.iterdir() if is_draft(path)]
        megabytes = sum(f.stat().st_size for path in drafts for f in path.iterdir()) // 2**20
        told = f"{len(drafts)} drafts of {megabytes} MiB: of a build that runs, or was killed"
        return told if drafts else ""

    def drafted(self) -> AbstractContextManager[Draft]:
        """The right to publish a generation."""
        return drafted(self.home.resolve())

    def recalibrate(self, calibration: Calibration, *, of: str) -> Manifest:
        """Publish a generation that differs by its calibration alone."""
        return recalibrate(self.home, calibration, of=of)
