"""Pictures of the main pages, as people see them: `python -m e2e.screenshots DIR`.

Every page at the widths of a phone, a tablet and a desk, in both themes. `--readme` also renews
those that the README shows, in docs/.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from e2e.browser import Visitor, open_browser
from e2e.server import Server
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app

PAGES = {
    "home": "/",
    "definition": "/?q=what+is+GQA%3F",
    "comparison": "/?q=difference+between+GQA+and+MLA",
    "model-name": "/?q=Mistral-7B-Instruct-v0.2.Q4_K_M.gguf",
    "numeric": "/?q=how+much+memory+does+the+KV+cache+need%3F",
    "abstention": "/?q=what+is+DeBERTa",
    "entry": "/entry/gqa",
    "browse": "/browse",
    "compare": "/compare?a=gqa&b=mla&c=mqa",
    "map": "/map?lit=gqa,mla",
    "api": "/docs",
    "not-found": "/nowhere",
}

# Heights are those of common devices; longer pages are taken whole.
SIZES = {390: 844, 768: 1024, 1440: 900}

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, Theme] = ("light", "dark")

README = ("comparison-1440-light", "map-1440-dark", "model-name-390-light")
DOCS = Path(__file__).parent.parent.parent / "docs"


def main() -> None:
    """Serve the glossary of the settings, and take every picture."""
    parser = argparse.ArgumentParser(prog="python -m e2e.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--only", choices=PAGES, action="append", help="this page, not all")
    parser.add_argument("--readme", action="store_true", help="renew those in docs/ too")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with Assistant.open() as assistant, Server(create_app(assistant)) as site:
        with open_browser() as browser:
            for picture in taken(browser, site, options.folder, options.only or PAGES):
                print(picture)
                if options.readme and picture.stem in README:
                    shutil.copy(picture, DOCS)


def taken(
    browser: Browser, site: Server, folder: Path, names: Iterator[str] | list[str]
) -> Iterator[Path]:
    """Take the pictures of these pages, one after another."""
    for name in names:
        for width, height in SIZES.items():
            for theme in THEMES:
                visitor = Visitor(browser, site)
                page = visitor(
                    PAGES[name],
                    viewport={"width": width, "height": height},
                    color_scheme=theme,
                )
                yield _picture(page, folder / f"{name}-{width}-{theme}.png")
                visitor.close()


def _picture(page: Page, path: Path) -> Path:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, full_page=True)
    return path


if __name__ == "__main__":
    main()
