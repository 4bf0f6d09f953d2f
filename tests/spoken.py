"""Small handbooks in other languages than English, of one page each: for tests of what is asked in
them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from entrywise.data.entries import KnowledgeBase
from entrywise.data.source import read_knowledge_base

HANDBOOKS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "Urlaub": "Alle Beschäftigten haben dreißig Tage Urlaub im Jahr, auch in Teilzeit.",
        "Gleitzeit": "Außerhalb der Kernzeit können Beginn und Ende der Arbeit gewählt werden.",
        "VPN": "Der VPN-Zugang ist ein Tunnel ins Firmennetz. Nötig sind Programme von NetSicher.",
        "Weihnachtsgeld": "Im November wird ein halbes Monatsgehalt als Weihnachtsgeld gezahlt.",
    },
    "fr": {
        "VPN": "Le VPN est un tunnel chiffré vers le réseau de l'entreprise.",
        "Télétravail": "Le télétravail est ouvert à tous les salariés deux jours par semaine.",
        "Préavis": "Le préavis est d'un mois pour les employés et de trois mois pour les cadres.",
    },
    "es": {
        "Cortado": "El cortado es un café espresso con poca leche. Prepare la taza antes.",
        "Averías": "Si el café sale frío, precaliente la taza. Si no sale, limpie el filtro.",
        "Garantía": "La garantía cubre las piezas durante tres años.",
    },
}
"""{language: {heading: text}}."""


def handbook(language: str, folder: Path) -> KnowledgeBase:
    """The handbook in a language, written to an empty folder and read."""
    sections = (f"## {name}\n\n{text}\n" for name, text in HANDBOOKS[language].items())
    (folder / "page.md").write_text("\n".join(["# Page\n", *sections]), "utf-8")
    (folder / "entrywise.toml").write_text(f'language = "{language}"\n', "utf-8")
    return read_knowledge_base(folder)
