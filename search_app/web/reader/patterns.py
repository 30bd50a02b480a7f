"""Renders a macro of a template once with holes in it, which are then filled without the template engine.

A page shows a hit, or a value of a facet, fifty times, and only texts and numbers differ from one to the next.  The
engine takes 40 µs for a hit, filling a pattern 1.  The mark-up stays in the templates; what fills a hole is mark-up,
so whoever fills it escapes.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from operator import itemgetter
from typing import AnyStr, TypeVar

from jinja2 import Environment

_EDGE = "\0"
"""Stands around a hole's name: neither a template nor escaping makes one, and nothing else is in a macro with holes."""
_HOLES = re.compile(f"{_EDGE}([a-z0-9-]+){_EDGE}")
Fill = Callable[[Mapping[str, str]], str]
"""Returns a pattern with its holes filled by name; further names are disregarded."""
FillBytes = Callable[[Mapping[str, bytes]], bytes]
"""The same in UTF-8, as it is sent."""
_Fill = TypeVar("_Fill", Fill, FillBytes)


def hole(name: str) -> str:
    """Return what a macro writes where something is filled in later."""
    return f"{_EDGE}{name}{_EDGE}"


def filling(rendered: str) -> Fill:
    """Return what fills the holes of a text."""
    pieces = _HOLES.split(rendered)
    return _joining(pieces[::2], pieces[1::2], "")


def filling_bytes(rendered: str) -> FillBytes:
    """Return what fills the holes of a text that is sent."""
    pieces = _HOLES.split(rendered)
    return _joining([each.encode() for each in pieces[::2]], pieces[1::2], b"")


def _joining(fixed: list[AnyStr], names: list[str], between: AnyStr) -> Callable[[Mapping[str, AnyStr]], AnyStr]:
    """Return what puts values by name between pieces of text, of which there is one more; they are joined by nothing."""
    if not names:
        return lambda _: fixed[0]
    found = itemgetter(*names, names[0])  # of one name alone it would give no tuple
    pieces = [fixed[0]]
    for each in fixed[1:]:
        pieces += [each, each]  # the first one is exchanged for a value

    def fill(values: Mapping[str, AnyStr]) -> AnyStr:
        filled = pieces[:]
        filled[1::2] = found(values)[:-1]
        return between.join(filled)

    return fill


class Patterns:
    """The patterns of one file of macros in one language; safe to share between threads."""

    def __init__(self, environment: Environment, file: str) -> None:
        """Take the language's environment and the file, which is read when the first pattern is asked for."""
        self._environment = environment
        self._file = file
        self._made: dict[tuple[Hashable, ...], Fill] = {}
        self._made_bytes: dict[tuple[Hashable, ...], FillBytes] = {}

    def get(self, macro: str, *flags: Hashable) -> Fill:
        """Return what a macro makes of its flags, to be filled; there must be few flags, and few values of each."""
        return self._kept(self._made, filling, macro, flags)

    def get_bytes(self, macro: str, *flags: Hashable) -> FillBytes:
        """Return the same, to be filled with what is sent."""
        return self._kept(self._made_bytes, filling_bytes, macro, flags)

    def _kept(
        self,
        made: dict[tuple[Hashable, ...], _Fill],
        make: Callable[[str], _Fill],
        macro: str,
        flags: tuple[Hashable, ...],
    ) -> _Fill:
        found = made.get((macro, *flags))
        if found is None:
            module = self._environment.get_template(self._file).module
            render: Callable[..., str] = getattr(module, macro)
            found = made[macro, *flags] = make(str(render(*flags)).strip("\n"))
        return found
