"""Pictures of the main pages, as people see them: `python -m e2e.screenshots DIR`.

Every page as a whole, at the widths of a phone, a tablet and a desk, in both themes. Those that the
README shows are what a window of that size shows: `python -m e2e.screenshots docs --readme`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser

from e2e.browser import Visitor, open_browser
from e2e.pages import PAGES, REFUSALS, THEMES, Theme
from e2e.server import Server
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app

_SHOWN = PAGES | REFUSALS

# Heights are those of common devices.
SIZES = {390: 844, 768: 1024, 1440: 900}

README: dict[str, tuple[str, int, Theme]] = {
    "chat": ("comparison", 1440, "light"),
    "map": ("map", 1440, "dark"),
    "phone": ("model-name", 390, "light"),
}


def main() -> None:
    """Serve the glossary, or the index of the settings, and take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m e2e.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, help="where they go")
    parser.add_argument("--only", choices=_SHOWN, action="append", help="this page, not all")
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    options = parser.parse_args()
    with (
        Assistant.open() as assistant,
        Server(create_app(assistant)) as site,
        open_browser() as browser,
    ):
        camera = Camera(browser, site, options.folder)
        if options.readme:
            camera.readme()
        else:
            camera.everything(options.only or _SHOWN)


class Camera:
    """Takes pictures of the pages of a site into a folder, which is made."""

    def __init__(self, browser: Browser, site: Server, folder: Path) -> None:
        self._browser = browser
        self._site = site
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def readme(self) -> None:
        """The pictures of the README."""
        for name, (page, width, theme) in README.items():
            self._take(page, width, theme, name, whole=False)

    def everything(self, pages: Iterable[str]) -> None:
        """These pages at every width, in both themes."""
        for page in pages:
            for width in SIZES:
                for theme in THEMES:
                    self._take(page, width, theme, f"{page}-{width}-{theme}", whole=True)

    def _take(self, name: str, width: int, theme: Theme, picture: str, *, whole: bool) -> None:
        visitor = Visitor(self._browser, self._site)
        size = {"width": width, "height": SIZES[width]}
        page = visitor(_SHOWN[name], viewport=size, color_scheme=theme)
        page.wait_for_load_state("networkidle")
        if whole:
            # What sticks to the end of a window would stand in the middle of the picture.
            page.locator(".composer").evaluate_all(
                "all => all.map(one => one.style.position = 'static')"
            )
        path = self._folder / f"{picture}.png"
        page.screenshot(path=path, full_page=whole)
        print(path, *visitor.close())


if __name__ == "__main__":
    main()
