"""Reads pages, follows links and sends forms as browsers do, and says what the page that comes is about."""

import re
from html.parser import HTMLParser
from typing import Any

from ada_url import URL
from flask import Flask, template_rendered

from search_app.shown.links import SearchState

_SAME = re.compile(r"[?&](?:view|sort|explain)=|/(?:receipt|concordance|trend|export|feed)\?")


_LOOKED_AT = re.compile(r"<(?:a|form|input)\s[^>]*>")
"""Templates write `>` in attributes as `&gt;`."""


class Page(HTMLParser):
    """A page as a browser has read it: where its links lead, and what its forms send."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, list[dict[str, str]]]] = []
        read = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        # Only what is looked at: reading all of a page takes longer than making it.
        self.feed("".join(_LOOKED_AT.findall(read)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "a" and not has["href"].startswith(("http:", "#")):
            # The same search in another language, order or look leads to no other value; `test_web` asks for these.
            is_same = "hreflang" in has or _SAME.search(has["href"])
            self.links += [] if is_same else [has["href"]]
        elif tag == "form" and has.get("method") != "dialog":
            self.forms.append((has["action"], []))
        elif tag == "input" and "name" in has and "form" not in has:
            self.forms[-1][1].append(has)

    def boxes(self) -> list[dict[str, str]]:
        """Give the boxes of the form that has any."""
        return [each for _, inputs in self.forms for each in inputs if each.get("type") == "checkbox"]

    def sent(self, form: int, box: dict[str, str] | None = None) -> str:
        """Give the address that a form asks for, with this one of its boxes ticked."""
        action, inputs = self.forms[form]
        kept = [each for each in inputs if each.get("type") == "hidden" or "checked" in each or each is box]
        return f"{action}?" + "&".join(f"{_sent(each['name'])}={_sent(each['value'])}" for each in kept)


def _sent(text: str) -> str:
    """Encode as forms do, which make every line break a CR LF."""
    return "".join(f"%{byte:02X}" for byte in re.sub(r"\r\n|\r|\n", "\r\n", text).encode())


class Browser:
    """Asks for what a browser would ask for, and says what the page that came is about."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.known: dict[str, tuple[object, Page]] = {}

    def get(self, href: str) -> Any:
        """Give the answer to an address as the URL standard reads it, which must be a good one."""
        url = URL(href, "http://localhost/")
        answer = self.client.get(url.pathname + url.search)
        assert (href, answer.status_code) == (href, 200)
        return answer

    def open(self, href: str) -> tuple[object, Page]:
        """Give what the page at an address is about, and the page."""
        if href not in self.known:
            given = []

            def note(_: object, template: Any, context: dict[str, Any]) -> None:
                given.append(_about(template.name, context))

            with template_rendered.connected_to(note, self.app):
                page = Page(self.get(href).text)
            self.known[href] = given[0], page
        return self.known[href]

    def about(self, href: str) -> object:
        """Say what the page at an address is about."""
        return self.open(href)[0]

    def linked(self, href: str, kind: str) -> set[object]:
        """Say what those links of a page that lead to pages of this kind are about; all must lead somewhere."""
        found = [self.about(link) for link in self.open(href)[1].links]
        return {each[1:] for each in found if each[0] == kind}


def _about(template: str, has: dict[str, Any]) -> tuple[object, ...]:
    kind = template.removesuffix(".html")
    match kind:
        case "entry":
            return kind, has["shown"].entry.id
        case "volume":
            return kind, has["yearbook"], has["volume"]
        case "section":
            return kind, has["yearbook"], has["volume"], has["section"]
        case "author":
            return kind, has["name"]
        case "results":
            return kind, has["state"].text, chosen_values(has["state"])
    return (kind,)


def chosen_values(state: SearchState) -> frozenset[tuple[str, str]]:
    """Give the values a search is limited to, with their facets, in no order."""
    return frozenset((each.field, value) for each in state.filters for value in each.values)
