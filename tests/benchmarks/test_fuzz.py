"""Whatever is typed is answered: 100,000 mean inputs on 10,000 entries, none an error, none slow."""

import random
import time

import pytest

from indexer.search.engine import Searcher
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SearchRequest

pytestmark = pytest.mark.slow
COUNT = 100_000
SLOW = 5.0
"""Seconds that no input may take, on a machine that does other work besides."""
PIECES = (
    *'()（）|｜-－"“”「」『』＂„:：/?*\\ \t\n　',
    *(
        "OR",
        "或",
        "NOT",
        "非",
        "AND",
        "NEAR",
        "NEAR/5",
        "NEAR/999999999",
        "NEAR/0",
        "标题:",
        "title:",
        "作者：",
        "栏目:",
    ),
    *("年份:", "year:2001-2003", "年份:-2003", "year:99999", '"共有?支"', '"工*会"', '"?*?"', "\\?", "\\*", "----"),
    *(
        "工会",
        "的",
        "，",
        "。",
        "一",
        "人",
        "入",
        "发展",
        "中国",
        "经济建设",
        "二〇〇一年",
        "勞動",
        "apec",
        "9.11",
        "15 000",
    ),
    *(
        "\x00",
        "\ud800",
        "\U0010ffff",
        "\u200b",
        "𠮷",
        "ﬀ",
        "ß",
        "İ",
        "é",
        "️",
        "[",
        "]",
        "{",
        "^",
        "$",
        ".*",
        "(?:",
        "%",
        "&&",
    ),
)


def mean_input(rng: random.Random) -> str:
    """Make random bytes, random characters, pieces of the grammar, or nestings."""
    match rng.randrange(8):
        case 0:
            return rng.randbytes(rng.randint(0, 60)).decode("utf-8", "replace")
        case 1:
            return rng.randbytes(rng.randint(0, 60)).decode("gb18030", "surrogateescape")
        case 2:
            return "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randint(0, 40)))
        case 3:
            return (
                rng.choice('(（"-“') * rng.randint(1, 300)
                + rng.choice(PIECES)
                + rng.choice(')）"”') * rng.randint(0, 300)
            )
        case 4:
            return rng.choice(PIECES) * rng.randint(1, 80)
        case _:
            return rng.choice(("", " ")).join(rng.choices(PIECES, k=rng.randint(1, 40)))


def test_mean_input_is_answered(large: Searcher, rng: random.Random) -> None:
    """Others each run; the ten slowest are printed."""
    times = []
    for number in range(COUNT):
        text = mean_input(rng)
        begun = time.perf_counter()
        try:
            node, _ = parse(text)
            page = large.search(SearchRequest(node, size=10, explain=number % 10 == 0))
        except Exception as error:
            raise AssertionError(text) from error
        times.append((time.perf_counter() - begun, text))
        assert len(page.hits) == min(page.total, 10), text
    times.sort(reverse=True)
    print(f"{COUNT:,} inputs, 0 exceptions; the ten slowest:")
    for seconds, text in times[:10]:
        print(f"{seconds * 1000:8.1f} ms  {text!a:.120}")
    assert times[0][0] < SLOW, times[0]
