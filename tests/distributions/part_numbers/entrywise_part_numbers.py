"""Part numbers of screws: `RS-M8x40-A2` is a series, a thread, a length in mm and a steel."""

import re

from entrywise.rag.domains.base import UNKNOWN, Aspect, CompoundName, Domain, NamePart, Unit

KINDS = {"series": "[A-Z]{2}", "thread": r"M\d+", "length": r"\d+", "steel": "A[24]"}
NUMBER = re.compile(r"\b{series}-{thread}x{length}-{steel}\b".format(**KINDS))


class PartNumbers:
    noun = "part number"
    example = "RS-M8x40-A2"
    kinds = tuple(KINDS)
    essential = frozenset({"steel"})  # Who orders another one has to know.

    def find(self, text: str) -> list[CompoundName]:
        return [named(number) for number in NUMBER.finditer(text)]

    def label(self, kind: str) -> str:
        return kind


def named(number: re.Match[str]) -> CompoundName:
    pieces = re.finditer("[^-x]+", number[0])
    parts = tuple(part_of(piece[0], number.start() + piece.start()) for piece in pieces)
    return CompoundName(number[0], *number.span(), parts)


def part_of(text: str, start: int) -> NamePart:
    kind = next((kind for kind in KINDS if re.fullmatch(KINDS[kind], text)), UNKNOWN)
    value = f"{text} mm" if kind == "length" else ""
    return NamePart(text, kind, start, start + len(text), value)


PART_NUMBERS = Domain(
    "part_numbers",
    decoder=PartNumbers(),
    named="a screw",
    aspects=(
        Aspect("weather", "Rain and salt", r"\b(rust\w*|corro\w+|stain\w+|salt\w*|sea)\b"),
        Aspect("quality", "Strength", r"\b(strength|strong\w*|tensile|yield\w*|snap\w*|MPa)\b"),
    ),
    wordings={"numeric": r"\bhow (tight|strong)\b|\btorque\b"},
    units={"mm": Unit("metre", 0.001), "nm": Unit("newton metre"), "mpa": Unit("pascal", 1e6)},
)
