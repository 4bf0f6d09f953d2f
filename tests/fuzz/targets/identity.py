"""Identity files: `entrywise.toml` beside a knowledge base."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hypothesis import strategies as st

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.identity import Identity
from entrywise.data.readers.identity import LARGEST_LOGO, belongs, read_identity
from fuzz.mutation import mutations, texts
from fuzz.target import Case, as_bytes, insist, insist_on_one_line, within

_VALUES = st.one_of(
    st.sampled_from(
        [
            *("''", "'#abc'", "'#12'", "'en'", "'xx-Latn'", "5", "inf", "[]", "['a', 'a']", "[1]"),
            *(
                "'../../etc/passwd'",
                "'logo.svg'",
                "'/etc/passwd'",
                "'.'",
                "'javascript:a'",
                "'a@b'",
            ),
            *("'https://a.b'", "'https://['", "'mailto:a@b'", "'**'", "['[a', '**/*']", "{a = 1}"),
            *(f"0x{'f' * 5000}", "[" * 3000, "2026-01-01", "'language_models'", "'no such domain'"),
        ]
    ),
    texts().map(lambda text: json.dumps(text, ensure_ascii=False)),
)
_NAMES = st.sampled_from([*Identity.__slots__, "titel", "x", "a.b", "logo.a"])
_LINES = st.lists(st.tuples(_NAMES, _VALUES).map(" = ".join), max_size=5)
_SAFE_CONTACT = re.compile(r"|https?://.*|mailto:.*", re.DOTALL)


class IdentityFiles:
    """An identity is what its fields promise, or one line says what is wrong."""

    name = "identity"
    strategy = st.one_of(
        _LINES.map(
            lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass").decode("latin-1")
        ),
        mutations(
            [
                b'title = "Acme"\ntagline = "How we work"\nexamples = ["How many days?"]\n'
                b'accent = "#0a6847"\nlogo = "logo.svg"\ncontact = "a@b.c"\nlanguage = "en"\n'
                b'base_url = "https://a.b/docs/"\ninclude = ["guides/**"]\n'
            ]
        ),
    )

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "docs"
        self._folder.mkdir(parents=True)
        (self._folder / "logo.svg").write_text("<svg/>", encoding="utf-8")

    def check(self, case: Case) -> None:
        """Read one."""
        (self._folder / "entrywise.toml").write_bytes(as_bytes(case))
        try:
            with within(2):
                identity = read_identity(self._folder)
        except KnowledgeBaseError as error:
            insist_on_one_line(error)
            return
        logo = Path(identity.logo)
        below = not identity.logo or logo.is_relative_to(self._folder.resolve())
        insist(below and (not identity.logo or logo.stat().st_size <= LARGEST_LOGO), "the logo")
        insist(_SAFE_CONTACT.fullmatch(identity.contact), "the contact is no address")
        for address in (identity.base_url, identity.edit_url):
            insist(not address or address.startswith(("https://", "http://")), "an address")
        json.dumps([getattr(identity, name) for name in Identity.__slots__]).encode()
        insist(identity.title.strip(), "there is no title")
        belongs(Path("guides/a.md"), identity)
