"""From nothing to something: what is offered in place of a search that finds nothing, or little."""

import html
import re
from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest
from damage import WAYS, damaged
from flask.testing import FlaskClient
from forked import nianjian

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.shown.rungs import RungCode

FLOOR = 0.97
"""Share of damaged searches that come to their entry within two rungs; only ever raised."""


def asked(client: FlaskClient, text: str, *filters: tuple[str, str]) -> dict[str, object]:
    """Ask the interface."""
    answer = client.get("/api/v1/search", query_string=[("q", text), *filters])
    assert answer.status_code == 200
    return answer.json


def rungs(client: FlaskClient, text: str, *filters: tuple[str, str]) -> list[tuple[str, str, int]]:
    """Give code, query and total of each rung."""
    return [(each["code"], each["query"], each["total"]) for each in asked(client, text, *filters)["ladder"]]  # type: ignore[attr-defined]


def climb(client: FlaskClient, entries: Sequence[Entry], rng: Random, each_way: int) -> None:
    """Follow the first two rungs of damaged searches of all kinds, and hold every rung's count against its hits."""
    tried: Counter[str] = Counter()
    missed = []
    for each in damaged(entries, rng):
        found = asked(client, each.text, *each.filters)
        if found["total"] or tried[each.way] >= each_way:
            if sum(tried.values()) >= each_way * len(WAYS):
                break
            continue
        tried[each.way] += 1
        reached = []
        for rung in found["ladder"]:  # type: ignore[attr-defined]
            page = client.get("/api/v1/search" + rung["url"].removeprefix("/")).json
            assert (page["total"], page["query"]) == (rung["total"], rung["query"]), rung
            assert page["total"] > 0
            reached.append(each.source in [hit["id"] for hit in page["hits"]])
        if not any(reached[:2]):
            missed.append((each, found["ladder"]))
    assert tried == Counter(dict.fromkeys(WAYS, each_way))
    assert len(missed) <= each_way * len(WAYS) * (1 - FLOOR), missed


def test_damaged_searches_come_to_their_entry_within_two_rungs(
    client: FlaskClient, expected: tuple[Entry, ...], rng: Random
) -> None:
    """Of six kinds, others each run; every rung finds as many entries as it says."""
    climb(client, expected, rng, 8)


@pytest.mark.slow
def test_three_hundred_damaged_searches_come_to_their_entry(
    client: FlaskClient, expected: tuple[Entry, ...], rng: Random
) -> None:
    """The same, of each kind fifty."""
    climb(client, expected, rng, 50)


@pytest.mark.parametrize(
    ("text", "filters", "rung"),
    [
        ("缩短船抬周期", (), ("same-pinyin", "缩短船台周期", 1)),
        ('"缩短船抬周期"', (), ("same-pinyin", '"缩短船台周期"', 1)),
        ("葛方", (), ("same-pinyin", "葛芳", 3)),
        ("钱素捐", (), ("same-pinyin", "钱素娟", 4)),
        ("短缩船台周期", (), ("word-exchanged", "缩短船台周期", 1)),
        ("标题:再就业援组", (), ("word-exchanged", "标题:再就业援助", 1)),
        ('"船台周期竞赛"', (), ("without-quotes", "船台周期竞赛", 1)),
        ('"缩短船台周斯"', (), ("word-exchanged", '"缩短船台周期"', 1)),
        ("家政培训", (("year", "2005"),), ("without-filter", "家政培训", 1)),
        ("家政培训", (("not.year", "2002"),), ("without-filter", "家政培训", 1)),
        ("家政培训", (("year", "2005"), ("author", "方觉民")), ("without-filter", "家政培训", 1)),
        ("家政培训 年份:2005", (), ("without-filter", "家政培训", 1)),
        ("家政培训 年份:2003-2005", (), ("without-filter", "家政培训", 1)),
        ("标题:潮汐台", (), ("without-field", "潮汐台", 1)),
        ("家政培训 -再就业", (), ("without-exclusion", "家政培训", 1)),
        ("金秋助学 量子", (), ("word-dropped", "金秋助学", 2)),
        ("", (("year", "2001"), ("author", "章㛃")), ("without-filter", "", 53)),
    ],
)
def test_rung(client: FlaskClient, text: str, filters: tuple[tuple[str, str], ...], rung: tuple[str, str, int]) -> None:
    """What is changed, the query, and how many entries it finds."""
    found = rungs(client, text, *filters)
    assert rung in found, found
    order = [list(RungCode).index(RungCode(code)) for code, *_ in found]
    assert order == sorted(order)
    assert len({query for _, query, _ in found}) == len(found) or filters


def test_nothing_is_offered_beside_enough_hits(client: FlaskClient) -> None:
    """Beside fewer than five, only the query without quotes and with look-alikes, if that finds more."""
    assert rungs(client, "工会") == []
    few = rungs(client, '"金秋助学" "一个孩子"')
    assert {code for code, *_ in few} <= {"without-quotes", "look-alikes"}
    one = asked(client, '"家政培训帮助"')
    assert one["total"] == 1
    for each in one["ladder"]:  # type: ignore[attr-defined]
        assert each["total"] > 1


def test_look_alikes_stand_in_quotes_too(client: FlaskClient) -> None:
    """With ~ before them: what is found is what a scan with look-alikes finds."""
    printed, alike = asked(client, '"入会"'), asked(client, '~"人会"')
    assert alike["total"] >= printed["total"] > 0  # type: ignore[operator]
    assert asked(client, '~"a?b"')["notes"][0]["code"] == "look-alikes-without-wildcards"  # type: ignore[index]


def test_nothing_that_is_not_in_the_archive_is_offered(client: FlaskClient) -> None:
    """For nonsense the ladder is empty."""
    for text in ("鱻鱻鱻", "zzzzzz", "😀", '"鱻"', "或", "(((", "年份:1066"):
        assert all(total > 0 for *_, total in rungs(client, text))
    assert rungs(client, "鱻鱻鱻") == []


@pytest.mark.usefixtures("chinese")
def test_page_and_command_show_the_ladder(client: FlaskClient, sample: DataFolder) -> None:
    """Each rung a link with its count, and what it changes."""
    page = html.unescape(client.get("/?q=缩短船抬周期").text)
    assert re.search(r'<a href="/\?q=[^"]*">缩短船台周期</a><span class="soft">同音：[^<]*</span><b>1 篇</b>', page)
    assert html.unescape(client.get("/?q=家政培训&year=2005").text).count("去掉条件：年份 2005 卷") == 1
    said = nianjian("--data", sample.root, "search", "缩短船抬周期").stdout
    assert "可改为：同音：把“缩短船抬周期”换成“缩短船台周期”：缩短船台周期（1 篇）" in said


def test_every_code_has_words(client: FlaskClient) -> None:
    """In one line, with what it is about."""
    found = asked(client, '"短缩船台周期" -工会 标题:量子 年份:2005', ("year", "2001"), ("not.author", "葛芳"))
    texts = [each["text"] for each in found["ladder"]]  # type: ignore[attr-defined]
    assert all(text and "\n" not in text and "{" not in text for text in texts)
