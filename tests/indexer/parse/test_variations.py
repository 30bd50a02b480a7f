"""Pages of every kind that LAYOUTS names and of what varies in print: read right, or reported where doubtful.

The pages and their answers are by somebody who had not seen the parser.  `NIANJIAN_FUZZ=2000` draws more pages than
usual; `NIANJIAN_SEED=…` draws those of an earlier run again.
"""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from random import Random

import afresh_pages
import holdout_pages
import page_variations
import pytest
import siblings_pages
import twelve_pages
from one_page import parse_page

from indexer.manifest import Manifest
from indexer.model import Page
from indexer.parse.entries.parser import ParsedPage
from indexer.parse.page.pages import frame_page

COUNT = int(os.environ.get("NIANJIAN_FUZZ") or 500)
FIELDS = ("title", "section", "heading", "year", "authors", "signature", "body", "captions")
TOLD = {"no-breadcrumb", "no-hyphen-row", "no-close-row"}
"""What is reported of a page's frame, and no doubt about its text."""
Case = page_variations.Case | siblings_pages.Case | twelve_pages.Case | holdout_pages.Case | afresh_pages.Case
PAGES = (*siblings_pages.CASES, *twelve_pages.CASES, *holdout_pages.CASES, *afresh_pages.CASES)


def read(case: Case, manifest: Manifest) -> ParsedPage:
    """Parse a page."""
    return parse_page(page_of(case), manifest.volumes)


def page_of(case: Case) -> Page:
    """Give the page as a site would have sent it."""
    body = case.body if isinstance(case, afresh_pages.Case) else case.html.encode("gb18030")
    return Page(case.url, datetime(2006, 5, 1, tzinfo=UTC), 200, "text/html", body)


def shown(entries: Iterable[object]) -> list[dict[str, object]]:
    """Give the fields that are compared, white space left out."""
    return [{name: bare(getattr(entry, name)) for name in FIELDS} for entry in entries]


def bare(value: object) -> object:
    """Leave white space out of a text, or of several."""
    if isinstance(value, str):
        return "".join(value.split())
    return [bare(each) for each in value] if isinstance(value, Sequence) else value


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_page_is_read_as_an_archivist_reads_it(case: Case, manifest: Manifest) -> None:
    """What is doubtful is reported besides."""
    parsed = read(case, manifest)
    also = case.also if isinstance(case, afresh_pages.Case) else ()
    assert shown(parsed.entries) in [shown(case.entries), *map(shown, also)]
    assert parsed.problems or not case.doubtful


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_every_character_is_in_exactly_one_piece(case: Case, manifest: Manifest) -> None:
    """What stands between the frame's edges, and no character more."""
    assert in_pieces(case, read(case, manifest), manifest)


def in_pieces(case: Case, parsed: ParsedPage, manifest: Manifest) -> bool:
    """Say whether the pieces of a page have the characters of its text and heading, each as often."""
    frame = frame_page(page_of(case), manifest.volumes).frame
    if parsed.kind != "entries" or not frame:
        return True
    lines = (*frame.heading, *frame.system, *(line.text for line in frame.content))
    printed, cut = "".join(map(str, map(bare, lines))), "".join(str(bare(piece.text)) for piece in parsed.pieces)
    return Counter(printed) == Counter(cut)


def test_pages_drawn_at_random_are_right_or_reported(manifest: Manifest, seed: str) -> None:
    """At least 98 of 100 entries right, none wrong and silent, at most 2 of 100 right and reported."""
    entries = right = reported = 0
    silent: list[str] = []
    pieces: list[str] = []
    for number in range(COUNT):
        case = page_variations.make(Random(f"{seed} {number}"))
        parsed = read(case, manifest)
        codes = {found.code for found in parsed.problems} - TOLD
        got, wanted = shown(parsed.entries), shown(case.entries)
        same = sum(one == other for one, other in zip(got, wanted, strict=False))
        entries, right = entries + len(wanted), right + same
        if got != wanted and not codes:
            silent.append(f"page {number}: {case.describe}")
        if not in_pieces(case, parsed, manifest):
            pieces.append(f"page {number}: {case.describe}")
        reported += len(wanted) if codes and got == wanted and not case.doubtful else 0
    assert silent == []
    assert pieces == []
    assert right >= 0.98 * entries, f"{right} of {entries}"
    assert reported <= 0.02 * entries, f"{reported} of {entries}"
