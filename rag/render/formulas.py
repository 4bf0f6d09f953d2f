"""Formulas that a person can read in a terminal: LaTeX as Unicode text.

    $\\frac{QK^\\top}{\\sqrt{d_k}}$   ->   QKᵀ/√dₖ

A small recursive walk over braces and commands; the characters come from the tables of
`unicodeit`. (Its `replace` is not used: it reads `\\le` in `\\left` and `\\l` in `\\log`.) For
display only: offsets into the source do not hold afterwards.
"""

from __future__ import annotations

import re
import unicodedata

from entrywise.rag.render.latex.atoms import Atom, add_script, fraction, joined, letters, root
from entrywise.rag.render.latex.environments import CELL, ROW, has_columns, on_one_line
from entrywise.rag.render.latex.symbols import MARKS, ROLES, SYMBOLS

# TeX reads d_model as d with the index m; who writes it without braces means a name.
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|_[A-Za-z]{3,}|\s+|.", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:([{}_%&#$ ])|textbackslash\s?)")
_DEEPEST = 40
"""How far arguments nest: real formulas go to about eight, Python's stack ends near 1,000."""


class _Unreadable(ValueError):
    """The source is not balanced, or holds a command that is not known."""


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
        self._environments = 0

    def sequence(self, closing: str | None) -> str:
        """Everything up to the closing brace, or to the end when `closing` is None."""
        atoms: list[Atom] = []
        while (token := self._next()) != closing:
            if token in ("_", "^"):
                add_script(atoms, token, self._argument())
            elif token and token[0] == "_":
                add_script(atoms, "_", token[1:])
            else:
                atoms.extend(self._atoms(token))
        return joined(atoms)

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
        return joined(self._atoms(token))

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

    def _atoms(self, token: str | None) -> list[Atom]:
        """What one token stands for, with the arguments that belong to it."""
        if token is None or token == "}" or self._depth == _DEEPEST:
            raise _Unreadable
        self._depth += 1
        if token == "{":
            atoms = [Atom(self.sequence(closing="}"))]
        elif token.startswith("\\"):
            atoms = self._command(token)
        elif token == "&" and self._environments:
            atoms = [Atom(CELL)]
        else:
            atoms = [Atom(" ", "space")] if token.isspace() else [Atom(token)]
        self._depth -= 1
        return atoms

    def _command(self, token: str) -> list[Atom]:
        match ROLES.get(token):
            case "verbatim":
                return [Atom(self._verbatim())]
            case "style":
                if self._tokens[self._position : self._position + 1] == ["*"]:
                    self._position += 1
                return [Atom(self._argument())]
            case "letters":
                return [Atom(letters(token, self._argument()))]
            case "function":
                return [Atom(token[1:], "name")]
            case "nothing":
                self._skip_empty_delimiter(token)
                return []
            case "space":
                return [Atom(" ", "space")]
            case "row":
                return [self._row_end()]
            case "begin":
                return [Atom(self._environment())]
            case "unseen":
                self._verbatim()
                return []
            case "literal":
                return [Atom(token[1:])]
            case "fraction":
                return [Atom(fraction(self._argument(), self._argument()), "fraction")]
            case "root":
                return [Atom(root(self._argument()))]
            case "binomial":
                return [Atom(f"C({self._argument()}, {self._argument()})")]
            case _:
                return [self._symbol(token)]

    def _environment(self) -> str:
        """What stands behind `\\begin`, to the `\\end` of the same environment."""
        name = self._verbatim()
        columns = has_columns(name)
        if columns is None:
            raise _Unreadable
        if columns:
            self._argument()
        self._environments += 1
        inside = self.sequence(closing=r"\end")
        self._environments -= 1
        if self._verbatim() != name:
            raise _Unreadable
        return on_one_line(name, inside)

    def _row_end(self) -> Atom:
        """`\\\\`, with the gap below it that may be asked for (`\\\\[2pt]`)."""
        if not self._environments:
            return Atom(" ", "space")
        if self._tokens[self._position : self._position + 1] == ["["]:
            while (token := self._next()) != "]":
                if token is None:
                    raise _Unreadable
        return Atom(ROW)

    def _skip_empty_delimiter(self, token: str) -> None:
        """`\\left.` and `\\right.` draw nothing."""
        following = self._tokens[self._position : self._position + 1]
        if token in (r"\left", r"\right") and following == ["."]:
            self._position += 1

    def _symbol(self, token: str) -> Atom:
        """A Greek letter, an operator or an accent."""
        if token in MARKS:
            base = self._argument()
            return Atom(base + MARKS[token] if len(base) == 1 else f"{token[1:]}({base})")
        if token not in SYMBOLS:
            raise _Unreadable
        return Atom(SYMBOLS[token], "command")


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
