"""Draws random requests to an archive: whatever a reader may type, choose and turn to, made of the archive's own text."""

from collections.abc import Sequence
from random import Random

from indexer.model import Entry
from indexer.search.fields import FILTERS, filter_values
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SORTS, Filter, SearchRequest

_FIELDS = ("标题", "页题", "正文", "图注", "署名", "作者", "栏目")
_OTHER_FORMS = ("勞動", "二〇〇一年", "2001年", "深人", "凋研", "市總工會", "３６", "ＡＰＥＣ", "的", "量子")


def random_text(entries: Sequence[Entry], rng: Random, depth: int = 0) -> str:
    """Draw what may stand in the query box."""

    def piece(least: int, most: int) -> str:
        text = rng.choice(rng.choice(entries).body.splitlines() or ["工会"]) or "工会"
        start = rng.randrange(len(text))
        return text[start : start + rng.randint(least, most)].replace('"', "").strip() or "工会"

    def inner() -> str:
        return random_text(entries, rng, depth + 1)

    match rng.randrange(14 if depth < 2 else 8):
        case 0 | 1:
            return piece(2, 4)
        case 2:
            return rng.choice(("", "~")) + f'"{piece(1, 6)}"'
        case 3:
            return piece(1, 1)
        case 4:
            return piece(5, 14)
        case 5:
            return rng.choice(_OTHER_FORMS)
        case 6:
            asked = rng.choice((piece(1, 3), '"' + piece(1, 3) + '"', rng.choice(entries).section))
            return f"{rng.choice(_FIELDS)}:{asked}"
        case 7:
            return rng.choice(("年份:2002", "年份:2001-2003", "年份:-2002", "年份:2020"))
        case 8:
            return f"{piece(2, 2)} NEAR/{rng.choice((0, 3, 20))} {piece(1, 2)}"
        case 9:
            text = piece(4, 6)
            return '"' + text[:2] + rng.choice("?*") + text[3:] + '"'
        case 10 | 11:
            return f"{inner()} {inner()}"
        case 12:
            return f"({inner()} 或 {inner()})"
        case _:
            return f"{inner()} -({inner()})"


def random_request(entries: Sequence[Entry], rng: Random) -> tuple[str, SearchRequest]:
    """Draw a request, and what was typed for it."""
    text = random_text(entries, rng)
    filters = []
    for field in FILTERS:
        for exclude in (False, True):
            values = {value for each in rng.sample(entries, rng.choice((0, 0, 0, 0, 0, 1, 2)))
                      for value in filter_values(each)[field]}  # fmt: skip
            if values:
                filters.append(Filter(field, tuple(sorted(values)), exclude))
    request = SearchRequest(
        parse(text)[0],
        tuple(filters),
        sort=rng.choice(SORTS),
        page=rng.choice((1, 1, 1, 2, 50)),
        size=rng.choice((5, 20, 100)),
        explain=rng.random() < 0.2,
    )
    return text, request
