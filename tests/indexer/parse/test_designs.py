"""Page designs by authors who had read only what a `Layout` row can say: each is a row, and the parser knows none."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from runpy import run_path

import pytest

from indexer.model import Entry, Page, Volume
from indexer.parse.entries.parser import parse_chain
from indexer.parse.layouts import LAYOUTS
from indexer.parse.page.pages import chain_pages, frame_page

DESIGNS = sorted(path.parent for path in (Path(__file__).parent / "designs").glob("*/row.py"))
EPOCH = datetime(2006, 1, 1, tzinfo=UTC)
FIELDS = ("title", "authors", "section", "heading", "body")


@pytest.mark.parametrize("design", DESIGNS, ids=lambda path: path.name)
def test_design_is_a_row_of_data(design: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every entry of every page, over page ends too."""
    monkeypatch.setitem(LAYOUTS, design.name, run_path(str(design / "row.py"))["ROW"])  # type: ignore[arg-type]
    pages = design / "pages"
    (host,) = pages.iterdir()
    volume = Volume("V", "", 0, 0, "", "", "", design.name, (), (f"http://{host.name}/",))
    framed = [
        frame_page(Page(f"http://{file.relative_to(pages).as_posix()}", EPOCH, 200, "", file.read_bytes()), [volume])
        for file in sorted(pages.rglob("*.*htm*"))
    ]
    got = [entry for chain in chain_pages(framed) for entry in parse_chain(chain, [volume]).entries]
    wanted = [json.loads(line) for line in (design / "expected.jsonl").read_text("utf-8").splitlines()]
    assert by_page([(entry.url, fields(entry)) for entry in got]) == by_page(
        [(each["url"], {name: each[name] for name in FIELDS}) for each in wanted]
    )


def fields(entry: Entry) -> dict[str, object]:
    """Give the fields that are judged."""
    record = entry.to_record()
    return {name: record[name] for name in FIELDS}


def by_page(entries: list[tuple[str, dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """Group entries by the page they start on."""
    pages = defaultdict(list)
    for url, entry in entries:
        pages[url].append(entry)
    return dict(pages)
