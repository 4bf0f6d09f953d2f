"""Where a folder's documents stand on the web, as the settings of their site say.

mkdocs.yml              site_url: https://a.b/docs/           https://a.b/docs
docusaurus.config.js    url: "https://a.b", baseUrl: "/x/"    https://a.b/x
conf.py                 html_baseurl = "https://a.b/"         https://a.b
_quarto.yml             site-url: https://a.b                 https://a.b
hugo.toml               baseURL = "https://a.b/"              https://a.b
_config.yml             url: https://a.b, baseurl: /x         https://a.b/x

Where settings name one version of several, or an address that only shows how one is written, they
say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from entrywise.data.addresses import is_web_address
from entrywise.data.readers.generators import hugo, jekyll
from entrywise.data.readers.generators.settings import (
    DOCUSAURUS,
    MKDOCS,
    QUARTO,
    SPHINX,
    assigned,
    configured,
    folder_of_mkdocs,
    settings_text,
    sphinx_within,
)

_ADDRESS = r"[ \t]*[\"']?(?P<address>https?://[^\s\"'<>#,]+)"
_SITE_URL = re.compile(rf"^site_url:{_ADDRESS}", re.MULTILINE)
_WEBSITE = re.compile(rf"^[ \t]+site-url:{_ADDRESS}", re.MULTILINE)
_URL = re.compile(rf"^[ \t]*url[ \t]*:{_ADDRESS}", re.MULTILINE)
_BASE = re.compile(r"^[ \t]*baseUrl[ \t]*:[ \t]*[\"'](?P<path>/[^\"'\n]*)[\"']", re.MULTILINE)
_BASE_URL = re.compile(rf"{hugo.BASE.pattern}{_ADDRESS}", hugo.BASE.flags)
_FLAT = re.compile(r"^use_directory_urls:[ \t]*false\b", re.MULTILINE)
_IN_VERSIONS = re.compile(r"^[ \t]+(?:provider:[ \t]*mike|-[ \t]+mike)\b", re.MULTILINE)
_VERSIONS = "versions.json"
_NOWHERE = re.compile(
    r"(?:.*\.)?(?:example\.(?:com|net|org)|example|test|invalid|localhost|local)|\d[\d.]*|.*:.*"
)
"""Hosts that are nobody's (RFC 2606, RFC 6761), and numbers of one machine."""


def address_of_site(folder: Path) -> str:
    """The address that pages of a folder stand below, by their paths in the folder of the documents
    that it is, holds or lies in; empty where no settings say it."""
    if found := configured(folder, *MKDOCS):
        text = settings_text(found)
        if _FLAT.search(text) or _IN_VERSIONS.search(text):
            return ""
        return _below(_named(_SITE_URL, text), found.parent / folder_of_mkdocs(found), folder)
    if found := configured(folder, *DOCUSAURUS):
        path = _BASE.search(settings_text(found))
        is_one = found.parent == folder.resolve() and not (found.parent / _VERSIONS).exists()
        host = _named(_URL, settings_text(found)) if path and is_one else ""
        return _public(f"{host}{path['path']}") if path and host else ""
    if found := configured(folder, SPHINX) or sphinx_within(folder):
        told = assigned(found).get("html_baseurl")
        return _below(_public(told) if isinstance(told, str) else "", found.parent, folder)
    if found := configured(folder, *QUARTO):
        return _below(_named(_WEBSITE, settings_text(found)), found.parent, folder)
    if of_hugo := hugo.site_of_hugo(folder):
        place, found = of_hugo
        address = _named(_BASE_URL, settings_text(found))
        return _below(address, place / hugo.folder_of_hugo(found), folder, hugo.page_path)
    if found := jekyll.settings_of_jekyll(folder):
        whole = (
            f"{jekyll.text(found, 'url').rstrip('/')}/{jekyll.text(found, 'baseurl').strip('/')}"
        )
        return _below(_public(whole), found.parent, folder)
    return ""


def _named(pattern: re.Pattern[str], settings: str) -> str:
    found = pattern.search(settings)
    return _public(found["address"]) if found else ""


def _public(address: str) -> str:
    """An address without its last slash; empty of one that is nobody's, or none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    is_public = is_web_address(address) and "." in host and not _NOWHERE.fullmatch(host)
    return address.rstrip("/") if is_public and address.isprintable() else ""


def _below(
    address: str,
    documents: Path,
    folder: Path,
    written: Callable[[PurePosixPath], str] = PurePosixPath.as_posix,
) -> str:
    """The address of a folder that is the one of the documents, holds it or lies in it.

    Args:
        written: how the site writes a path.
    """
    documents, real = documents.resolve(), folder.resolve()
    if not address or documents.is_relative_to(real):
        return address
    if not real.is_relative_to(documents):
        return ""
    path = written(PurePosixPath(real.relative_to(documents).as_posix()))
    return f"{address}/{quote(path.rstrip('/'))}"
