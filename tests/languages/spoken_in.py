"""Reads a page as its listeners hear it: each piece of text with the language that it is marked as."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

HEARD = re.compile("aria-label|title|placeholder|alt|data-.*")
"""Attributes with words for readers."""
_UNCLOSED = frozenset({"meta", "link", "input", "br", "hr", "img", "rect", "line", "wbr", "col"})
_SILENT = frozenset({"script", "style"})
_INLINE = frozenset({"a", "b", "i", "s", "span", "small", "code", "kbd", "mark", "cite", "time", "em"})


class Heard(HTMLParser):
    """Collects the text of a page and the attributes that are read out, by language, and its blocks as one sees them."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self._open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        """Language and text."""
        self.attributes: list[tuple[str, str]] = []
        """Name and value of those with words."""
        self._seen: list[str] = []
        self.feed(page)
        self.close()

    @property
    def seen(self) -> str:
        """What is seen of the text, each block in a line of its own."""
        return "".join(self._seen)

    @property
    def _language(self) -> str:
        return next((lang for _, lang in reversed(self._open) if lang), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        has = {name: value or "" for name, value in attrs}
        self.attributes += [(name, value) for name, value in has.items() if HEARD.fullmatch(name)]
        self._seen.append("" if tag in _INLINE else "\n")
        if tag not in _UNCLOSED:
            self._open.append((tag, has.get("lang", "")))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that nobody closed."""
        self._seen.append("" if tag in _INLINE else "\n")
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Hear a text; the title of a window cannot be marked, and counts as an attribute."""
        within = {tag for tag, _ in self._open}
        if "title" in within:
            self.attributes.append(("title", data))
        elif not within & _SILENT:
            self.texts.append((self._language, data))
            self._seen.append("\x00" if within & {"code", "kbd"} else data)


def foreign(page: str, characters: re.Pattern[str]) -> Iterator[str]:
    """Yield the texts with such characters that are not marked as Chinese or Japanese."""
    for language, text in Heard(page).texts:
        if not language.startswith(("zh", "ja")) and characters.search(text):
            yield " ".join(text.split())
