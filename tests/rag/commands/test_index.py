from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from commands import ENTRYWISE
from databases import NewDatabase
from indexes import write_texts
from installation import Install, environment_with

from entrywise.__main__ import main
from entrywise.data.readers.registry import readable
from entrywise.index.calibration.calibration import Calibration
from entrywise.index.calibration.recalibration import recalibrate
from entrywise.index.encoders.default import DEFAULT_MODEL, DEFAULT_SHA256
from entrywise.index.generations.lease import current, current_manifest
from entrywise.index.index import Index
from entrywise.index.layout import Layout
from entrywise.rag.assistant import Assistant
from entrywise.rag.doctor.knowledge import indexed

Run = Callable[..., tuple[int, str, str]]

HELD = (
    "fuel berth",
    "berth fees",
    "lifeboat crew",
    "night berths",
    "who keeps the lifeboats?",
)
NOT_HELD = ("swimming lessons", "jobs", "fishing licence", "ferry timetable", "ship loans")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `entrywise index`: exit code, stdout, stderr."""

    def ran(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["index", *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return ran


def write(path: Path, *texts: str) -> Path:
    rows = (
        {"_id": f"r{number}", "title": f"Row{number}", "text": text}
        for number, text in enumerate(texts)
    )
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.mark.slow
def test_an_index_is_built_shown_verified_and_updated(run: Run, tmp_path: Path) -> None:
    source, out = write(tmp_path / "rows.jsonl", "One sentence here."), tmp_path / "index"

    code, counts, _ = run("build", source, "--out", out)
    assert (code, counts.partition("\n")[0]) == (
        0,
        "1 entries, 1 categories, 1 chunks, 1 sentences, 0 questions, "
        "0 questions without an answer, 384 dimension",
    )

    code, shown, err = run("info", "--index", out)
    assert (code, err) == (0, "")
    lines = shown.splitlines()
    assert lines[:2] == [f"index: {out}", f"generation: {current(out).name}"]
    assert lines[2].startswith("knowledge base: Rows, SHA-256 ")
    assert lines[3] == f"encoder: {DEFAULT_MODEL}, SHA-256 {DEFAULT_SHA256}"
    assert "\n".join(lines[4:7]) == counts.rstrip()
    assert "faiss-cpu" in lines[7]
    files = {line.split()[1]: int(line.split()[0].replace(",", "")) for line in lines[8:]}
    assert files == {
        path.name: path.stat().st_size
        for path in current(out).iterdir()
        if path.name != "manifest.json"
    }

    assert run("verify", "--index", out) == (0, f"{len(files)} files are what was written\n", "")

    write(source, "One sentence here.", "Another one there.")
    ways = tmp_path / "ways.json"
    ways.write_text('{"r1": {"questions": ["which one is there"]}}')
    code, counts, _ = run("update", source, "--out", out, "--ways", ways)
    assert code == 0
    assert counts.startswith("2 entries, 1 categories, 2 chunks, 2 sentences, 1 questions")


def test_a_cluster_that_is_none_is_refused_before_anything_is_read(
    run: Run, tmp_path: Path
) -> None:
    options = ("--out", tmp_path / "index", "--ray", "dask://head:8786")
    code, out, err = run("build", tmp_path / "missing", *options)
    assert (code, out) == (2, "")
    assert err == (
        "entrywise: 'dask://head:8786' is no address of a Ray cluster; give `local`, `auto` on a "
        "machine of the cluster, or HOST:PORT of its head\n"
    )


@pytest.mark.slow
def test_an_index_in_a_database_is_built_shown_verified_and_calibrated(
    run: Run, new_database: NewDatabase, documents: tuple[Path, Path]
) -> None:
    """By the commands that a folder has, and never with its password."""
    source, _ = documents
    address = new_database().replace("postgres@", "postgres:pa55word@")

    assert run("info", "--index", address)[0] == 3
    code, counts, _ = run("build", source, "--store", address)
    assert code == 0
    code, shown, err = run("info", "--index", address)
    assert (code, err) == (0, "")
    assert shown.startswith("index: postgresql://(set)@")
    assert counts.partition("\n")[0] in shown
    assert run("update", source, "--store", address)[:2] == (0, counts)
    assert run("calibrate", "--index", address)[0] == 0
    code, said, _ = run("verify", "--deep", "--index", address)
    assert code == 0
    assert "fit each other" in said
    with Assistant.open(address) as assistant:
        assert assistant.ask("how many days of leave in Poland?").citations


def test_an_altered_file_is_found(run: Run, small_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    shutil.copytree(small_root, root)
    path = Layout(current(root)).tokenizer
    path.write_bytes(path.read_bytes()[:-1] + b"!")

    code, out, err = run("verify", "--index", root)

    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "tokenizer.json is not what was written" in err


def test_without_a_name_it_is_the_index_in_the_settings(
    run: Run, small_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_INDEX", str(small_root))
    assert run("info")[1].startswith(f"index: {small_root}\ngeneration: ")


def test_without_a_setting_it_is_the_glossarys(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_CACHE", str(tmp_path))
    code, out, err = run("info")

    assert (code, out) == (3, "")
    assert f"no index in '{tmp_path}/glossary-" in err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none.jsonl", "--out", "index"], 2, "none.jsonl: cannot be read (No such"),
        (
            ["rows.jsonl", "--out", "index", "--model", "./none"],
            2,
            "no model in './none'",
        ),
        (["rows.jsonl", "--out", "rows.jsonl"], 3, "holds something that is no index"),
    ],
)
def test_what_cannot_be_built_is_said_in_one_line(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    write(tmp_path / "rows.jsonl", "One sentence here.")
    monkeypatch.chdir(tmp_path)

    status, out, err = run("build", *arguments)

    assert (status, out) == (code, "")
    assert message in err
    assert err.splitlines()[-1].startswith("entrywise: ")
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


@pytest.fixture
def documents(small_root: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A folder of which not all can be read, and an index to build over, so that its encoder is
    kept."""
    source, out = tmp_path / "docs", tmp_path / "index"
    source.mkdir()
    text = (
        "# Leave\n\n| Country | Days |\n|---|---|\n| Poland | 26 |\n\n## Asking\n\n```\nask\n```\n"
    )
    (source / "leave.md").write_text(text)
    (source / "map.png").touch()
    (source / "old.md").write_bytes(b"\0")
    shutil.copytree(small_root, out)
    return source, out


def test_building_ends_with_what_was_understood_and_what_was_not_read(
    run: Run, documents: tuple[Path, Path]
) -> None:
    source, out = documents
    code, counts, err = run("build", source, "--out", out)
    assert (code, counts.count("\n")) == (0, 3)
    assert err.splitlines()[-6:] == [
        "1 pages, 2 sections, 1 tables, 1 blocks of code",
        "longest section: leave (43 characters)",
        "longest section: leave, 'Asking' (11 characters)",
        "nearly empty section: leave, 'Asking' (words: 1)",
        "not read: old.md: holds NUL bytes, so it is no text; save it as UTF-8",
        "note: 1 .png file: no text: map.png",
    ]


def test_what_to_expect_is_told_at_the_build_and_by_info(
    run: Run, documents: tuple[Path, Path]
) -> None:
    source, out = documents
    _, built, _ = run("build", source, "--out", out)
    told = built.splitlines()[1:]
    assert told[0].startswith("at the threshold 0.65: ")
    assert " of its own questions answered; " in told[0]
    assert " of its near misses, " in told[0]
    assert told[1].startswith("an error of at most 5 % with 95 % certainty needs ")
    assert "\n".join(told) in run("info", "--index", out)[1]


def test_what_all_pages_are_about_is_told(run: Run, tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.md").write_text(f"# Quay {number}\n\nRow with Oarlock.\n", "utf-8")
    told = "\nall pages are about “oarlock”: what names it is looked up without it, too\n"
    assert told in run("build", tmp_path, "--out", tmp_path / "out")[1]
    assert told in run("info", "--index", tmp_path / "out")[1]


def test_languages_and_versions_of_pages_are_told(run: Run, tmp_path: Path) -> None:
    english = "# Oars\n\nThe oars of the club stand in the shed behind the pier, on the left.\n"
    german = "# Ruder\n\nDie Ruder des Vereins stehen im Schuppen hinter dem Steg, auf der Seite.\n"
    pages = {"docs": english, "docs/v2": english, "docs/v1": english, "docs/de": german}
    write_texts(tmp_path / "source", {f"{place}/oars.md": text for place, text in pages.items()})
    told = (
        "\npages in several languages (de, en): a question is answered in its own"
        "\npages of versions (1, 2): the newest one answers, or that which is named\n"
    )
    assert told in run("build", tmp_path / "source", "--out", tmp_path / "out")[1]
    assert told in run("info", "--index", tmp_path / "out")[1]


def test_where_citations_lead_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "oars.md").write_text("# Oars\n\nOars stand in the shed.")
    (tmp_path / "mkdocs.yml").write_text("site_url: https://boats.org/help/")
    told = "\npages stand below https://boats.org/help: citations lead there (`base_url`)\n"
    assert told in run("build", tmp_path, "--out", tmp_path / "out")[1]
    assert told in run("info", "--index", tmp_path / "out")[1]


def test_a_title_steers_no_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "entrywise.toml").write_text('title = "\\u001b[31mred\\nline"', "utf-8")
    (tmp_path / "a.md").write_text("A page.", "utf-8")
    run("build", tmp_path, "--out", tmp_path / "out")
    told = run("info", "--index", tmp_path / "out")[1]
    assert "knowledge base: �[31mred line, SHA-256 " in told
    assert "\x1b" not in told


LABELS = (
    *(f'{{"question": "{text}", "answered": true}}' for text in HELD),
    *(f'{{"question": "{text}", "scope": "near"}}' for text in NOT_HELD),
)


@pytest.fixture
def labelled(harbour_root: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A copy of the harbour's index, and a file of labels."""
    root, labels = tmp_path / "index", tmp_path / "labels.jsonl"
    shutil.copytree(harbour_root, root)
    labels.write_text("\n".join(LABELS))
    return root, labels


def test_an_index_is_calibrated_by_labels_and_verified(
    run: Run, labelled: tuple[Path, Path]
) -> None:
    root, labels = labelled
    code, out, err = run("calibrate", "--index", root, "--labels", labels)
    assert (code, err) == (0, "")
    before, _, now, _ = out.splitlines()
    assert before.startswith("before, at the threshold 0.65: ")
    assert now.startswith("now, at the threshold 0.65: ")
    assert "of its labelled questions answered" in now
    calibration = current_manifest(root).calibration
    assert calibration.labelled
    assert (len(calibration.answerable), len(calibration.near)) == (len(HELD), len(NOT_HELD))
    assert run("verify", "--index", root)[0] == 0


def test_without_labels_it_asks_itself_again(
    run: Run, labelled: tuple[Path, Path], harbour_root: Path
) -> None:
    root, labels = labelled
    run("calibrate", "--index", root, "--labels", labels)
    assert run("calibrate", "--index", root)[0] == 0
    assert current_manifest(root) == current_manifest(harbour_root)


def test_too_few_labels_are_a_line_and_change_nothing(
    run: Run, labelled: tuple[Path, Path]
) -> None:
    root, labels = labelled
    labels.write_text("\n".join(LABELS[:6]))
    before = current_manifest(root)
    code, out, err = run("calibrate", "--index", root, "--labels", labels)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "at least 5 of each, so label more" in err
    assert current_manifest(root) == before


def test_an_update_says_that_labels_have_to_be_given_again_where_much_is_other(
    run: Run, documents: tuple[Path, Path]
) -> None:
    source, out = documents
    run("build", source, "--out", out)
    recalibrate(out, Calibration(labelled=True), of=current_manifest(out).generation)
    assert "calibrate" not in run("build", source, "--out", out)[2]
    assert current_manifest(out).calibration.labelled
    (source / "new.md").write_text("# A new page\n\nOf two.\n")
    assert "`entrywise index calibrate --labels`" in run("build", source, "--out", out)[2]
    assert "calibrate" not in run("build", source, "--out", out)[2]


def test_texts_in_another_language_than_the_encoders_are_said(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "haus", tmp_path / "index"
    source.mkdir()
    text = "Die Miete ist bis zum dritten Werktag eines Monats zu zahlen. " * 20
    (source / "miete.md").write_text(f"# Miete\n\n{text}\n")
    code, _, err = run("build", source, "--out", out)
    assert code == 0
    assert err.splitlines()[-1].startswith("its texts are in German, and all-MiniLM-L6-v2 was")
    with closing(Index(out)) as index:
        notes = [found.message for found in indexed(index) if found.state == "note"]
    assert notes == err.splitlines()[-1:]


def test_strict_builds_nothing_where_something_is_lost(
    run: Run, documents: tuple[Path, Path], tmp_path: Path
) -> None:
    source, _ = documents
    code, out, err = run("build", source, "--out", tmp_path / "none", "--strict")
    assert (code, out) == (2, "")
    assert "--strict: old.md: holds NUL bytes" in err
    assert not (tmp_path / "none").exists()


def test_columns_are_named_on_the_command_line(run: Run, small_root: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "faq.csv", tmp_path / "index"
    source.write_text("Frage;Antwort\nWer?;Wir.\n")
    shutil.copytree(small_root, out)
    code, _, err = run("build", source, "--out", out)
    assert code == 2
    assert "name one with --columns text=COLUMN" in err
    code, counts, _ = run("build", source, "--out", out, "--columns", "title=Frage,text=Antwort")
    assert (code, counts[:9]) == (0, "1 entries")
    with pytest.raises(SystemExit):
        run("build", source, "--out", out, "--columns", "titel=Frage")


def test_a_source_that_a_distribution_reads_is_built_and_answers(
    run: Run, plug_in: Callable[[str], None], small_root: Path, tmp_path: Path
) -> None:
    plug_in("recipe")
    source, out = tmp_path / "dinner.recipe", tmp_path / "index"
    source.write_text("= Omelette\nBeat three eggs.\n\n= Rice\nRinse the rice, then boil it.\n")
    # Over an index, whose encoder is kept: PyTorch would be the longest part of this.
    shutil.copytree(small_root, out)

    assert run("build", source, "--out", out)[1].startswith("2 entries, 1 categories, 2 chunks")

    with Assistant(Index(out), threshold=0.0) as assistant:
        (citation,) = assistant.ask("what is an omelette?").citations
    assert (citation.entry, citation.section) == ("Omelette", "method")
    assert citation.quote == "Beat three eggs."


@pytest.mark.parametrize("command", ["build", "update", "adapt", "enrich"])
def test_help_says_what_can_be_read(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    with pytest.raises(SystemExit):
        main(["index", command, "--help"])
    assert f"  {readable()}\n" in capsys.readouterr().out


def test_help_and_refusal_name_what_a_distribution_reads(
    installed: Install, tmp_path: Path
) -> None:
    environment = environment_with(installed("recipe")) | {"COLUMNS": "500"}
    source = tmp_path / "dinner.menu"
    source.touch()
    for arguments in (["index", "build", "--help"], ["check", str(source)]):
        told = subprocess.run(
            [*ENTRYWISE, *arguments], env=environment, capture_output=True, text=True, timeout=30
        )
        assert "llms.txt or a .recipe file\n" in told.stdout + told.stderr
