"""Defines what a description consists of, as values; it knows no route, and not how a description is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from search_app.words.language import gettext

Schema = Mapping[str, Any]
"""A JSON Schema of draft 2020-12, as OpenAPI 3.1 takes it; its `description` is a sentence that is looked up."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of an address."""

    name: str
    schema: Schema
    """Of one value."""
    said: str = ""
    """What it means; a sentence that is looked up, like all below called so."""
    several: int = 0
    """How many times it may be given; 0 if only the last one counts."""
    is_required: bool = False
    in_path: bool = False

    @property
    def meaning(self) -> str:
        """What it means, in the reader's language."""
        return gettext(self.said) if self.said else ""

    @property
    def kind(self) -> str:
        """Which values it takes, in the reader's language."""
        told = [_kind(self.schema)]
        if "default" in self.schema:
            told.append(gettext("缺省 {default}").format(default=self.schema["default"]))
        if self.several:
            told.append(gettext("可重复，至多 {limit} 个").format(limit=self.several))
        if self.is_required:
            told.append(gettext("必须给出"))
        return gettext("；").join(told)


def _kind(schema: Schema) -> str:
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema["type"] == "integer":
        return gettext("{least} 到 {most} 的整数").format(least=schema["minimum"], most=schema["maximum"])
    return gettext("一至四位的年份") if "pattern" in schema and "0-9" in schema["pattern"] else gettext("文字")


@dataclass(frozen=True, slots=True)
class Samples:
    """What of an archive the examples ask for, so that they find something."""

    query: str
    other: str
    entry: str
    """An id."""
    typed: str
    """The beginning of something."""


Example = tuple[tuple[str, str], ...]
"""Names and values of an example's arguments; `{query}` and the like stand for those of `Samples`."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the interface, and what it answers."""

    path: str
    """Below `/api/v1`, with arguments in braces."""
    name: str
    title: str
    said: str
    example: Example
    answers: Mapping[str, Schema]
    """What is answered, by media type."""
    arguments: tuple[Argument, ...] = ()
    """Its own, beside those of a search."""
    is_search: bool = False
    """Whether it takes the arguments that say what is searched for."""
    is_compared: bool = True
    """Whether its answers say when they were changed, beside which version they are of."""
    refusals: Mapping[int, str] = field(default_factory=dict)
    """Why it may refuse, by status, beside wrong arguments."""
    leads: bool = False
    """Whether it may lead to another address (302)."""

    @property
    def heading(self) -> str:
        """What it is called, in the reader's language."""
        return gettext(self.title)

    @property
    def meaning(self) -> str:
        """What it is for, in the reader's language."""
        return gettext(self.said)

    def address(self, samples: Samples) -> str:
        """Return the example's address, below `/api/v1`."""
        pairs = [(name, text.format_map(_texts(samples))) for name, text in self.example]
        path = self.path.format_map({name: quote(text, safe="") for name, text in pairs})
        args = urlencode([pair for pair in pairs if f"{{{pair[0]}}}" not in self.path])
        return f"{path}?{args}" if args else path

    def sample_of(self, name: str, samples: Samples) -> list[str]:
        """Return the example's values of an argument."""
        return [text.format_map(_texts(samples)) for each, text in self.example if each == name]


def _texts(samples: Samples) -> dict[str, str]:
    return {name: getattr(samples, name) for name in ("query", "other", "entry", "typed")}
