"""Words the parts of an answer: notes, reasons, scores, readings, and the names of fields and orders."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from indexer.search.query.notes import Note, NoteCode
from indexer.search.query.tree import Filter
from indexer.search.shown.results import Form, Hit, PartCode, Printed, Reason, RunReading, ScorePart
from indexer.search.shown.rungs import Rung, RungCode
from indexer.search.suggestible import SuggestionKind
from search_app.words.argumentcodes import ArgumentCode
from search_app.words.language import ENGLISH, N_, Worded, gettext, ngettext, spoken

NOTES: Mapping[str, str] = Worded(
    {
        NoteCode.TOO_LONG: N_("查询超过 {limit} 字，只用了前 {limit} 字"),
        NoteCode.NOTHING_ASKED: N_("没有可检索的词语"),
        NoteCode.STRAY_PARENTHESIS: N_("括号不配对，已忽略多余的括号"),
        NoteCode.UNCLOSED_PARENTHESIS: N_("括号未闭合，已在末尾补上"),
        NoteCode.NESTED_TOO_DEEP: N_("括号超过 {limit} 层，已忽略更深的括号"),
        NoteCode.NEAR_TOO_FAR: N_("NEAR 至多相隔 {limit} 字，已按 {limit} 字检索"),
        NoteCode.NEAR_NEEDS_WORDS: N_("NEAR 两边须是词语，已按“并且”检索"),
        NoteCode.NEAR_TOO_MANY: N_("NEAR 至多连接 {limit} 个词语，已按“并且”检索"),
        NoteCode.ONLY_WILDCARDS: N_("引号内除通配符外没有文字，已忽略"),
        NoteCode.WILDCARDS_AT_END: N_("引号内开头和末尾的 ? 和 * 不起作用"),
        NoteCode.WILDCARDS: N_(
            "引号内 ? 代表一字（印漏的也算），* 代表至多 {limit} 字；要找它们本身，请写成 \\? 和 \\*"
        ),
        NoteCode.ALIKE_WILDCARDS: N_("~ 后的引号内 ? 和 * 按原字查找"),
        NoteCode.FIELD_WITHOUT_WORDS: N_("“{field}:”后没有词语，已忽略"),
        NoteCode.FIELD_NEEDS_YEAR: N_("“{field}:”后须是年份，如 {field}:2001-2003，已按普通词检索"),
        NoteCode.UNCLOSED_QUOTE: N_("引号未闭合，已按普通词检索"),
        NoteCode.EMPTY_QUOTE: N_("引号内没有文字，已忽略"),
        NoteCode.LONE_HYPHEN: N_("单独的“-”已忽略；要排除一个词，请把“-”紧写在它前面"),
        NoteCode.ALIKE: N_("{entries} 篇含有的是形近字（如“深入”印作“深人”）；加引号可只查原样"),
        NoteCode.ALIKE_BEHIND: N_(
            "{entries} 篇含有的是形近字（如“深入”印作“深人”），排在照原字的条目之后；加引号可只查原样"
        ),
        NoteCode.QUOTES_AS_WORDS: N_("没有一篇同时含有引号内的全部原文；相近条目按不加引号的词语查找"),
        NoteCode.PAST_END: N_("第 {page} 页已超出结果末页"),
        NoteCode.PAST_NEAREST: N_("相近条目没有第 {page} 页"),
        ArgumentCode.NO_YEAR: N_("{name}：“{value}”不是年份"),
        ArgumentCode.TOO_MANY_VALUES: N_("{name}：至多 {limit} 个值"),
        ArgumentCode.UNKNOWN_VALUE: N_("{name}：本库没有“{value}”"),
        ArgumentCode.CHOSEN_AND_EXCLUDED: N_("{name}：“{value}”既选中又除去"),
        ArgumentCode.NO_SORT: N_("{name}：“{value}”不是 {known} 之一"),
        ArgumentCode.NO_NUMBER: N_("{name}：“{value}”不是 {least} 到 {most} 之间的整数"),
        ArgumentCode.NO_FORMAT: N_("{name}：“{value}”不是 {known} 之一"),
        ArgumentCode.NO_CLAIM: N_("回执地址不完整或被改动（{name} 是“{value}”），请从检索结果页重新取回执"),
        ArgumentCode.NO_SEARCH: N_("没有给出检索词：用 q= 给出，可重复"),
        ArgumentCode.TOO_MANY_SEARCHES: N_("一次至多比较 {limit} 个检索"),
    }
)
"""A sentence for each code, with placeholders for its values."""

LADDER: Mapping[RungCode, str] = Worded(
    {
        RungCode.WITHOUT_QUOTES: N_("不加引号，各词都有即可"),
        RungCode.LOOK_ALIKES: N_("引号内连同形近字、异体字"),
        RungCode.WITHOUT_FILTER: N_("去掉条件：{filters}"),
        RungCode.WITHOUT_FIELD: N_("“{words}”不限于{field}"),
        RungCode.WITHOUT_EXCLUSION: N_("不排除“{words}”"),
        RungCode.WORD_EXCHANGED: N_("把“{words}”换成“{instead}”"),
        RungCode.SAME_PINYIN: N_("同音：把“{words}”换成“{instead}”"),
        RungCode.WORD_DROPPED: N_("不要“{words}”"),
        RungCode.NEAREST_TITLE: N_("最相近的标题"),
    }
)
"""What another search does differently."""

FORMS: Mapping[Form, str] = Worded(
    {
        Form.PRINTED: N_("“{text}”"),
        Form.VARIANT: N_("“{text}”（同“{meant}”）"),
        Form.ALIKE: N_("“{text}”（形近“{meant}”）"),
    }
)
"""How a string is quoted that the query matched."""

PARTS: Mapping[PartCode, str] = Worded(
    {
        PartCode.WORD: N_("词“{text}”"),
        PartCode.BIGRAM: N_("连字“{text}”"),
        PartCode.ALIKE: N_("形近“{text}”"),
        PartCode.TOGETHER: N_("“{text}”连在一起"),
        PartCode.TOGETHER_IN_TITLE: N_("“{text}”在标题中连在一起"),
        PartCode.CHARACTERS: N_("各词的单字"),
        PartCode.WINDOW: N_("同一段文字中靠近"),
        PartCode.COVERED: N_("分开所查的词语"),
        PartCode.AS_MEANT: N_("不靠形近字"),
    }
)
"""What a part of a score was given for."""

FIELD_NAMES: Mapping[str, str] = Worded(
    {
        "title": N_("标题"),
        "heading": N_("页题"),
        "body": N_("正文"),
        "captions": N_("图注"),
        "signature": N_("署名"),
        "author": N_("作者"),
        "section": N_("栏目"),
    }
)
"""What reasons call the fields."""

SHORT_NAMES: Mapping[str, str] = Worded(
    {
        "title": N_("题"),
        "heading": N_("页题"),
        "body": N_("文"),
        "captions": N_("图"),
        "signature": N_("署"),
        "author": N_("作者"),
        "section": N_("栏目"),
    }
)
"""What fields are called beside the number of places in them."""
FACET_NAMES: Mapping[str, str] = Worded(
    {
        "yearbook": N_("年鉴"),
        "volume": N_("卷"),
        "year": N_("年份"),
        "section": N_("栏目"),
        "author": N_("撰稿人"),
    }
)
LETTERS: Mapping[str, str] = Worded({"offices": N_("单位"), "other": N_("其他")})
"""Headings of a register behind the letters."""
KINDS: Mapping[SuggestionKind, str] = Worded(
    {
        SuggestionKind.AUTHOR: N_("撰稿人"),
        SuggestionKind.SECTION: N_("栏目"),
        SuggestionKind.YEARBOOK: N_("年鉴"),
        SuggestionKind.PHRASE: N_("词语"),
        SuggestionKind.TITLE: N_("标题"),
    }
)
"""What suggestions are."""
SORT_NAMES: Mapping[str, str] = Worded(
    {
        "relevance": N_("相关度"),
        "year-asc": N_("年份从早到晚"),
        "year-desc": N_("年份从晚到早"),
        "book": N_("书中顺序"),
        "left": N_("按左文"),
        "right": N_("按右文"),
    }
)
_LENGTH = 40
"""Characters shown of a string that the query matched."""


def number(count: int) -> str:
    """Write a number with its thousands apart, by thin spaces in Chinese."""
    return f"{count:,}" if spoken() == ENGLISH else f"{count:,}".replace(",", "\u2009")


def title(printed: str) -> str:
    """Return what an entry is called."""
    return printed or gettext("（无题）")


def section(printed: str) -> str:
    """Return what a section is called."""
    return printed or gettext("（未标栏目）")


def yearbook(printed: str) -> str:
    """Return what a yearbook is called."""
    return printed or gettext("（未标年鉴）")


def year(number: int) -> str:
    """Return what a volume's year is called."""
    return str(number) if number else gettext("年份不详")


def excluding(label: str) -> str:
    """Word what the button beside a value does."""
    return gettext("除去“{name}”").format(name=label)


def year_bar(name: str, count: int, share: float, selected: bool, excluded: bool) -> str:
    """Word what a bar does when it is followed, and how many entries it stands for; `share` is 0 to 1."""
    if excluded:
        does = gettext("不再除去 {name}")
    else:
        does = gettext("不再只看 {name}") if selected else gettext("只看 {name}")
    said = ngettext("，{n} 篇，占 {share}%", "，{n} 篇，占 {share}%", count)
    return does.format(name=name) + said.format(n=number(count), share=round(share * 100))


def note(told: Note) -> str:
    """Word a note; a code that has no words stands for itself, with its values."""
    words, values = NOTES.get(told.code), dict(told.values)
    if words is None:
        return f"{told.code} {values}"
    if "name" in values:
        field = str(values["name"])
        values["name"] = FACET_NAMES.get(field) or _excluded(field.removeprefix("not.")) or field
    return words.format(**values)


def notes(told: Iterable[Note]) -> str:
    """Word several notes in a line."""
    return gettext("；").join(map(note, told))


def rung(told: Rung, label: Callable[[str, str], str]) -> str:
    """Word what another search does differently; `label` names a value of a field, as filters show it."""
    filters = (
        f"{filter_name(each)} {listed(label(each.field, value) for value in each.values)}" for each in told.filters
    )
    return LADDER[told.code].format(
        words=gettext("”“").join(told.words),
        instead=told.instead,
        field=FIELD_NAMES.get(told.field, ""),
        filters=gettext("；").join(filters),
    )


def filter_name(chosen: Filter) -> str:
    """Return what a filter is called."""
    return _excluded(chosen.field) if chosen.exclude else FACET_NAMES[chosen.field]


def notes_json(told: Iterable[Note]) -> list[dict[str, object]]:
    """Return notes as the interfaces give them: code, words and values."""
    return [{"code": each.code, "text": note(each), **dict(each.values)} for each in told]


def _excluded(field: str) -> str:
    return gettext("除去{name}").format(name=FACET_NAMES[field]) if field in FACET_NAMES else ""


def reason(why: Reason) -> str:
    """Word why an entry was found: field, strings, number of places."""
    said = ngettext("{field}含{strings} {count} 处", "{field}含{strings} {count} 处", why.count)
    strings = _quoted_all(spoken(), why.strings)
    return said.format(field=FIELD_NAMES[why.field], strings=strings, count=why.count)


@lru_cache(1024)
def _quoted_all(_: str, strings: tuple[Printed, ...]) -> str:
    """Quote strings in a line, in the language in use; the hits of a page have the same."""
    return gettext("”“")[1:-1].join(map(_quoted, strings))


def reasons(why: Iterable[Reason]) -> str:
    """Word all reasons why an entry was found."""
    return gettext("；").join(map(reason, why))


def places(why: Sequence[Reason]) -> tuple[str, str]:
    """Word in how many places an entry was matched, in all and by field."""
    names, total = SHORT_NAMES, sum([each.count for each in why])
    return _in_all(spoken(), total), " ".join([f"{names[each.field]} {each.count}" for each in why])


@lru_cache(1024)
def _in_all(_: str, total: int) -> str:
    return ngettext("{n} 处", "{n} 处", total).format(n=number(total))


def part(told: ScorePart) -> str:
    """Word what a part of a score was given for."""
    return PARTS[told.code].format(text=told.text)


def having(hit: Hit) -> str:
    """Word which of the query's words an entry that only comes near has, and which it lacks."""
    said = gettext("含：{has}；缺：{lacks}")
    return said.format(has=listed(hit.has) or gettext("（无）"), lacks=listed(hit.lacks) or gettext("（无）"))


def listed(words: Iterable[str]) -> str:
    """Join words or names in a line."""
    return gettext("、").join(words)


def reading(read: RunReading, total: int) -> str:
    """Word how a run of the query was read, and how many of the entries found have it whole."""
    words = gettext("”“").join(read.words)
    if not total:
        return gettext("按“{words}”查找").format(words=words)
    said = gettext("按“{words}”查找，其中 {whole} 篇原样含有“{run}”")
    return said.format(words=words, whole=read.whole, run=read.run)


def volume_of(number: int, covered: int = 0) -> str:
    """Word the volume of a year and, if it is known, whose year's events it records: 2002 卷（记 2001 年）."""
    if not number:
        return year(number)
    said = gettext("{year} 卷（记 {covered} 年）") if covered else gettext("{year} 卷")
    return said.format(year=number, covered=covered)


def untitled(volume: str, of: str) -> str:
    """Word the title of a volume that the manifest does not describe; `of` is its yearbook."""
    return f"{of} {volume}" if of else gettext("{volume} 年鉴").format(volume=volume)


def gone(last: str) -> str:
    """Word that an id's entry is no longer in the archive; `last` is the title it had last, if that may be said."""
    if not last:
        return gettext("这一编号的条目已不在本库")
    return gettext("这一编号的条目已不在本库；它原指《{title}》").format(title=last)


def _quoted(string: Printed) -> str:
    text = string.text if len(string.text) <= _LENGTH else f"{string.text[:_LENGTH]}…"
    return FORMS[string.form].format(text=text, meant=string.meant)
