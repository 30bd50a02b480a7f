"""Pages damaged at random: nothing raises, what was not touched comes out, and every loss is reported.

`NIANJIAN_FUZZ=20000` tries more pages than usual; `NIANJIAN_SEED=…` tries those of an earlier run again.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from one_page import parse_page

from indexer.errors import DecodeError
from indexer.model import Page
from indexer.parse.page.decoding.decode import decode
from indexer.parse.page.decoding.gb import PRIVATE, common_characters

COUNT = int(os.environ.get("NIANJIAN_FUZZ", "800"))
COMMON = "".join(sorted(common_characters()))
BOTH = ("gb18030", "utf-8")


@dataclass
class Made:
    """A page at work: its lines as bytes, and the text of those that are as they were."""

    lines: list[bytes]
    whole: dict[int, str]
    encoding: str
    done: str = ""

    def touch(self, rng: Random) -> int:
        """Choose a line to damage."""
        at = rng.randrange(len(self.lines))
        self.whole.pop(at, None)
        return at


def make(rng: Random) -> Made:
    """Make a page of the yearbook of characters drawn at random."""
    encoding = rng.choice(BOTH)
    texts = [_text(rng) for _ in range(rng.randint(1, 12))]
    frame = [
        "<html><head><meta charset=gb2312></head><body><table><tr><td>当前位置：首页 &gt;&gt;2002年鉴信访</td></tr>",
        "<tr><td>来信来访</td></tr>",
        f"<tr><td>{'-' * 77}</td></tr><tr><td>",
        *(f"<p>{text}</p>" for text in texts),
        "（王刚）</td></tr><tr><td>[关闭窗口]</td></tr></table></body></html>",
    ]
    return Made([line.encode(encoding) for line in frame], dict(enumerate(texts, start=3)), encoding)


def _text(rng: Random) -> str:
    """Make a paragraph; one in ten is a row of a table, or has kana or rare characters in it."""
    text = "".join(rng.choices(COMMON, k=rng.randint(6, 60))) + "。"
    if rng.random() < 0.1:
        odd = rng.choice(("│单位│人数│", "├──┼──┤", "ソニー株式会社", "钱頔、陈䶮", "章㛃", "α≥5㎡"))
        text = f"{text[:5]}{odd}{text[5:]}"
    return text


def spliced(piece: Callable[[Random], bytes], taken: int) -> Callable[[Made, Random], None]:
    """Damage a line at a place: some bytes for up to `taken` others."""

    def damage(made: Made, rng: Random) -> None:
        at = made.touch(rng)
        line = made.lines[at]
        place = rng.randrange(len(line) + 1)
        made.lines[at] = line[:place] + piece(rng) + line[place + rng.randint(0, taken) :]

    return damage


def recoded(made: Made, rng: Random) -> None:
    """Write a paragraph in the other encoding: its text must come out all the same."""
    at = rng.choice(list(made.whole) or [3])
    if at in made.whole:
        other = BOTH[made.encoding == BOTH[0]]
        made.lines[at] = f"<p>{made.whole[at]}</p>".encode(other)


def marked(made: Made, rng: Random) -> None:
    """Put a byte order mark first, right or wrong."""
    made.lines[0] = rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]) + made.lines[0]


def cut(made: Made, rng: Random) -> None:
    """End the page anywhere."""
    at = made.touch(rng)
    made.lines[at] = made.lines[at][: rng.randrange(len(made.lines[at]) + 1)]
    for gone in range(at + 1, len(made.lines)):
        made.whole.pop(gone, None)
    del made.lines[at + 1 :]


JUNK = [b"<", b">", b"</td>", b"<!--", b"<![CDATA[", b"<base href=x/>", b"<frame src=a.html>", b"<table><tr>", b"&#0;",
        b"&#xD800;", b"&#999999999;", "【".encode("gbk"), "（".encode("gbk"), b"<font>" * 500, b"<script>", b"<p " * 50]  # fmt: skip
HARMLESS = {"other encoding", "byte order mark", ""}
"""Kinds that break no character: after others a short page may be beyond reading."""
DAMAGE: dict[str, Callable[[Made, Random], None]] = {
    "nul": spliced(lambda rng: bytes(rng.randint(1, 5)), 0),
    "byte": spliced(lambda rng: rng.randbytes(1), 1),
    "bytes lost": spliced(lambda rng: b"", 3),
    "noise": spliced(lambda rng: rng.randbytes(rng.randint(1, 300)), 20),
    "euro": spliced(lambda rng: b"\x80", 0),
    "private": spliced(lambda rng: bytes((rng.randint(0xAA, 0xAF), rng.randint(0xA1, 0xFE))), 0),
    "mark-up": spliced(lambda rng: rng.choice(JUNK), 0),
    "other encoding": recoded,
    "byte order mark": marked,
    "cut": cut,
}


def fault_of(made: Made) -> str:
    """Say what is wrong with what becomes of a page; nothing where nothing is."""
    body = b"\n".join(made.lines)
    parsed = parse_page(
        Page("http://a.example/userobject1ai1.html", datetime(2006, 5, 1, tzinfo=UTC), 200, "", body), []
    )
    codes = {problem.code for problem in parsed.problems}
    if "parser-fault" in codes:
        return next(problem.brief for problem in parsed.problems if problem.code == "parser-fault")
    try:
        decoded = decode(body)
    except DecodeError:
        if HARMLESS.issuperset(made.done.split(", ")):
            return "refused though nothing is lost of it"
        return "" if codes & {"unknown-encoding", "empty-page"} else "refused and not reported"
    if decoded.text.count("\ufffd") != len(decoded.bad_offsets):
        return "characters replaced and not reported"
    if decoded.encoding[:4] != "utf-" and decoded.nul_offsets[0] != body.count(b"\0"):
        return "NUL dropped and not counted"
    if missing := [text for text in made.whole.values() if text not in decoded.text]:
        return f"an untouched paragraph is not read: {missing[0]}"
    if parsed.pieces and "mark-up" not in made.done:
        held = "".join("".join(piece.text.split()) for piece in parsed.pieces)
        if missing := [text for text in made.whole.values() if text not in held]:
            return f"an untouched paragraph is in no piece: {missing[0]}"
    if PRIVATE.search(decoded.text) and not codes & {"private-character", "not-html"}:
        return "private-use characters not reported"
    return ""


def test_damaged_pages_give_all_that_was_not_touched(seed: str) -> None:
    """Up to four kinds of damage a page, in both encodings."""
    wrong = []
    for number in range(COUNT):
        rng = Random(f"{seed} {number}")
        made = make(rng)
        kinds = rng.choices(list(DAMAGE), k=rng.randint(0, 4))
        for kind in kinds:
            DAMAGE[kind](made, rng)
        made.done = ", ".join(kinds)
        if why := fault_of(made):
            wrong.append(f"page {number} ({made.encoding}; {made.done}): {why}")
    assert wrong[:20] == [], f"{len(wrong)} of {COUNT}"
