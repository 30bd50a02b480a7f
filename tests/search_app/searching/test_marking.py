"""An entry prepared to be read: every place numbered, nothing of its text changed."""

import re

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Entry
from indexer.search.query.grammar import parse
from search_app.shown.marking import LOST, Block, Line, Piece, mark_entry

TEXTS = st.text("工会员的\n\t会�", max_size=40)
QUERIES = st.sampled_from(
    ["工会", "会员", '"会会"', "工", '"工?会"', "工会 NEAR/3 会员", "会员 或 工会", "标题:工会", ""]
)


def entry_of(title: str, body: str, signature: str, captions: list[str]) -> Entry:
    return Entry("1", "V", 2001, "", "", title, (), signature, body, tuple(captions), "http://x/", 1)


@given(TEXTS, TEXTS, TEXTS, st.lists(TEXTS, max_size=2), QUERIES)
def test_marking_changes_no_character_and_numbers_every_place(
    title: str, body: str, signature: str, captions: list[str], query: str
) -> None:
    """Numbers rise in reading order, each once; lost characters stand apart and are counted."""
    shown = mark_entry(entry_of(title, body, signature, captions), parse(query)[0])
    assert text_of(shown.title) == title
    assert text_of(shown.signature) == signature
    assert [text_of(caption) for caption in shown.captions] == captions
    printed = "".join(
        text_of(block.line) + "".join(map(text_of, (c for row in block.rows for c in row))) for block in shown.blocks
    )
    assert printed == re.sub(r"[\n\t]", "", body)
    lines = [shown.title, *lines_of(shown.blocks), *shown.captions, shown.signature]
    pieces = [piece for line in lines for piece in line]
    assert [piece.number for piece in pieces if piece.number] == sorted(
        {*range(1, len(shown.fields) + 1)} & {piece.number for piece in pieces}
    )
    assert all(piece.is_lost == (set(piece.text) == {LOST}) for piece in pieces)
    assert shown.lost == "".join((title, body, signature, *captions)).count(LOST)


def lines_of(blocks: tuple[Block, ...]) -> list[Line]:
    return [line for block in blocks for line in (block.line, *(cell for row in block.rows for cell in row))]


def text_of(line: Line) -> str:
    return "".join(piece.text for piece in line)


def test_columns_of_figures_are_told_from_words() -> None:
    """By most of their cells below the heads; an empty cell says nothing."""
    rows = [["区县", "户数", "比例"], ["城东", "1 187", "3.5%"], ["城西", "", "－2"], ["城南", "九", "７"]]
    block = Block(rows=tuple(tuple((Piece(cell),) if cell else () for cell in row) for row in rows))
    assert block.figures == (False, False, True)
    assert Block(rows=(((Piece("一"),),),)).figures == (False,)


def test_a_line_of_the_concordance_leads_to_its_very_place(client: FlaskClient) -> None:
    """Each of them; the place is marked as the one that is meant."""
    found = client.get("/api/v1/concordance?q=集体合同").json["lines"]
    page = client.get("/concordance?q=集体合同").text
    links = re.findall(r'class="src" href="([^"]*)"', page)
    assert len(links) == len(found) == 23
    numbers: dict[str, list[int]] = {}
    for line, link in zip(found, links, strict=True):
        read = client.get(link.replace("&amp;", "&")).text
        assert link.endswith(f"&amp;place={line['field']}-{line['start']}#here")
        (number,) = re.findall(r'<span id="here"></span><mark id="o(\d+)">集体合同</mark>', read)
        numbers.setdefault(line["id"], []).append(int(number))
        assert f'href="#o{number}" aria-current="true"' in read
    assert all(sorted(each) == list(range(1, len(each) + 1)) for each in numbers.values())
