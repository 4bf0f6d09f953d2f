"""Reads a formula: a small recursive walk over braces and commands."""

from __future__ import annotations

import re

from entrywise.rag.render.latex.atoms import Atom, add_script, fraction, joined, letters, root
from entrywise.rag.render.latex.environments import CELL, ROW, has_columns, on_one_line
from entrywise.rag.render.latex.symbols import MARKS, ROLES, SYMBOLS

# TeX reads d_model as d with the index m; who writes it without braces means a name.
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|_[A-Za-z]{3,}|\s+|.", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:([{}_%&#$ ])|textbackslash\s?)")
_DEEPEST = 40
"""How far arguments nest: real formulas go to about eight, Python's stack ends near 1,000."""


class Unreadable(ValueError):
    """The source is not balanced, or holds a command that is not known."""


class Walk:
    """Reads the tokens of one formula (LaTeX without dollars) from left to right."""

    def __init__(self, latex: str) -> None:
        self._tokens: list[str] = _TOKEN.findall(latex)
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
            raise Unreadable
        inside: list[str] = []
        while (token := self._next()) != "}":
            if token is None or token == "{":
                raise Unreadable
            inside.append(token)
        return _ESCAPED.sub(lambda escape: escape[1] or "\\", "".join(inside))

    def _atoms(self, token: str | None) -> list[Atom]:
        """What one token stands for, with the arguments that belong to it."""
        if token is None or token == "}" or self._depth == _DEEPEST:
            raise Unreadable
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
            raise Unreadable
        if columns:
            self._argument()
        self._environments += 1
        inside = self.sequence(closing=r"\end")
        self._environments -= 1
        if self._verbatim() != name:
            raise Unreadable
        return on_one_line(name, inside)

    def _row_end(self) -> Atom:
        """`\\\\`, with the gap below it that may be asked for (`\\\\[2pt]`)."""
        if not self._environments:
            return Atom(" ", "space")
        if self._tokens[self._position : self._position + 1] == ["["]:
            while (token := self._next()) != "]":
                if token is None:
                    raise Unreadable
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
            raise Unreadable
        return Atom(SYMBOLS[token], "command")
