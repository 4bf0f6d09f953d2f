"""Pictures of the main pages, as people see them: `python -m e2e.screenshots DIR`.

Every page as a whole, at the widths of a phone, a tablet and a desk, in both themes, of the shipped
glossary (or the index of the settings) and of a handbook. `--compare` tells which differ from those
that were accepted last (`looks.py`), and shows where; `--accept` accepts them. Those that the
README shows are what a window of that size shows: `python -m e2e.screenshots docs --readme`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from paths import ROOT
from playwright.sync_api import Browser

from e2e.browser import Visitor, open_browser
from e2e.looks import ACCEPTED, accept, difference
from e2e.pages import HANDBOOK, PAGES, REFUSALS, THEMES, Theme
from e2e.server import Server
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.index.progress import progress_bar
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index
from entrywise.web.app import create_app

SITES: Mapping[str, Mapping[str, str]] = {"glossary": PAGES | REFUSALS, "handbook": HANDBOOK}

# Heights are those of common devices.
SIZES = {390: 844, 768: 1024, 1440: 900}

README: dict[str, tuple[str, int, Theme]] = {
    "chat": ("comparison", 1440, "light"),
    "map": ("map", 1440, "dark"),
    "phone": ("model-name", 390, "light"),
}


def main() -> int:
    """Serve both, and take the pictures; 1 where one differs from what was accepted."""
    options = _parser().parse_args()
    with ExitStack() as stack:
        browser = stack.enter_context(open_browser())
        if options.readme:
            camera = Camera(browser, _site("glossary", stack), options.folder)
            for name, (page, width, theme) in README.items():
                camera.take(PAGES[page], width, theme, name, whole=False)
            return 0
        taken = list(_everything(browser, stack, options.folder, options.only))
    if options.accept:
        for picture in taken:
            accept(picture, _accepted(picture))
    if not options.compare:
        return 0
    found = {picture: _compared(picture) for picture in taken}
    for picture, said in found.items():
        if said:
            print(f"{picture}: {said}")
    return int(any(found.values()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m e2e.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, help="where they go")
    names = sorted({name for pages in SITES.values() for name in pages})
    parser.add_argument("--only", choices=names, action="append", help="this page, not all")
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    parser.add_argument("--compare", action="store_true", help="with those that were accepted")
    parser.add_argument("--accept", action="store_true", help="compare others with these")
    return parser


def _everything(
    browser: Browser, stack: ExitStack, folder: Path, only: list[str] | None
) -> Iterator[Path]:
    """The pages of both sites at every width, in both themes."""
    wanted = [
        (site, name, width, theme)
        for site, pages in SITES.items()
        for name in pages
        if not only or name in only
        for width in SIZES
        for theme in THEMES
    ]
    cameras: dict[str, Camera] = {}
    with progress_bar("pictures") as progress:
        for number, (site, name, width, theme) in enumerate(wanted):
            progress(number, len(wanted))
            if site not in cameras:
                cameras[site] = Camera(browser, _site(site, stack), folder / site)
            picture = f"{name}-{width}-{theme}"
            yield cameras[site].take(SITES[site][name], width, theme, picture, whole=True)


def _site(name: str, stack: ExitStack) -> Server:
    if name == "glossary":
        assistant = stack.enter_context(Assistant.open())
    else:
        root = Path(stack.enter_context(TemporaryDirectory()))
        build_index(read_knowledge_base(ROOT / "tests" / "documents" / name / "docs"), root)
        assistant = stack.enter_context(Assistant(Index(root)))
    return stack.enter_context(Server(create_app(assistant)))


def _accepted(picture: Path) -> Path:
    return ACCEPTED / picture.parent.name / f"{picture.stem}.webp"


def _compared(picture: Path) -> str:
    shown = picture.with_suffix(".difference.png")
    shown.unlink(missing_ok=True)
    return difference(picture, _accepted(picture), shown).said


class Camera:
    """Takes pictures of the pages of a site into a folder, which is made."""

    def __init__(self, browser: Browser, site: Server, folder: Path) -> None:
        self._browser = browser
        self._site = site
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, path: str, width: int, theme: Theme, picture: str, *, whole: bool) -> Path:
        """A picture of a page: of all of it, or of what a window of the size shows."""
        visitor = Visitor(self._browser, self._site)
        size = {"width": width, "height": SIZES[width]}
        page = visitor(path, viewport=size, color_scheme=theme)
        page.wait_for_load_state("networkidle")
        # Letters are optional: those that come late are shown the next time.
        page.reload(wait_until="networkidle")
        if whole:
            # What sticks to the end of a window would stand in the middle of the picture.
            page.locator(".composer").evaluate_all(
                "all => all.map(one => one.style.position = 'static')"
            )
        file = self._folder / f"{picture}.png"
        page.screenshot(path=file, full_page=whole)
        for fault in visitor.close():
            print(f"{file}: {fault}", file=sys.stderr)
        return file


if __name__ == "__main__":
    sys.exit(main())
