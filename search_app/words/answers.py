"""Words the parts of an answer in Chinese: notes, reasons, scores, readings, and the names of fields and orders."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from indexer.search.query.notes import Note, NoteCode
from indexer.search.query.tree import Filter
from indexer.search.shown.results import Form, Hit, PartCode, Printed, Reason, RunReading, ScorePart
from indexer.search.shown.rungs import Rung, RungCode
from indexer.search.suggestible import SuggestionKind


class ArgumentCode(StrEnum):
    """What is wrong with an argument of an address; the codes of notes beside those of the engine."""

    NO_YEAR = "no-year"
    TOO_MANY_VALUES = "too-many-values"
    UNKNOWN_VALUE = "unknown-value"
    CHOSEN_AND_EXCLUDED = "chosen-and-excluded"
    NO_SORT = "no-sort"
    NO_NUMBER = "no-number"
    NO_FORMAT = "no-format"
    NO_SEARCH = "no-search"
    TOO_MANY_SEARCHES = "too-many-searches"


NOTES: Mapping[str, str] = {
    NoteCode.TOO_LONG: "查询超过 {limit} 字，只用了前 {limit} 字",
    NoteCode.NOTHING_ASKED: "没有可检索的词语",
    NoteCode.STRAY_PARENTHESIS: "括号不配对，已忽略多余的括号",
    NoteCode.UNCLOSED_PARENTHESIS: "括号未闭合，已在末尾补上",
    NoteCode.NESTED_TOO_DEEP: "括号超过 {limit} 层，已忽略更深的括号",
    NoteCode.NEAR_TOO_FAR: "NEAR 至多相隔 {limit} 字，已按 {limit} 字检索",
    NoteCode.NEAR_NEEDS_WORDS: "NEAR 两边须是词语，已按“并且”检索",
    NoteCode.NEAR_TOO_MANY: "NEAR 至多连接 {limit} 个词语，已按“并且”检索",
    NoteCode.ONLY_WILDCARDS: "引号内除通配符外没有文字，已忽略",
    NoteCode.WILDCARDS_AT_END: "引号内开头和末尾的 ? 和 * 不起作用",
    NoteCode.WILDCARDS: "引号内 ? 代表一字（印漏的也算），* 代表至多 {limit} 字；要找它们本身，请写成 \\? 和 \\*",
    NoteCode.ALIKE_WILDCARDS: "~ 后的引号内 ? 和 * 按原字查找",
    NoteCode.FIELD_WITHOUT_WORDS: "“{field}:”后没有词语，已忽略",
    NoteCode.FIELD_NEEDS_YEAR: "“{field}:”后须是年份，如 {field}:2001-2003，已按普通词检索",
    NoteCode.UNCLOSED_QUOTE: "引号未闭合，已按普通词检索",
    NoteCode.EMPTY_QUOTE: "引号内没有文字，已忽略",
    NoteCode.LONE_HYPHEN: "单独的“-”已忽略；要排除一个词，请把“-”紧写在它前面",
    NoteCode.ALIKE: "{entries} 篇含有的是形近字（如“深入”印作“深人”）；加引号可只查原样",
    NoteCode.ALIKE_BEHIND: "{entries} 篇含有的是形近字（如“深入”印作“深人”），排在照原字的条目之后；加引号可只查原样",
    NoteCode.QUOTES_AS_WORDS: "没有一篇同时含有引号内的全部原文；相近条目按不加引号的词语查找",
    NoteCode.PAST_END: "第 {page} 页已超出结果末页",
    NoteCode.PAST_NEAREST: "相近条目没有第 {page} 页",
    ArgumentCode.NO_YEAR: "{name}：“{value}”不是年份",
    ArgumentCode.TOO_MANY_VALUES: "{name}：至多 {limit} 个值",
    ArgumentCode.UNKNOWN_VALUE: "{name}：本库没有“{value}”",
    ArgumentCode.CHOSEN_AND_EXCLUDED: "{name}：“{value}”既选中又除去",
    ArgumentCode.NO_SORT: "{name}：“{value}”不是 {known} 之一",
    ArgumentCode.NO_NUMBER: "{name}：“{value}”不是 {least} 到 {most} 之间的整数",
    ArgumentCode.NO_FORMAT: "{name}：“{value}”不是 {known} 之一",
    ArgumentCode.NO_SEARCH: "没有给出检索词：用 q= 给出，可重复",
    ArgumentCode.TOO_MANY_SEARCHES: "一次至多比较 {limit} 个检索",
}
"""A sentence for each code, with placeholders for its values."""

LADDER: Mapping[RungCode, str] = {
    RungCode.WITHOUT_QUOTES: "不加引号，各词都有即可",
    RungCode.LOOK_ALIKES: "引号内连同形近字、异体字",
    RungCode.WITHOUT_FILTER: "去掉条件：{filters}",
    RungCode.WITHOUT_FIELD: "“{words}”不限于{field}",
    RungCode.WITHOUT_EXCLUSION: "不排除“{words}”",
    RungCode.WORD_EXCHANGED: "把“{words}”换成“{instead}”",
    RungCode.SAME_PINYIN: "同音：把“{words}”换成“{instead}”",
    RungCode.WORD_DROPPED: "不要“{words}”",
    RungCode.NEAREST_TITLE: "最相近的标题",
}
"""What another search does differently."""

LADDER_TITLE = "可以改为"
LADDER_ALL = "（浏览）"
"""What a search without words is called."""

FORMS: Mapping[Form, str] = {
    Form.PRINTED: "“{text}”",
    Form.VARIANT: "“{text}”（同“{meant}”）",
    Form.ALIKE: "“{text}”（形近“{meant}”）",
}
"""How a string is quoted that the query matched."""

PARTS: Mapping[PartCode, str] = {
    PartCode.WORD: "词“{text}”",
    PartCode.BIGRAM: "连字“{text}”",
    PartCode.ALIKE: "形近“{text}”",
    PartCode.TOGETHER: "“{text}”连在一起",
    PartCode.TOGETHER_IN_TITLE: "“{text}”在标题中连在一起",
    PartCode.CHARACTERS: "各词的单字",
    PartCode.WINDOW: "同一段文字中靠近",
    PartCode.COVERED: "分开所查的词语",
    PartCode.AS_MEANT: "不靠形近字",
}
"""What a part of a score was given for."""

FIELD_NAMES: Mapping[str, str] = {
    "title": "标题",
    "heading": "页题",
    "body": "正文",
    "captions": "图注",
    "signature": "署名",
    "author": "作者",
    "section": "栏目",
}
"""What reasons call the fields."""

FACET_NAMES: Mapping[str, str] = {
    "yearbook": "年鉴",
    "volume": "卷",
    "year": "年份",
    "section": "栏目",
    "author": "撰稿人",
}
LETTERS: Mapping[str, str] = {"offices": "单位", "other": "其他"}
"""Headings of a register behind the letters."""
KINDS: Mapping[SuggestionKind, str] = {
    SuggestionKind.AUTHOR: "撰稿人",
    SuggestionKind.SECTION: "栏目",
    SuggestionKind.YEARBOOK: "年鉴",
    SuggestionKind.PHRASE: "词语",
    SuggestionKind.TITLE: "标题",
}
"""What suggestions are."""
SORT_NAMES: Mapping[str, str] = {
    "relevance": "相关度",
    "year-asc": "年份从早到晚",
    "year-desc": "年份从晚到早",
    "book": "书中顺序",
}
GONE = "这一编号的条目已不在本库"
NEAREST = "相近条目"
NEAREST_WHY = "不含所查的全部词语，按相近程度排列"
NO_TITLE = "（无题）"
NO_SECTION = "（未标栏目）"
NO_YEAR = "年份不详"
NO_YEARBOOK = "（未标年鉴）"
_LENGTH = 40
"""Characters shown of a string that the query matched."""


def note(told: Note) -> str:
    """Word a note; a code that has no words stands for itself, with its values."""
    words, values = NOTES.get(told.code), dict(told.values)
    if words is None:
        return f"{told.code} {values}"
    if "name" in values:
        field = str(values["name"])
        values["name"] = FACET_NAMES.get(field) or _excluded(field.removeprefix("not.")) or field
    return words.format(**values)


def rung(told: Rung, label: Callable[[str, str], str]) -> str:
    """Word what another search does differently; `label` names a value of a field, as filters show it."""
    filters = (
        f"{filter_name(each)} {'、'.join(label(each.field, value) for value in each.values)}" for each in told.filters
    )
    return LADDER[told.code].format(
        words="”“".join(told.words),
        instead=told.instead,
        field=FIELD_NAMES.get(told.field, ""),
        filters="；".join(filters),
    )


def filter_name(chosen: Filter) -> str:
    """Return what a filter is called."""
    return f"除去{FACET_NAMES[chosen.field]}" if chosen.exclude else FACET_NAMES[chosen.field]


def notes_json(told: Iterable[Note]) -> list[dict[str, object]]:
    """Return notes as the interfaces give them: code, words and values."""
    return [{"code": each.code, "text": note(each), **dict(each.values)} for each in told]


def _excluded(field: str) -> str:
    return f"除去{FACET_NAMES[field]}" if field in FACET_NAMES else ""


def reason(why: Reason) -> str:
    """Word why an entry was found: field, strings, number of places."""
    return f"{FIELD_NAMES[why.field]}含{''.join(map(_quoted, why.strings))} {why.count} 处"


def reasons(why: Iterable[Reason]) -> str:
    """Word all reasons why an entry was found."""
    return "；".join(map(reason, why))


def part(told: ScorePart) -> str:
    """Word what a part of a score was given for."""
    return PARTS[told.code].format(text=told.text)


def having(hit: Hit) -> str:
    """Word which of the query's words an entry that only comes near has, and which it lacks."""
    return "；".join(f"{what}：{'、'.join(words) or '（无）'}" for what, words in (("含", hit.has), ("缺", hit.lacks)))


def reading(read: RunReading, total: int) -> str:
    """Word how a run of the query was read, and how many of the entries found have it whole."""
    whole = f"，其中 {read.whole} 篇原样含有“{read.run}”" if total else ""
    return f"按“{'”“'.join(read.words)}”查找{whole}"


def volume_of(year: int, covered: int = 0) -> str:
    """Word the volume of a year and, if it is known, whose year's events it records: 2002 卷（记 2001 年）."""
    if not year:
        return NO_YEAR
    return f"{year} 卷（记 {covered} 年）" if covered else f"{year} 卷"


def untitled(volume: str, yearbook: str) -> str:
    """Word the title of a volume that the manifest does not describe."""
    return f"{yearbook} {volume}" if yearbook else f"{volume} 年鉴"


def gone(title: str) -> str:
    """Word that an id's entry is no longer in the archive; `title` is what it meant last, if that may be said."""
    return f"{GONE}；它原指《{title}》" if title else GONE


def _quoted(string: Printed) -> str:
    text = string.text if len(string.text) <= _LENGTH else f"{string.text[:_LENGTH]}…"
    return FORMS[string.form].format(text=text, meant=string.meant)
