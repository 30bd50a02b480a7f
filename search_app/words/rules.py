"""Names the kinds of pieces and the rules that decided them, and lists the facts of a page, for previews."""

from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from indexer.parse.entries.drafts import Kind, Rule
from indexer.stages.preview.shown import Block, Preview

KINDS: Mapping[Kind, str] = {
    Kind.TITLE: "title",
    Kind.HEADING: "heading",
    Kind.BODY: "body",
    Kind.SIGNATURE: "signature",
    Kind.AUTHOR: "author",
    Kind.CAPTION: "caption",
    Kind.DROPPED: "dropped frame",
    Kind.UNKNOWN: "not understood",
}
"""Names of the kinds, in the order of the legend."""

RULES: Mapping[Rule, str] = {
    Rule.TITLE_BRACKETS: "layout key title_brackets",
    Rule.TITLE_TAG: "layout key title_tag",
    Rule.TITLE_QUOTE: "「」 or 《》 at the line's beginning, as the page's titles are set",
    Rule.TITLE_BOLD: "bold at the line's beginning, as the page's titles are set",
    Rule.TITLE_COLOUR: "coloured at the line's beginning, as the page's titles are set",
    Rule.TITLE_HEADING: "set in a heading's tag, as the page's titles are",
    Rule.TITLE_MARK: "behind a mark (■ ◆ ●), as the page's titles are set",
    Rule.TITLE_NUMBER: "numbered line, as the page's titles are set",
    Rule.TITLE_CENTRED: "centred line, as the page's titles are set",
    Rule.TITLE_APART: "line set apart before text, behind a signed entry",
    Rule.HEADING_RULE: "layout key rule: above the row of hyphens",
    Rule.HEADING_TAG: "layout key heading_tag",
    Rule.HEADING_FIRST: "first line; no row of hyphens parts it from the text",
    Rule.HEADING_APART: "line set apart before a title",
    Rule.HEADING_PLACE: "plain line between an entry that has ended and a title",
    Rule.MONTH: "layout key month: a month of the chronicle",
    Rule.YEAR: "a year of the chronicle",
    Rule.TEXT: "text that no other rule takes",
    Rule.ITEM_DATE: "date at the beginning: an item of the chronicle, titled by it",
    Rule.ROLL: "layout key roll: a list or table, taken as it stands",
    Rule.CLOSING: "closing parenthesis",
    Rule.LABELLED: "by-line behind a label (作者：, 撰稿人：, 供稿单位：)",
    Rule.NAMES: "by-line: a line of nothing but names, first or last",
    Rule.SYSTEM: "layout key system: the site's own line",
    Rule.OFFICER: "layout key officer: officers, address or telephone",
    Rule.PHOTO: "short line that credits a photograph",
    Rule.IMAGE: "short line beside a picture",
    Rule.SPEECH: "by-line block of a speech: date, office, name",
    Rule.UNDER_HEADING: "stands under the heading, over the text",
    Rule.PAGER: "layout key pager",
    Rule.HYPHENS: "row of hyphens",
    Rule.AFTER_SIGNATURE: "full stop behind the signature",
    Rule.LINKS: "list of links: an index page",
    Rule.NEWS: "layout key news_in_trail: no page of a yearbook",
    Rule.ABOVE: "above the text",
    Rule.BREADCRUMB: "layout key breadcrumb: year and section",
    Rule.CLOSE: "layout key close",
    Rule.BELOW: "below the text",
    Rule.UNSEEN: "in form fields, objects or <noscript>: no text of the page",
    Rule.NOTHING: "no rule takes it",
}


_TITLES = {
    "": "none",
    "bracket": "none set apart; the heading is the title",
    "tag": "in a heading's tag",
    "number": "numbered lines",
    "bare": "centred lines",
    "quote": "「」 or 《》",
    "chronicle": "dates of a chronicle",
    "roll": "none: a list or table",
}


class Run(NamedTuple):
    """Consecutive blocks of the same kind that the same rule decided."""

    kind: Kind
    rule: Rule
    blocks: tuple[Block, ...]


def runs(shown: Preview) -> list[Run]:
    """Return the blocks of a page in runs, each to be labelled once; names in a signature belong to the signature."""
    return [Run(*key, tuple(blocks)) for key, blocks in groupby(shown.blocks, _made_by)]


def _made_by(block: Block) -> tuple[Kind, Rule]:
    main = next((piece for piece in block if piece.kind is not Kind.AUTHOR), block[0])
    return main.kind, main.rule


def facts(shown: Preview) -> list[tuple[str, str]]:
    """Return what is known of a page as names and values, in the order of display."""
    is_file = shown.urls[0].startswith("file:")
    urls = [("URL", f"unknown; {shown.urls[0]}")] if is_file else [("URL", url) for url in shown.urls]
    return [
        *urls,
        ("volume", shown.volume or "none"),
        ("year", str(shown.year or "unknown")),
        ("section", shown.section or "none"),
        ("heading", shown.heading or "none"),
        ("kind", f"{shown.kind}: {count}" if (count := len(shown.entries)) else shown.kind),
        ("encoding", shown.encoding or "not read"),
        ("titles", _TITLES.get(shown.titles, shown.titles)),
        ("layout", shown.layout),
    ]


def printable(text: str) -> str:
    """Replace control characters, which could control a terminal, by visible symbols."""
    return "".join(
        chr(0x2400 + ord(char)) if ord(char) < 32 and char not in "\t\n" else char for char in text
    ).translate(_C1)


_C1 = dict.fromkeys([*range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
"""Further control characters, and those that change the direction of writing, by replacement."""
