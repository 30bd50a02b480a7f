"""A search finds what looks the same, however it is written, marks all of it, and joins no cells of a table."""

from collections.abc import Callable, Iterable

import pytest
from random_archives import EMPTY

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SearchRequest

BODIES = {
    "总⼯会主席团": '"总工会" 总工会 "⼯会" ⼯会',
    "⺠主评议会": '"民主评议" 民主 民主评议',
    "⻓宁区与⿈浦区": '"长宁区" 长宁区 "黃浦" 黄浦',
    "⼥职⼯⻋间": '"女职工车间" 女职工 车间',
    "互\u200e助会章程": '"互助会" 互助会',
    "葛\U000e0100城县代表": '"葛城县" 葛城县',
    "女\u034f工委": '"女工委" 女工委',
    "书\u2062画社": '"书画社" 书画社 "书\u200d画"',
    "保\u202a障\u202c法条": '"保障法条" 保障法',
    "望\u3164海区\U000e0061": '"望海区" 望海',
    "Cafe\u0301 与 ﾊﾟｰﾄ": '"café" café "CAFÉ" "パート" "ハ\u309aート"',
    "Nguye\u0302\u0303n 与か\u3099": '"Nguyễn" nguyễn "が" が',
    "\u1112\u1161\u11ab国": '"한" 한',
    "\uf92f動者之歌": '"勞動者" 劳动者',
    "⺇字一个": '"𠘨字"',
    "\U00011099\n\U000110ba": '"\U0001109a"',
}
"""What is printed, and queries each of which finds it."""
NOT = {
    "か\u3099": '"か"',
    "Cafe\u0301": '"cafe"',
    "会员\t12\t34": '"1234"',
    "甲\t12\n34\t乙": '"1234"',
    "年份\t总\t工会": '"总工会"',
    "⻋间": '"車間"',
}
"""What is printed, and a query that does not find it."""


def entries(bodies: Iterable[str]) -> list[Entry]:
    """Make an entry of each body, and others without any of them."""
    texts = [*bodies, "无关。", "例会纪要"]
    return [Entry.from_record(EMPTY | {"id": f"2001-{at}-1", "body": text}) for at, text in enumerate(texts)]


def found(searcher: Searcher, text: str) -> dict[str, list[str]]:
    """Give the bodies found, with what is marked in them."""
    page = searcher.search(SearchRequest(parse(text)[0], size=50))
    assert page.total == len(page.hits)
    return {hit.entry.body: [span.text for span in hit.snippet if span.marked] for hit in page.hits}


def test_what_looks_the_same_is_found(engine: Callable[[Iterable[Entry]], Searcher]) -> None:
    """By each of the queries alone, in quotes or not."""
    searcher = engine(entries(BODIES))
    for body, queries in BODIES.items():
        for query in queries.split(" "):
            assert body in found(searcher, query), query


def test_what_looks_otherwise_is_not(engine: Callable[[Iterable[Entry]], Searcher]) -> None:
    """Another letter, or two cells."""
    searcher = engine(entries(NOT))
    for body, query in NOT.items():
        assert body not in found(searcher, query), query


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ('"café"', ["Cafe\u200b\u0301"]),
        ('"é"', ["e\u200b\u0301"]),
        ('"é与"', ["e\u200b\u0301 与"]),
        ('"与パ"', ["与 \u200bﾊﾟ"]),
        ('"ート"', ["ｰ\nﾄ"]),
        ('"パート"', ["ﾊﾟｰ\nﾄ"]),
        ('"会员" NEAR/4 "34"', ["会员", "34"]),
        ('"会员?12"', ["会员\t12"]),
        ('"会员\t12"', ["会员\t12"]),
        ('"12\n34"', []),
        ('"\t"', []),
        ('"34\t总"', ["34 \t 总"]),
    ],
)
def test_marks_cover_what_is_printed(
    engine: Callable[[Iterable[Entry]], Searcher], query: str, marked: list[str]
) -> None:
    """Letter and mark, and nothing of what is not seen beside them; a row that is pasted is found."""
    body = "在 Cafe\u200b\u0301 与 \u200bﾊﾟｰ\nﾄ\u200b。\n会员\t12\t\t34 \t 总\t工会"
    searcher = engine(entries([body]))
    page = found(searcher, query)
    if query == '"\t"':
        assert parse(query)[0] is None
    else:
        assert page == ({body: marked} if marked else {})
