"""Tells names of people and organisations from other words in a closing parenthesis.

A name may hold any character (王见, 陈年), so a token is judged as a whole, never by a single character.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from indexer.parse.page.decoding.gb import common_characters
from indexer.text.fold import fold_width

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]"
_NAME = re.compile(rf"{_HAN}{{2,4}}")
_MINORITY_NAME = re.compile(rf"{_HAN}{{1,6}}[·・•]{_HAN}{{1,6}}")
_ROLES = r"(?:特约)?(?:作者|供稿单位|撰稿单位|供稿|撰稿|撰文|组稿|来稿|执笔|编写|整理|摄影|供图|摄制|摄|文字|图片|文|图|通讯员|记者)[人者]?"
_ROLE = re.compile(_ROLES)
_EDITING = r"(?:责任编辑|责任?编审?|特约编辑|编辑|编审|审稿|审核|审定|审校|审阅|校对|复核|核稿|统稿|(?:副|总|执行)?主编|总纂)[人者]?"
_EDITOR = re.compile(_EDITING)
_EDITOR_LABEL = re.compile(rf"({_EDITING})\s*:\s*")
_EDITOR_APART = re.compile(
    rf"({_EDITING})(?=\s*{_HAN}{{2,4}}(?:[\s、,;/|]|$))|(?<=[\s、,;/|])({_EDITING})(?=[\s、,;/|]|$)"
)
_ROLE_LABEL = re.compile(rf"{_ROLES}\s*:\s*")
_ROLE_AFTER_SLASH = re.compile(rf"/\s*{_ROLES}(?=\s|[、,;]|$)")
_ROLE_SUFFIX = re.compile(r"(?:记者|通讯员|供稿|撰稿|组稿|来稿|执笔|编写|整理|摄影|供图|摄)$")
_ORGANISATION_END = (
    r"(?:工会|公司|集团|总局|分局|学院|大学|医院|协会|学会|学校|中学|小学|委员会|联合会|基金会|中心|党委|团委|"
    r"党校|办公室|研究室|编辑部|编辑室|报社|工厂|电厂|船厂|码头|银行|支队|总队|管理处|技协|退管会|文化宫|俱乐部|"
    r"(?<=..)[部处室局厂办院所站科馆社委宫报])"
)
_ORGANISATION = re.compile(rf"[\w()·]{{1,28}}?{_ORGANISATION_END}|本[刊报]")
_NOT_ORGANISATION = re.compile(
    r"详|^(?:[另参]?见|按|根据|依据|据|包括|不?含|除|其中|摘自|转自|引自|载|刊于|由|原|即|现|前|下属|所属)|^\d|\d$"
)
_NOT_NAME = re.compile(
    r"第.*|.*[一二三四五六七八九十两几][级等名次届期批个户家].*|.*等奖|[左右前后上下中][一二三四五排起]"
)
_OF_YEARS = re.compile(r"年[终末底初中度内均间级代轻老产薪限龄鉴会检审]")
"""Words for parts of a year; in a closing parenthesis they are more frequent than people with the surname 年."""
_PADDED = re.compile(rf"{_HAN}\s+{_HAN}")
"""A name of two characters spaced to the width of three; ordinary words are not spaced like that."""
_SEPARATORS = re.compile(r"[、,;/|]+")
_AND = re.compile(r"(?<=..)和(?=..)")
MAX_SIGNATURE = 60


def signature_authors(inner: str) -> tuple[str, ...] | None:
    """Return the authors that the text inside a parenthesis names; None if it is not a signature.

    An organisation alone counts as the author; if people are named beside it, they do.  Whoever only reviewed or edited
    is not an author, so a signature may have none.
    """
    text = _ROLE_LABEL.sub(" ; 撰稿 ", _EDITOR_LABEL.sub(r" ; \1 ", fold_width(inner)))
    text = _ROLE_AFTER_SLASH.sub(" ", text).strip(" ;")
    if not text or len(text) > MAX_SIGNATURE:
        return None
    found = [_Named("")]
    for part in _SEPARATORS.split(_EDITOR_APART.sub(r" \1\2 ", text)):
        if _PADDED.fullmatch(part.strip()) and surname_length(name := "".join(part.split())) and not _ROLE.search(part):
            found[-1].names.append(name)
            continue
        for token in name_tokens(part):
            if not _take(token, found):
                return None
    groups = _without_editors(found)
    names = [name for group in groups for name in group.names]
    uncertain = sum(group.uncertain for group in found)
    if not any(group.names or group.organisations for group in found):
        return None
    # A word without a known surname counts as a name only beside certain names: (万俟雪 年华).
    if uncertain * 2 > sum(len(group.names) for group in found):
        return None
    return tuple(dict.fromkeys(names or [name for group in groups for name in group.organisations]))


@dataclass(slots=True)
class _Named:
    """The people and organisations named after a role word, or before the first."""

    role: str
    names: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    uncertain: int = 0


def _take(token: str, found: list[_Named]) -> bool:
    """Add a token to what was found; return False if it cannot stand in a signature."""
    if _EDITOR.fullmatch(token) or _ROLE.fullmatch(token):
        found.append(_Named(token))
    elif is_name(token):
        found[-1].names.append(token)
    elif is_organisation(token):
        found[-1].organisations.append(token)
    elif joined := _joined(token):
        found[-1].organisations.append(joined[0])
        found[-1].names.append(joined[1])
    elif _may_be_name(token):
        found[-1].names.append(token)
        found[-1].uncertain += 1
    else:
        return False
    return True


def _without_editors(found: list[_Named]) -> list[_Named]:
    """Leave out those who edited: the names after an editor's word or, if there are none, before it."""
    kept: list[_Named] = []
    for group in found:
        is_editor = bool(_EDITOR.fullmatch(group.role))
        if is_editor and not group.names and not group.organisations and kept:
            kept.pop()
        elif not is_editor:
            kept.append(group)
    return kept


def is_name(token: str) -> bool:
    """Return whether a token is a person's name: a known surname, or a first character too rare for a common word."""
    if _MINORITY_NAME.fullmatch(token):
        return True
    if not _NAME.fullmatch(token) or token in word_list("nonnames.txt") or _NOT_NAME.fullmatch(token):
        return False
    surname = surname_length(token)
    if not surname and token[0] in common_characters():
        return False
    if _ORGANISATION.fullmatch(token) and not (len(token) < 4 and surname and token[-1] in "科宫"):
        return False
    return len(token) < 4 or surname == 2 or _two_surnames(token)


def _may_be_name(token: str) -> bool:
    return bool(_NAME.fullmatch(token)) and len(token) < 4 and token not in word_list("nonnames.txt")


def is_organisation(token: str) -> bool:
    """Return whether a token is the name of an organisation or a department."""
    if token in word_list("nonnames.txt") or _NOT_ORGANISATION.search(token):
        return False
    return bool(_ORGANISATION.fullmatch(token))


def surname_length(name: str) -> int:
    """Return the length of a name's known surname in characters; 0 if it is not known."""
    if name[:1] == "年":
        return int(len(name) == 3 and not _OF_YEARS.match(name))
    surnames = word_list("surnames.txt")
    if name[:2] in surnames and len(name) > 2:
        return 2
    return 1 if name[:1] in surnames or "·" in name else 0


@cache
def word_list(name: str) -> dict[str, int]:
    """Return the words of a data file, with each one's position in it.

    In the list of surnames, those of one character are written without spaces between them.
    """
    lines = files("indexer.parse.entries").joinpath(name).read_text("utf-8").split("\n")
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    if name == "surnames.txt":
        words = [part for word in words for part in ([word] if len(word) == 2 else word)]
    return {word: place for place, word in reversed(list(enumerate(words)))}


def name_tokens(part: str) -> list[str]:
    """Split at white space, joining single characters to names: `王 刚` and `朱 明 远` are one name each."""
    words = [word for word in part.split() if word not in ("和", "等")]
    tokens: list[str] = []
    singles: list[str] = []
    for at, word in enumerate(words):
        if len(word) == 1 and not _single_role(word, at, words, tokens, singles):
            singles.append(word)
        elif len(singles) % 2 and len(singles) != 3 and len(word) <= 2:
            tokens += [*_pair(singles[:-1]), singles[-1] + word]
            singles = []
        else:
            tokens += [*_pair(singles), word]
            singles = []
    if len(singles) == 1 and tokens and len(tokens[-1]) == 2 and tokens[-1] in word_list("surnames.txt"):
        tokens[-1] += singles.pop()
    return [name for token in (*tokens, *_pair(singles)) for name in _AND.split(_bare(token))]


def _single_role(word: str, at: int, words: list[str], tokens: list[str], singles: list[str]) -> bool:
    """Return whether a lone 文, 图 or 摄 is a role word rather than part of a name: it stands first or last."""
    if not _ROLE.fullmatch(word):
        return False
    if word in "文图" and len(singles) == 2 and at == len(words) - 1:
        return False  # 康 乃 文 is one name
    first = at == 0 and len(words) > 1 and len(words[1]) > 1
    return first or bool(singles[1:]) or bool(tokens and not singles)


def _bare(token: str) -> str:
    """Cut off a role word or 等 printed directly after a name: `邮政工会供稿`, `李琪摄`, `王刚等`."""
    bare = _ROLE_SUFFIX.sub("", token)
    if len(bare) > 2 and bare.endswith("等") and surname_length(bare):
        bare = bare[:-1]
    return bare if len(bare) > 1 and (surname_length(bare) or is_organisation(bare)) else token


def _pair(singles: list[str]) -> list[str]:
    """Join single characters to names: two or three are one name, four are two, more are split at likely surnames."""
    if not singles:
        return []
    if len(singles) <= 3:
        return ["".join(singles)]
    if len(singles) == 4:
        return ["".join(singles[:2]), "".join(singles[2:])]
    ranks = word_list("surnames.txt")
    choices = [length for length in (2, 3) if len(singles) - length > 1]
    length = min(choices, key=lambda each: ranks.get(singles[each], len(ranks)))
    return ["".join(singles[:length]), *_pair(singles[length:])]


def _two_surnames(token: str) -> bool:
    """Return whether a four-character token opens with the surnames of both spouses (陈方安生)."""
    return all(char in word_list("surnames.txt") for char in token[:2])


def _joined(token: str) -> tuple[str, str] | None:
    """Split a token like `市总组织部杨建华` into organisation and name; return None if it cannot be split."""
    for length in (3, 2):
        head, name = token[:-length], token[-length:]
        if len(head) > 2 and is_organisation(head) and is_name(name) and surname_length(name):
            return head, name
    return None
