"""Atoms: the pieces of a formula, and how they stand beside each other on one line."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from entrywise.rag.render.latex.symbols import SCRIPTS, SYMBOLS

_ATOM = re.compile(r"\d+(?:\.\d+)?|\w[\u0300-\u036f]*[⁰-₟²³¹ᵀᵢ-ᵪⱼⱽ]*(?:_\w+)?")
# A letter before a sum is a factor, `μ(1-ρ)`, before anything else a function, `p(x)`.
_CALL = re.compile(r"(?:[A-Za-z]{2}[\w²³¹⁰-₟]*)?\([^()]*\)|\w[\w²³¹⁰-₟]*\([^()+\-±]*\)|\|[^|]*\|")


class Atom(NamedTuple):
    """A sign or a group, and what it is: the neighbours of some need a gap or brackets."""

    text: str
    kind: Literal["plain", "space", "command", "name", "fraction"] = "plain"


def letters(command: str, text: str) -> str:
    """ℝ and ℒ; the plain letter for those that many terminal fonts lack (beyond U+FFFF)."""
    letter = SYMBOLS.get(f"{command}{{{text}}}", text)
    return letter if len(letter) == 1 and letter <= "\uffff" else text


def add_script(atoms: list[Atom], mark: str, text: str) -> None:
    """Put an index or an exponent on the atom before it."""
    base = atoms.pop() if atoms else Atom("")
    inner = f"({base.text})" if base.kind == "fraction" else base.text
    script = _script(mark, text.replace(" ", ""))
    is_name = base.kind == "name" or (script[:1] == "_" and script[-1:].isalnum())
    atoms.append(Atom(inner + script, "name" if is_name else "plain"))


def _script(mark: str, text: str) -> str:
    """`₁₂` where every character has such a form, else `_name` or `^(…)`."""
    keys = [mark + char for char in text]
    is_word = len(text) > 2 and text.isalpha()
    if not is_word and all(key in SCRIPTS for key in keys):
        return "".join(SCRIPTS[key] for key in keys)
    if re.fullmatch(r"[<>]?\w+|\d+\.\d+|\([^()]*\)|.", text):
        return mark + text
    return f"{mark}({text})"


def fraction(above: str, below: str) -> str:
    top = f"({above})" if _has_operator(above) else above
    bottom = below if _is_unit(below) else f"({below})"
    return f"{top}/{bottom}"


def root(text: str) -> str:
    return f"√{text}" if _ATOM.fullmatch(text) else f"√({text})"


def _is_unit(text: str) -> bool:
    """Whether a text can stand under a fraction bar without parentheses."""
    call = _CALL.fullmatch(text) or (text[:1] == "√" and not _has_operator(text))
    return bool(call or _ATOM.fullmatch(text))


def _has_operator(text: str) -> bool:
    """Whether a sum, a product with spaces or another fraction lies outside parentheses."""
    depth = 0
    for char in text:
        depth += (char in "([") - (char in ")]")
        if depth == 0 and char in "+-·×/±= ":
            return True
    return False


def joined(atoms: list[Atom]) -> str:
    """The text of a row of atoms, with the spaces and parentheses that LaTeX draws by layout."""
    text = ""
    for number, atom in enumerate(atoms):
        if atom.kind == "fraction" and _is_beside_a_factor(atoms, number):
            text += f"({atom.text})"
        elif not _is_swallowed(atoms, number):
            text += _gap(atoms, number) + atom.text
    return text


def _is_beside_a_factor(atoms: list[Atom], number: int) -> bool:
    """Whether a fraction would run together with what stands left or right of it."""
    before = next((atom.text for atom in reversed(atoms[:number]) if atom.kind != "space"), "")
    after = next((atom.text for atom in atoms[number + 1 :] if atom.kind != "space"), "")
    return _binds(before[-1:], ")]") or _binds(after[:1], "([√∑")


def _binds(char: str, others: str) -> bool:
    """Whether a character beside a fraction would be read as part of it."""
    return char.isalnum() or (char != "" and char in others)


def _gap(atoms: list[Atom], number: int) -> str:
    """A space around the name of a function and after a named index: `β log p`, `K_enc V`."""
    before = atoms[number - 1] if number else Atom("")
    after_name = before.kind == "name" and atoms[number].text[:1].isalnum()
    function = atoms[number].kind == "name" and atoms[number].text.isalpha()
    return " " if after_name or (function and before.text[-1:].isalnum()) else ""


def _is_swallowed(atoms: list[Atom], number: int) -> bool:
    """Whether a space only ends a command's name, as in `\\Delta W`."""
    if atoms[number].kind != "space" or not 0 < number < len(atoms) - 1:
        return False
    before, after = atoms[number - 1], atoms[number + 1]
    letters = before.text.isalpha() and len(after.text) == 1 and after.text.isalpha()
    return before.kind == "command" and letters
