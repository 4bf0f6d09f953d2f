"""A draft of the entry that is missing, as Markdown: what people asked of it is what it is to
answer."""

from __future__ import annotations

from collections.abc import Sequence

from entrywise.data.entries import Entry, told_apart
from entrywise.rag.log.gaps import Gap
from entrywise.rag.render.escape import heading, label, one_line
from entrywise.rag.render.safe_markdown import safe_markdown
from entrywise.web.served.links import Links
from entrywise.web.site.head import opening
from entrywise.web.texts.catalogue import Texts


def draft(gap: Gap, topic: str, nearest: Sequence[Entry], links: Links, texts: Texts) -> str:
    """The Markdown of a draft, ending in a line break.

    Args:
        topic: what is missing, in few words.
        nearest: the entries that are nearest to what is missing.
        links: the addresses of the server.
        texts: what the draft says by itself.
    """
    asked = [opening(one, language=texts.language) for one in (topic, gap.question, *gap.others)]
    blocks = [f"# {heading(asked[0])}", texts("draft.first")]
    blocks += [f"## {texts('draft.questions')}", _items(asked[1:])]
    if gap.comments:
        blocks += [f"## {texts('draft.comments')}", _items(gap.comments)]
    if nearest:
        near = (
            f"[{label(name)}](<{links.entry(entry.id)}>)"
            for name, entry in zip(told_apart(nearest), nearest, strict=True)
        )
        blocks.append(f"{texts('draft.nearest')} {', '.join(near)}")
    return safe_markdown("\n\n".join(blocks) + "\n")


def _items(texts: Sequence[str]) -> str:
    return "\n".join(f"- {one_line(text)}" for text in texts)
