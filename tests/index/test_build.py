from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from indexes import files_of

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.errors import EntrywiseError, IndexMissing, KnowledgeBaseError
from entrywise.data.source import read_knowledge_base
from entrywise.index import build
from entrywise.index.build import build_index
from entrywise.index.calibration import calibration
from entrywise.index.calibration.calibration import Calibration
from entrywise.index.encoders.registry import EncoderSource
from entrywise.index.entry_table import sha256_of
from entrywise.index.generations import file_states
from entrywise.index.generations.lease import current, current_manifest
from entrywise.index.generations.pointer import write_pointer
from entrywise.index.index import Index
from entrywise.index.layout import CHECKED, Layout
from entrywise.index.names.forms import Name
from entrywise.index.passages.chunks import passage
from entrywise.index.passages.digests import entry_digests
from entrywise.index.passages.rows import Spans
from entrywise.index.passages.title_mentions import FoundTitles, found_titles
from entrywise.index.stores.registry import folder_store
from entrywise.index.updates import unchanged_entries
from entrywise.rag.domains.language_models.domain import DOMAIN
from entrywise.rag.judge.calibration.own_step import calibrated_by_itself
from entrywise.rag.judge.features import WordingFeatures

FullDisk = Callable[[int], AbstractContextManager[None]]


def calibrated(index: Index, progress: Progress) -> Calibration:
    return calibrated_by_itself(index, DOMAIN, progress)


class Progress:
    """Remembers what it was told, and stops the build where it is asked to."""

    def __init__(self, stop: BaseException | None = None) -> None:
        self.told: list[tuple[int, int]] = []
        self.stop = stop

    def __call__(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if self.stop and done:
            raise self.stop


@pytest.fixture
def changed(knowledge_base: KnowledgeBase) -> KnowledgeBase:
    """One sentence of ReAct's is other, one way of asking is new, and bf16 is gone."""
    entries = {entry.id: entry for entry in knowledge_base}
    react = entries["react"]
    explanation = Section("explanation", "Each thought is followed by a tool call. Then it stops.")
    entries["react"] = replace(
        react,
        sections=(react.sections[0], explanation),
        questions=(*react.questions, "when does an agent stop"),
    )
    del entries["bf16"]
    return replace(knowledge_base, entries=tuple(entries.values()))


def contents(folder: Path) -> dict[str, bytes]:
    """What an index is made of: not when it was looked at."""
    generation = current(folder)
    paths = (path for path in generation.iterdir() if path != Layout(generation).checked)
    return {path.name: path.read_bytes() for path in paths}


def left(folder: Path) -> list[str]:
    """What there is in the folder of an index; nothing is beside it."""
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    named = {current(folder).name: "GENERATION"}
    return sorted(named.get(path.name, path.name) for path in folder.iterdir())


def texts(index: Index) -> int:
    """How many texts a build embeds: chunks and the different questions."""
    counts = index.manifest.counts
    return counts["chunks"] + counts["questions"] + counts["questions without an answer"]


def test_an_update_embeds_only_what_changed(copied: Path, changed: KnowledgeBase) -> None:
    progress = Progress()
    manifest = build_index(changed, copied, progress=progress)
    # The chunk around a sentence, then a question.
    assert progress.told == [(0, 2), (1, 2), (2, 2)]
    assert manifest == current_manifest(copied)
    assert manifest.counts["entries"] == 5
    assert manifest.knowledge_base_sha256 == sha256_of(changed, entry_digests(changed))


def test_an_update_equals_a_fresh_build(
    copied: Path, changed: KnowledgeBase, knowledge_base: KnowledgeBase, small_root: Path
) -> None:
    build_index(changed, copied)
    # What was changed and left out is embedded again.
    build_index(knowledge_base, copied, annotator=WordingFeatures(DOMAIN), calibrator=calibrated)
    update, fresh = Index(copied), Index(small_root)
    assert tuple(update.entries) == tuple(fresh.entries) == knowledge_base.entries
    assert update.catalog.names == fresh.catalog.names
    assert dict(update.ordinals) == dict(fresh.ordinals)
    for name in ("catalog.json", "listing.sqlite", "names.sqlite", "completions.npy"):
        assert (files_of(update).root / name).read_bytes() == (
            files_of(fresh).root / name
        ).read_bytes()
    assert update.manifest.knowledge_base_sha256 == fresh.manifest.knowledge_base_sha256
    assert contents(copied)["encoder.onnx"] == contents(small_root)["encoder.onnx"]
    np.testing.assert_array_equal(update.chunks[:], fresh.chunks[:])
    np.testing.assert_array_equal(update.sentences[:], fresh.sentences[:])
    np.testing.assert_array_equal(
        np.load(files_of(update).questions), np.load(files_of(fresh).questions)
    )
    # A text has the same vectors whatever is embedded beside it: to the last bit.
    assert contents(copied) == contents(small_root)


@pytest.mark.parametrize(
    ("text", "looked_through"),
    [("Stations write to Grafana.", 1), ("# Charts\n\nDraws what is measured.", 2)],
    ids=["a text", "a title"],
)
def test_an_update_of_documents_equals_a_fresh_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, looked_through: int
) -> None:
    source = tmp_path / "notes"
    looked: list[int] = []
    source.mkdir()
    (source / "grafana.md").write_text("# Grafana\n\nIt draws what is measured.")
    (source / "boats.md").write_text("# Boats\n\nThey are seen in Grafana, and Charts.")
    (source / "stations.md").write_text("They are far away.")
    build_index(read_knowledge_base(source), tmp_path / "index")
    (source / "stations.md").write_text(text)
    knowledge_base = read_knowledge_base(source)
    build_index(knowledge_base, tmp_path / "fresh")

    def found(entries: Sequence[Entry], titles: Sequence[Name], sentences: Spans) -> FoundTitles:
        looked.append(len(sentences))
        return found_titles(entries, titles, sentences)

    monkeypatch.setattr(unchanged_entries, "found_titles", found)
    build_index(knowledge_base, tmp_path / "index")
    assert contents(tmp_path / "index") == contents(tmp_path / "fresh")
    assert looked == [looked_through]
    with closing(Index(tmp_path / "index")) as index:
        mentioned = {index.entries[one].name for one in index.generation.title_mentions[:, 1]}
    assert mentioned == {"Grafana"} | ({"Charts"} if looked_through > 1 else set())


def test_a_build_over_an_index_that_is_up_to_date_embeds_nothing(
    copied: Path, knowledge_base: KnowledgeBase
) -> None:
    before, progress = contents(copied), Progress()
    build_index(
        knowledge_base,
        copied,
        annotator=WordingFeatures(DOMAIN),
        calibrator=calibrated,
        progress=progress,
    )
    assert progress.told == [(0, 0)], "it asks itself no questions again"
    assert contents(copied) == before


def test_the_calibrator_sees_the_finished_index_and_what_it_says_is_kept(
    copied: Path, changed: KnowledgeBase
) -> None:
    seen: list[int] = []

    def told(index: Index, progress: object) -> Calibration:
        seen.append(len(index.entries))
        return Calibration(offset=0.5, answerable=(0.7,))

    manifest = build_index(changed, copied, calibrator=told)
    assert seen == [5]
    assert current_manifest(copied) == manifest
    assert manifest.calibration == Calibration(offset=0.5, answerable=(0.7,))


def test_a_calibration_holds_until_much_is_other(
    copied: Path, changed: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of six entries two are other, or gone: a third."""
    made = current_manifest(copied).calibration
    asked: list[Index] = []

    def told(index: Index, progress: object) -> Calibration:
        asked.append(index)
        return Calibration(offset=0.5)

    def update(knowledge_base: KnowledgeBase) -> Calibration:
        annotator = WordingFeatures(DOMAIN)
        return build_index(knowledge_base, copied, annotator=annotator, calibrator=told).calibration

    monkeypatch.setattr(calibration, "MOST_DRIFT", 0.4)
    assert update(changed) == replace(made, drift=pytest.approx(1 / 3))
    assert update(changed) == replace(made, drift=pytest.approx(1 / 3)), "nothing was other"
    assert not asked
    entries = (replace(changed.entries[0], name="Another"), *changed.entries[1:])
    assert update(replace(changed, entries=entries)) == Calibration(offset=0.5)
    assert len(asked) == 1


def test_a_calibration_of_other_programs_is_made_anew(
    copied: Path, knowledge_base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version may judge otherwise."""
    monkeypatch.setattr(build, "version", lambda name: "1000")
    made = Calibration(offset=0.5)
    annotator = WordingFeatures(DOMAIN)
    manifest = build_index(knowledge_base, copied, annotator=annotator, calibrator=lambda *_: made)
    assert manifest.calibration == made


def test_the_language_of_a_few_new_entries_is_that_of_the_others(
    copied: Path, changed: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged_entries, "written_in", lambda entries: "de")
    monkeypatch.setattr(unchanged_entries, "_FEW", 0.4)
    changed = replace(changed, identity=replace(changed.identity, language=""))
    assert build_index(changed, copied).identity.language == "en"
    monkeypatch.setattr(unchanged_entries, "_FEW", 0.0)
    assert (
        build_index(replace(changed, entries=changed.entries[1:]), copied).identity.language == "de"
    )


def test_examples_are_in_the_language_that_is_found(
    tmp_path: Path, knowledge_base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged_entries, "written_in", lambda entries: "de")
    nameless = replace(knowledge_base, identity=replace(knowledge_base.identity, language=""))
    build_index(nameless, tmp_path / "index")
    with closing(Index(tmp_path / "index")) as index:
        assert index.listing.examples()[0].startswith("Was ist ")


def test_a_calibrator_that_fails_leaves_the_index_as_it_was(
    copied: Path, changed: KnowledgeBase
) -> None:
    def fails(index: Index, progress: object) -> Calibration:
        raise EntrywiseError("no")

    before = contents(copied)
    with pytest.raises(EntrywiseError):
        build_index(changed, copied, calibrator=fails)
    assert contents(copied) == before
    assert left(copied) == ["GENERATION", "current", "lock"]


def test_the_vectors_are_those_of_the_passages(
    small_index: Index, knowledge_base: KnowledgeBase
) -> None:
    for row in range(len(small_index.chunks)):
        entry, section, start, end = small_index.chunks[row].tolist()
        text = passage(knowledge_base.entries[entry], section, start, end)
        own = small_index.encoder.encode_query(text).vector
        np.testing.assert_array_equal(own, small_index.chunk_vectors.vector(row))


def test_the_vector_of_a_sentence_comes_from_its_passage(small_index: Index) -> None:
    """Each sentence is nearer to what it says than the others of its entry are, most often."""
    best = 0
    for row, (entry, section, start, end) in enumerate(small_index.sentences[:].tolist()):
        text = small_index.entries[entry].sections[section].text[start:end]
        rows = small_index.sentence_rows(entry)
        vectors = small_index.sentence_vectors[rows.start : rows.stop]
        nearest = np.argmax(vectors @ small_index.encoder.encode_query(text).vector)
        best += rows.start + int(nearest) == row
    # By chance it would be one in five.
    assert best / len(small_index.sentences) > 0.5


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), ValueError("stop"), OSError(5, "I/O")])
def test_a_build_that_stops_half_way_leaves_the_old_index(
    stop: BaseException, copied: Path, changed: KnowledgeBase
) -> None:
    before = contents(copied)
    with pytest.raises((KeyboardInterrupt, ValueError, IndexMissing)):
        build_index(changed, copied, progress=Progress(stop))
    assert contents(copied) == before
    assert left(copied) == ["GENERATION", "current", "lock"]


@pytest.mark.parametrize("size", [0, 100, 1_000, 10_000])
def test_a_full_disk_leaves_the_old_index_and_names_the_remedy(
    size: int, copied: Path, changed: KnowledgeBase, full_disk: FullDisk
) -> None:
    before = contents(copied)
    with full_disk(size), pytest.raises(IndexMissing) as caught:
        build_index(changed, copied)
    message = str(caught.value)
    assert message.startswith(f"{copied}: cannot be written (")
    assert message.endswith(", or name another folder with --out or ENTRYWISE_CACHE")
    assert "\n" not in message
    assert contents(copied) == before
    assert left(copied) == ["GENERATION", "current", "lock"]


@pytest.mark.parametrize("size", [100_000, 20_000_000])
def test_a_disk_without_room_for_an_encoder_is_told_so(
    size: int, tmp_path: Path, changed: KnowledgeBase, full_disk: FullDisk
) -> None:
    with full_disk(size), pytest.raises(IndexMissing, match=r": cannot be written \("):
        build_index(changed, tmp_path / "index")
    assert not list(tmp_path.iterdir())


def test_readers_of_a_replaced_index_go_on(copied: Path, changed: KnowledgeBase) -> None:
    reader = Index(copied)
    build_index(changed, copied)
    assert files_of(reader).root != current(copied)
    assert reader.entry("bf16").name == "bf16 / bfloat16"
    assert np.flatnonzero(reader.words.scores("mantissa")).tolist() == [4]
    vector = reader.encoder.encode_query("mantissa bits").vector
    assert reader.chunks[reader.chunk_vectors.search(vector, 1)[0][0], 0] == 4
    assert not Index(copied).words.scores("mantissa").any()


def test_an_update_shares_the_encoder_with_who_reads_what_was(
    copied: Path, changed: KnowledgeBase
) -> None:
    with closing(Index(copied)) as before:
        build_index(changed, copied)
        with closing(Index(copied)) as after:
            assert files_of(after).root != files_of(before).root
            assert after.encoder is before.encoder


def test_a_knowledge_base_without_entries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="without entries has no index"):
        build_index(KnowledgeBase(()), tmp_path / "index")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_something_else_is_left_alone(
    tmp_path: Path, knowledge_base: KnowledgeBase
) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter").write_text("1")
    (tmp_path / "file").write_text("2")
    for name in ("thesis", "file"):
        with pytest.raises(IndexMissing, match="holds something that is no index: choose"):
            build_index(knowledge_base, tmp_path / name)
    assert (tmp_path / "thesis" / "chapter").read_text() + (tmp_path / "file").read_text() == "12"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_manifest_of_something_else_is_no_index(
    copied: Path, tmp_path: Path, knowledge_base: KnowledgeBase
) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "manifest.json").write_text("{}")
    for folder in (tmp_path / "app", copied):
        (folder / "precious.txt").write_text("mine")
        with pytest.raises(IndexMissing, match="holds something that is no index"):
            build_index(knowledge_base, folder)
        assert (folder / "precious.txt").read_text() == "mine"


@pytest.mark.parametrize("place", ["file/index", "file/deep/index", "/proc/index"])
def test_a_place_that_cannot_be_written_is_named(
    place: str, tmp_path: Path, knowledge_base: KnowledgeBase
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexMissing, match=r"cannot be written \(.*, or name another folder"):
        build_index(knowledge_base, tmp_path / place)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_adapter_that_is_missing_leaves_nothing_behind(
    tmp_path: Path, knowledge_base: KnowledgeBase
) -> None:
    with pytest.raises(EntrywiseError, match="missing: cannot be read"):
        build_index(
            knowledge_base,
            tmp_path / "new" / "index",
            encoder=EncoderSource(adapter=tmp_path / "missing"),
        )
    assert list((tmp_path / "new").iterdir()) == []


def test_a_damaged_index_is_built_afresh(
    copied: Path, small_index: Index, knowledge_base: KnowledgeBase
) -> None:
    (current(copied) / "words.sqlite").unlink()
    progress = Progress(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        build_index(knowledge_base, copied, progress=progress)
    assert progress.told[0][1] == texts(small_index)


def test_what_rotted_without_a_trace_is_not_taken_over(
    copied: Path, knowledge_base: KnowledgeBase
) -> None:
    # The one file that is too large to be hashed at every opening.
    rotten = Layout.encoder_weights
    before = current_manifest(copied).files[rotten]
    path = current(copied) / rotten
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.unlink()
    path.write_bytes(content)
    # As if it had been hashed when it was like this.
    checked = current(copied) / CHECKED
    known = file_states.read(checked)
    file_states.keep(checked, known | {rotten: [*file_states.state(path), int(time.time())]})
    build_index(knowledge_base, copied)
    assert current_manifest(copied).files[rotten] == before
    assert folder_store(copied).verify()


def test_others_may_read_an_index(small_root: Path) -> None:
    assert small_root.stat().st_mode & 0o777 == current(small_root).stat().st_mode & 0o777 == 0o755
    for path in current(small_root).iterdir():
        assert path.stat().st_mode & 0o777 == (0o644 if path.name == "checked.json" else 0o444)


def test_an_index_of_another_model_is_no_basis_for_an_update(
    copied: Path, knowledge_base: KnowledgeBase
) -> None:
    before = current(copied)
    other = replace(current_manifest(copied), weights_sha256="0")
    Layout(before).manifest.unlink()
    write_pointer(copied, other.write(Layout(before)).generation)
    before.rename(current(copied))
    progress = Progress(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        build_index(knowledge_base, copied, progress=progress)
    assert progress.told[0][1] == texts(Index(copied))


def test_an_index_may_be_moved(copied: Path, tmp_path: Path) -> None:
    copied.rename(tmp_path / "moved")
    assert Index(tmp_path / "moved").entry("gqa").id == "gqa"
