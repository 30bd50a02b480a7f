"""Names the kinds of pieces and the rules that decided them, and lists the facts of a page, for previews."""

from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from indexer.parse.entries.drafts import Kind, Rule
from indexer.stages.preview.shown import Block, Preview
from search_app.words.language import N_, Worded, gettext

KINDS: Mapping[Kind, str] = Worded(
    {
        Kind.TITLE: N_("title"),
        Kind.HEADING: N_("heading"),
        Kind.BODY: N_("body"),
        Kind.SIGNATURE: N_("signature"),
        Kind.AUTHOR: N_("author"),
        Kind.CAPTION: N_("caption"),
        Kind.DROPPED: N_("dropped frame"),
        Kind.UNKNOWN: N_("not understood"),
    }
)
"""Names of the kinds, in the order of the legend."""

RULES: Mapping[Rule, str] = Worded(
    {
        Rule.TITLE_BRACKETS: N_("layout key title_brackets"),
        Rule.TITLE_TAG: N_("layout key title_tag"),
        Rule.TITLE_QUOTE: N_("「」 or 《》 at the line's beginning, as the page's titles are set"),
        Rule.TITLE_BOLD: N_("bold at the line's beginning, as the page's titles are set"),
        Rule.TITLE_COLOUR: N_("coloured at the line's beginning, as the page's titles are set"),
        Rule.TITLE_HEADING: N_("set in a heading's tag, as the page's titles are"),
        Rule.TITLE_MARK: N_("behind a mark (■ ◆ ●), as the page's titles are set"),
        Rule.TITLE_NUMBER: N_("numbered line, as the page's titles are set"),
        Rule.TITLE_CENTRED: N_("centred line, as the page's titles are set"),
        Rule.TITLE_APART: N_("line set apart before text, behind a signed entry"),
        Rule.HEADING_RULE: N_("layout key rule: above the row of hyphens"),
        Rule.HEADING_TAG: N_("layout key heading_tag"),
        Rule.HEADING_FIRST: N_("first line; no row of hyphens parts it from the text"),
        Rule.HEADING_APART: N_("line set apart before a title"),
        Rule.HEADING_PLACE: N_("plain line between an entry that has ended and a title"),
        Rule.MONTH: N_("layout key month: a month of the chronicle"),
        Rule.YEAR: N_("a year of the chronicle"),
        Rule.TEXT: N_("text that no other rule takes"),
        Rule.ITEM_DATE: N_("date at the beginning: an item of the chronicle, titled by it"),
        Rule.ROLL: N_("layout key roll: a list or table, taken as it stands"),
        Rule.CLOSING: N_("closing parenthesis"),
        Rule.LABELLED: N_("by-line behind a label (作者：, 撰稿人：, 供稿单位：)"),
        Rule.NAMES: N_("by-line: a line of nothing but names, first or last"),
        Rule.SYSTEM: N_("layout key system: the site's own line"),
        Rule.OFFICER: N_("layout key officer: officers, address or telephone"),
        Rule.PHOTO: N_("short line that credits a photograph"),
        Rule.IMAGE: N_("short line beside a picture"),
        Rule.SPEECH: N_("by-line block of a speech: date, office, name"),
        Rule.UNDER_HEADING: N_("stands under the heading, over the text"),
        Rule.PAGER: N_("layout key pager"),
        Rule.HYPHENS: N_("row of hyphens"),
        Rule.AFTER_SIGNATURE: N_("full stop behind the signature"),
        Rule.LINKS: N_("list of links: an index page"),
        Rule.NEWS: N_("layout key news_in_trail: no page of a yearbook"),
        Rule.ABOVE: N_("above the text"),
        Rule.BREADCRUMB: N_("layout key breadcrumb: year and section"),
        Rule.CLOSE: N_("layout key close"),
        Rule.BELOW: N_("below the text"),
        Rule.UNSEEN: N_("in form fields, objects or <noscript>: no text of the page"),
        Rule.NOTHING: N_("no rule takes it"),
    }
)


_TITLES: Mapping[str, str] = Worded(
    {
        "": N_("none"),
        "bracket": N_("none set apart; the heading is the title"),
        "tag": N_("in a heading's tag"),
        "number": N_("numbered lines"),
        "bare": N_("centred lines"),
        "quote": N_("「」 or 《》"),
        "chronicle": N_("dates of a chronicle"),
        "roll": N_("none: a list or table"),
    }
)


_PAGES: Mapping[str, str] = Worded(
    {"entries": N_("entries"), "list": N_("list"), "news": N_("news"), "other": N_("other")}
)
"""What pages are."""


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
    unknown = gettext("unknown; {url}").format(url=shown.urls[0])
    urls = [("URL", unknown)] if is_file else [("URL", url) for url in shown.urls]
    none, kind = gettext("none"), _PAGES.get(shown.kind, shown.kind)
    return [
        *urls,
        (gettext("volume"), shown.volume or none),
        (gettext("year"), str(shown.year or gettext("unknown"))),
        (gettext("section"), shown.section or none),
        (gettext("heading"), shown.heading or none),
        (gettext("kind"), f"{kind}: {count}" if (count := len(shown.entries)) else kind),
        (gettext("encoding"), shown.encoding or gettext("not read")),
        (gettext("titles"), _TITLES.get(shown.titles, shown.titles)),
        (gettext("layout"), shown.layout),
    ]


def printable(text: str) -> str:
    """Replace control characters, which could control a terminal, by visible symbols."""
    return "".join(
        chr(0x2400 + ord(char)) if ord(char) < 32 and char not in "\t\n" else char for char in text
    ).translate(_C1)


_C1 = dict.fromkeys([*range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
"""Further control characters, and those that change the direction of writing, by replacement."""
