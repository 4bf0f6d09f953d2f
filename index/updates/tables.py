"""Tables of an index that an update takes over, or copies with what is other, where it can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.index.layout import Layout
from entrywise.index.listing import changed_tables as changed_listing
from entrywise.index.listing import tables, titles
from entrywise.index.listing.pairs import pairs as listing_pairs
from entrywise.index.map import drawing
from entrywise.index.names import completion_tables
from entrywise.index.names import tables as name_tables
from entrywise.index.names.forms import titles_of
from entrywise.index.passages.rows import UNKNOWN, inverse
from entrywise.index.passages.units import Units, units_of, word_row
from entrywise.index.updates.predecessor import taken_over
from entrywise.index.updates.unchanged_entries import Unchanged
from entrywise.index.words import writing as word_file


def write_words(layout: Layout, entries: Sequence[Entry], unchanged: Unchanged) -> None:
    """Write the units of entries, and their words: as they are in the index that is replaced, with
    the rows that are other."""
    units = units_of(entries)
    np.save(layout.units, units)
    if not _words_are_kept(layout, entries, units, unchanged):
        word_file.write(layout.words, _texts(entries.__getitem__, units), unchanged.language)


def _words_are_kept(
    layout: Layout, entries: Sequence[Entry], units: Units, unchanged: Unchanged
) -> bool:
    old, rows = unchanged.index, unchanged.rows_of(units)
    if not old or rows is None or not unchanged.is_by_same_programs:
        return False
    gone = np.flatnonzero(inverse(rows, len(old.units)) == UNKNOWN).tolist()
    new = np.flatnonzero(rows == UNKNOWN).tolist()
    if not gone and not new:
        return taken_over(layout, old, Layout.words)
    kept = old.file(Layout.words)
    return kept is not None and word_file.update(
        layout.words,
        kept,
        rows,
        dict(zip(gone, _texts(old.entries.__getitem__, old.units[gone]), strict=True)),
        dict(zip(new, _texts(entries.__getitem__, units[new]), strict=True)),
        unchanged.language,
    )


def write_names(layout: Layout, knowledge_base: KnowledgeBase, unchanged: Unchanged) -> None:
    """Write what names are looked up in, and what names, titles of pages and ids are completed
    from: as they are in the index that is replaced, with those that are other."""
    same, kept = unchanged.called_alike, unchanged.changed_little
    if not taken_over(layout, same, Layout.names):
        names = kept.file(Layout.names) if kept else None
        if names:
            name_tables.update(layout.names, names, unchanged.before, unchanged.other_names)
        else:
            name_tables.write(layout.names, unchanged.names)
    if taken_over(layout, same, Layout.completions, Layout.completion_texts):
        return
    files = layout.completion_texts, layout.completions
    entries, ids = knowledge_base.entries, [entry.id for entry in knowledge_base]
    texts, table = (kept.file(path.name) if kept else None for path in files)
    if kept and texts and table:
        titles_come = titles_of((ordinal, entries[ordinal]) for ordinal in unchanged.other)
        come = (*unchanged.other_names, *titles_come)
        completion_tables.update(*files, (texts, table), unchanged.stay, come, ids)
    else:
        completion_tables.write(*files, (*unchanged.names, *titles_of(enumerate(entries))), ids)


def write_listing(layout: Layout, knowledge_base: KnowledgeBase, unchanged: Unchanged) -> None:
    """Write what lists show: as it is in the index that is replaced, with what is other in one
    line, and what may be compared and asked, where nothing else is."""
    old, entries = unchanged.alike(_listed), knowledge_base.entries
    kept = old.file(Layout.listing) if old else None
    if not (old and kept and knowledge_base.categories == old.catalog.categories):
        if not _listing_is_kept(layout, knowledge_base, unchanged):
            tables.write(layout.listing, knowledge_base)
        return
    had = old.listing.pairs()
    pairs = had if unchanged.alike(_headed) else listing_pairs(knowledge_base)
    compared = [(entries[one], entries[other]) for one, other in pairs]
    asked = tables.first_examples(knowledge_base, compared)
    told = had, old.listing.examples()
    if unchanged.alike(lambda one: one.oneliner) and (pairs, asked) == told:
        taken_over(layout, old, Layout.listing)
    else:
        oneliners = {number: entries[number].oneliner for number in unchanged.rewritten or ()}
        tables.update(layout.listing, kept, oneliners, pairs, asked)


def _listing_is_kept(layout: Layout, knowledge_base: KnowledgeBase, unchanged: Unchanged) -> bool:
    old, moved, groups = unchanged.changed_little, unchanged.moved, knowledge_base.grouped
    kept = old.file(Layout.listing) if old else None
    if not old or not kept or moved is None:
        return False
    if [one.category for one in old.listing.groups(len(groups) + 1)] != [one for one, _ in groups]:
        return False
    changed_listing.update(layout.listing, kept, knowledge_base, unchanged.before, moved)
    return True


def write_titles(
    layout: Layout, knowledge_base: KnowledgeBase, questions: Iterable[str], unchanged: Unchanged
) -> None:
    """Write headings, and questions that are offered: as they are in the index that is replaced,
    where all are."""
    asked = titles.in_order(questions)
    old = unchanged.alike(lambda one: (one.name, _headed(one)))
    same = old if old and asked == old.titles.all_questions() else None
    if not taken_over(layout, same, Layout.titles):
        titles.write(layout.titles, knowledge_base, asked)


def write_map(layout: Layout, entries: Sequence[Entry], unchanged: Unchanged) -> None:
    """Write the map: as it is in the index that is replaced, where no name, link or text of what it
    shows is other."""
    old = unchanged.index
    same = unchanged.alike(lambda one: (one.name, one.related))
    if same and not (unchanged.rewritten or {}).keys().isdisjoint(same.map.dots["entry"].tolist()):
        same = None
    if not taken_over(layout, same, Layout.map, Layout.map_links):
        drawing.write_map(layout, entries, old.map if old else None, unchanged.before)


def _listed(entry: Entry) -> object:
    """What lists show of an entry beside its line, but for what may be compared and asked."""
    return entry.category, entry.name, entry.expansion, entry.aliases, entry.related


def _headed(entry: Entry) -> object:
    return [(section.name, section.path, bool(section.blocks)) for section in entry.sections]


def _texts(entry: Callable[[int], Entry], units: Units) -> Iterator[word_file.Row]:
    """What is found by words of each of some units."""
    return (word_row(entry(ordinal), section) for ordinal, section in units.tolist())
