"""Formulas that a person can read in a terminal: LaTeX as Unicode text.

    $\\frac{QK^\\top}{\\sqrt{d_k}}$   ->   QKᵀ/√dₖ

A small recursive walk over braces and commands; the characters come from the tables of
`unicodeit`. (Its `replace` is not used: it reads `\\le` in `\\left` and `\\l` in `\\log`.) For
display only: offsets into the source do not hold afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from entrywise.rag.render.symbols import MARKS, ROLES, SCRIPTS, SYMBOLS

# TeX reads d_model as d with the index m; who writes it without braces means a name.
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|_[A-Za-z]{3,}|\s+|.", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:([{}_%&#$ ])|textbackslash\s?)")
_ATOM = re.compile(r"\d+(?:\.\d+)?|\w[\u0300-\u036f]*[⁰-₟²³¹ᵀᵢ-ᵪⱼⱽ]*(?:_\w+)?")
_CALL = re.compile(r"(?:\w[\w²³¹⁰-₟]*)?\([^()]*\)|\|[^|]*\|")

_DEEPEST = 40
"""How far arguments nest: real formulas go to about eight, Python's stack ends near 1,000."""


class _Unreadable(ValueError):
    """The source is not balanced, or holds a command that is not known."""


class _Atom(NamedTuple):
    text: str
    kind: Literal["plain", "space", "command", "name", "fraction"] = "plain"


def plain_formula(latex: str) -> str:
    """One formula (LaTeX without dollars) as Unicode text; the source where it is not readable.

    >>> plain_formula(r"\\frac{a + b}{2} \\cdot x_{i}^{2}")
    '(a + b)/2 · xᵢ²'
    """
    walk = _Walk(_TOKEN.findall(latex))
    try:
        text = walk.sequence(closing=None)
    except _Unreadable:
        return latex
    return unicodedata.normalize("NFC", " ".join(text.replace("‖‖", "‖").split()))


class _Walk:
    """Reads the tokens of one formula from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0

    def sequence(self, closing: str | None) -> str:
        """Everything up to the closing brace, or to the end when `closing` is None."""
        atoms: list[_Atom] = []
        while (token := self._next()) != closing:
            if token in ("_", "^"):
                _add_script(atoms, token, self._argument())
            elif token and token[0] == "_":
                _add_script(atoms, "_", token[1:])
            else:
                atoms.extend(self._atoms(token))
        return _joined(atoms)

    def _next(self) -> str | None:
        """The next token; None at the end."""
        if self._position == len(self._tokens):
            return None
        self._position += 1
        return self._tokens[self._position - 1]

    def _argument(self) -> str:
        """What a command or a script applies to: a group in braces, or one token."""
        token = self._next()
        while token is not None and token.isspace():
            token = self._next()
        return _joined(self._atoms(token))

    def _verbatim(self) -> str:
        """The argument of `\\text`: only escapes are resolved."""
        if self._next() != "{":
            raise _Unreadable
        inside: list[str] = []
        while (token := self._next()) != "}":
            if token is None or token == "{":
                raise _Unreadable
            inside.append(token)
        return _ESCAPED.sub(lambda escape: escape[1] or "\\", "".join(inside))

    def _atoms(self, token: str | None) -> list[_Atom]:
        """What one token stands for, with the arguments that belong to it."""
        if token is None or token == "}" or self._depth == _DEEPEST:
            raise _Unreadable
        self._depth += 1
        if token == "{":
            atoms = [_Atom(self.sequence(closing="}"))]
        elif token.startswith("\\"):
            atoms = self._command(token)
        else:
            atoms = [_Atom(" ", "space")] if token.isspace() else [_Atom(token)]
        self._depth -= 1
        return atoms

    def _command(self, token: str) -> list[_Atom]:
        match ROLES.get(token):
            case "verbatim":
                return [_Atom(self._verbatim())]
            case "style":
                return [_Atom(self._argument())]
            case "letters":
                return [_Atom(_letters(token, self._argument()))]
            case "function":
                return [_Atom(token[1:], "name")]
            case "nothing":
                self._skip_empty_delimiter(token)
                return []
            case "space":
                return [_Atom(" ", "space")]
            case "literal":
                return [_Atom(token[1:])]
            case "fraction":
                return [_Atom(_fraction(self._argument(), self._argument()), "fraction")]
            case "root":
                return [_Atom(_root(self._argument()))]
            case "binomial":
                return [_Atom(f"C({self._argument()}, {self._argument()})")]
            case _:
                return [self._symbol(token)]

    def _skip_empty_delimiter(self, token: str) -> None:
        """`\\left.` and `\\right.` draw nothing."""
        following = self._tokens[self._position : self._position + 1]
        if token in (r"\left", r"\right") and following == ["."]:
            self._position += 1

    def _symbol(self, token: str) -> _Atom:
        """A Greek letter, an operator or an accent."""
        if token in MARKS:
            base = self._argument()
            return _Atom(base + MARKS[token] if len(base) == 1 else f"{token[1:]}({base})")
        if token not in SYMBOLS:
            raise _Unreadable
        return _Atom(SYMBOLS[token], "command")


def _letters(command: str, text: str) -> str:
    """ℝ and ℒ; the plain letter for those that many terminal fonts lack (beyond U+FFFF)."""
    letter = SYMBOLS.get(f"{command}{{{text}}}", text)
    return letter if len(letter) == 1 and letter <= "\uffff" else text


def _add_script(atoms: list[_Atom], mark: str, text: str) -> None:
    """Put an index or an exponent on the atom before it."""
    base = atoms.pop() if atoms else _Atom("")
    inner = f"({base.text})" if base.kind == "fraction" else base.text
    script = _script(mark, text.replace(" ", ""))
    is_name = base.kind == "name" or (script[:1] == "_" and script[-1:].isalnum())
    atoms.append(_Atom(inner + script, "name" if is_name else "plain"))


def _script(mark: str, text: str) -> str:
    """`₁₂` where every character has such a form, else `_name` or `^(…)`."""
    keys = [mark + char for char in text]
    is_word = len(text) > 2 and text.isalpha()
    if not is_word and all(key in SCRIPTS for key in keys):
        return "".join(SCRIPTS[key] for key in keys)
    if re.fullmatch(r"[<>]?\w+|\d+\.\d+|\([^()]*\)|.", text):
        return mark + text
    return f"{mark}({text})"


def _fraction(above: str, below: str) -> str:
    top = f"({above})" if _has_operator(above) else above
    bottom = below if _is_unit(below) else f"({below})"
    return f"{top}/{bottom}"


def _root(text: str) -> str:
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


def _joined(atoms: list[_Atom]) -> str:
    """The text of a row of atoms, with the spaces and parentheses that LaTeX draws by layout."""
    text = ""
    for number, atom in enumerate(atoms):
        if atom.kind == "fraction" and _is_beside_a_factor(atoms, number):
            text += f"({atom.text})"
        elif not _is_swallowed(atoms, number):
            text += _gap(atoms, number) + atom.text
    return text


def _is_beside_a_factor(atoms: list[_Atom], number: int) -> bool:
    """Whether a fraction would run together with what stands left or right of it."""
    before = next((atom.text for atom in reversed(atoms[:number]) if atom.kind != "space"), "")
    after = next((atom.text for atom in atoms[number + 1 :] if atom.kind != "space"), "")
    return _binds(before[-1:], ")]") or _binds(after[:1], "([√∑")


def _binds(char: str, others: str) -> bool:
    """Whether a character beside a fraction would be read as part of it."""
    return char.isalnum() or (char != "" and char in others)


def _gap(atoms: list[_Atom], number: int) -> str:
    """A space around the name of a function and after a named index: `β log p`, `K_enc V`."""
    before = atoms[number - 1] if number else _Atom("")
    after_name = before.kind == "name" and atoms[number].text[:1].isalnum()
    function = atoms[number].kind == "name" and atoms[number].text.isalpha()
    return " " if after_name or (function and before.text[-1:].isalnum()) else ""


def _is_swallowed(atoms: list[_Atom], number: int) -> bool:
    """Whether a space only ends a command's name, as in `\\Delta W`."""
    if atoms[number].kind != "space" or not 0 < number < len(atoms) - 1:
        return False
    before, after = atoms[number - 1], atoms[number + 1]
    letters = before.text.isalpha() and len(after.text) == 1 and after.text.isalpha()
    return before.kind == "command" and letters


# First $O($N^2$)$ and $O(n$\times$W)$: dollars inside one formula, as careless exports leave
# them; the parenthesis that is open at the second dollar tells. "$5-$10" is two prices: a
# number, and another number right after the second dollar. \texttt{…} stands without dollars.
_FORMULA = re.compile(
    r"\$(?!\s|\d[^$\n]*\$\d)(?:"
    r"([^$\n]*\([^()\]$\n]*)\$([^$\n]{1,60})\$([^()$\n]*\)[^$\n]*)\$"
    r"|([^$\n]+)(?<!\s)\$)"
    r"|(\\text(?:tt|bf|it)\{(?:\\.|[^\\{}$\n])*\})"
)

_SIGNS = re.compile(r"(?:[^A-Za-z\\_^{}]|\\[A-Za-z]+(?:\{\})?|\\.)*")
"""LaTeX of signs, numbers and commands without arguments."""


def readable(text: str) -> str:
    """A text with every `$…$` and `\\texttt{…}` as Unicode; a lone dollar, as in a price, stays.

    >>> readable(r"4$\\times$ faster for $5")
    '4× faster for $5'
    """
    return _FORMULA.sub(lambda match: plain_formula(_source(match)), text)


def with_plain_signs(text: str) -> str:
    """A text in which a formula of signs and numbers alone is Unicode; those with letters stay.

    >>> with_plain_signs(r"4$\\times$ faster, $d_k \\times 2$")
    '4× faster, $d_k \\\\times 2$'
    """
    return _FORMULA.sub(lambda match: _plain_signs(match[0], _source(match)), text)


def _plain_signs(written: str, latex: str) -> str:
    plain = plain_formula(latex) if _SIGNS.fullmatch(latex) else latex
    return written if plain == latex or any(map(str.isalpha, plain)) else plain


def _source(match: re.Match[str]) -> str:
    """The LaTeX between the dollars; `{}` keeps a command apart from the letter after it."""
    before, inside, after, formula, typed = match.groups()
    return formula or typed or f"{before}{inside}{{}}{after}"
