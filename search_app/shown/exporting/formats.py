"""Writes exported entries in every format, piece by piece.  Knows nothing of files, terminals and the web."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from search_app.shown.citing.bibtex import bibtex
from search_app.shown.citing.csljson import csl_item
from search_app.shown.citing.gbt7714 import cite
from search_app.shown.citing.ris import ris
from search_app.shown.exporting.columns import COLUMNS, record, row
from search_app.shown.exporting.exported import Exported
from search_app.shown.tables.csvlines import csv_lines
from search_app.words import answers

_RULE = "-" * 40
"""Line between two entries that are to be read."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format in which entries can be taken away."""

    name: str
    """As commands and addresses have it."""
    mimetype: str
    ending: str
    """Of a file's name, without a dot."""
    write: Callable[[Iterable[Exported]], Iterator[str]]
    """Gives the file in pieces, an entry or less each; the file of no entries is a whole file, too.  UTF-8 is meant."""
    tells_captures: bool = False
    """Whether it says when an entry's page was captured, for which the ledger is read."""


def _csv(entries: Iterable[Exported]) -> Iterator[str]:
    return csv_lines(COLUMNS, map(row, entries))


def _jsonl(entries: Iterable[Exported]) -> Iterator[str]:
    return (json.dumps(record(each), ensure_ascii=False) + "\n" for each in entries)


def _text(entries: Iterable[Exported]) -> Iterator[str]:
    for number, each in enumerate(entries):
        entry = each.entry
        heading = entry.heading if entry.heading != entry.title else ""
        place = " › ".join(filter(None, (each.volume_title, entry.section, heading)))
        head = "\n".join((answers.title(entry.title), place, cite(each.reference)))
        parts = filter(None, (head, entry.body, entry.signature, *entry.captions))
        yield (f"\n{_RULE}\n\n" if number else "") + "\n\n".join(parts) + "\n"


def _csl_json(entries: Iterable[Exported]) -> Iterator[str]:
    before = "[\n"
    for each in entries:
        yield before + json.dumps(csl_item(each.reference), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _each(write: Callable[[Exported], str]) -> Callable[[Iterable[Exported]], Iterator[str]]:
    return lambda entries: map(write, entries)


_ALL = (
    Format("csv", "text/csv", "csv", _csv, tells_captures=True),
    Format("jsonl", "application/jsonl", "jsonl", _jsonl, tells_captures=True),
    Format("text", "text/plain", "txt", _text),
    Format("ris", "application/x-research-info-systems", "ris", _each(lambda each: ris(each.reference))),
    Format("bibtex", "application/x-bibtex", "bib", _each(lambda each: bibtex(each.reference))),
    Format("csl-json", "application/vnd.citationstyles.csl+json", "json", _csl_json),
    Format("gbt7714", "text/plain", "txt", _each(lambda each: cite(each.reference) + "\n")),
)
FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})
"""All formats by name, in the order in which they are offered."""
