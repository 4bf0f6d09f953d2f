from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from jinja2 import UndefinedError

from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app
from entrywise.web.pages.files import Files
from entrywise.web.pages.templating import (
    compile_templates,
    is_contact,
    is_web_link,
    open_templates,
)


@pytest.mark.parametrize("url", ["https://a.org", "HTTP://a.org"])
def test_addresses_of_the_web_may_become_links(url: str) -> None:
    assert is_web_link(url)


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", " https://a.org", "data:text/html,x", "//a.org"]
)
def test_other_addresses_may_not(url: str | None) -> None:
    assert not is_web_link(url)


def test_people_are_reached_on_the_web_or_by_mail_and_in_no_other_way() -> None:
    assert is_contact("https://a.org/help")
    assert is_contact("mailto:us@a.org")
    assert not any(map(is_contact, ("", "javascript:alert(1)", "us@a.org", "data:text/html,x")))


def test_a_template_escapes_values_and_shows_formulas() -> None:
    template = open_templates(Files()).env.from_string("{{ text | readable }}")
    assert template.render(text=r"<b> 4$\times$ 'x'") == "&lt;b&gt; 4× &#39;x&#39;"


def test_a_template_without_a_value_that_it_names_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="missing"):
        open_templates(Files()).env.from_string("{{ missing }}").render()


def test_no_page_waits_for_its_template(assistant: Assistant) -> None:
    app = create_app(assistant)
    with TestClient(app):
        environment = app.state.templates.env
        compiled = {name for _, name in environment.cache}
        assert compiled == set(environment.list_templates())


def test_templates_are_compiled_once_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    compile_templates(open_templates(Files()))
    again = open_templates(Files())
    monkeypatch.setattr(again.env, "compile", None)

    compile_templates(again)
