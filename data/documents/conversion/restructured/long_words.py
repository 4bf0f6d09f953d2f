"""Words of thousands of letters, kept from docutils, which takes the square of their length, 7 s
for one of 16,000. They are data or an attack, and no markup.

>>> words = LongWords("see " + "x-" * 1000)
>>> len(words.text), words.restored(words.text) == "see " + "x-" * 1000
(7, True)
"""

from __future__ import annotations

import re

LONGEST = 1000
"""Letters of a word that docutils may read: 0.03 s of its time. Addresses are seldom longer."""

# Of Unicode's private use, with the number of the word between: no markup to anybody.
_OPENING, _CLOSING = "\uf8f0", "\uf8f1"
_PLACE = re.compile(f"{_OPENING}([0-9]+){_CLOSING}")


class LongWords:
    """A text whose long words stand aside."""

    def __init__(self, text: str) -> None:
        self._words: list[str] = []
        # What looks like a place of ours stands aside, too; lines and borders of tables stay.
        long = re.compile(rf"(?<!\S)(?=[^\w\s]*\w)\S{{{LONGEST + 1},}}|{_PLACE.pattern}")
        self.text = long.sub(self._set_aside, text)
        """The text with a short word in the place of each."""

    def __bool__(self) -> bool:
        return bool(self._words)

    def restored(self, text: str) -> str:
        """A part of the text with its long words again."""
        return _PLACE.sub(lambda place: self._words[int(place[1])], text)

    def _set_aside(self, word: re.Match[str]) -> str:
        self._words.append(word.group())
        return f"{_OPENING}{len(self._words) - 1}{_CLOSING}"
