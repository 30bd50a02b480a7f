"""Tells who signed an entry from the parenthesis that closes it; knows no pages.

A name may hold any character (王见, 陈年), so a token is judged as a whole, never by one character.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.text.fold import fold_width

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]"
_NAME = re.compile(rf"{_HAN}{{2,4}}")
_MINORITY_NAME = re.compile(rf"{_HAN}{{1,6}}[·・•]{_HAN}{{1,6}}")
_ROLES = r"(?:特约)?(?:供稿|撰稿|组稿|来稿|执笔|编写|整理|摄影|供图|摄制|摄|文|图|通讯员|记者)人?"
_ROLE = re.compile(_ROLES)
_ROLE_LABEL = re.compile(rf"{_ROLES}\s*:\s*")
_ROLE_AFTER_SLASH = re.compile(rf"/\s*{_ROLES}(?=\s|[、,;]|$)")
_ROLE_SUFFIX = re.compile(r"(?:供稿|撰稿|组稿|来稿|执笔|编写|整理|摄影|供图|摄)$")
_PHOTO_ROLE = re.compile(r"(?:摄影|供图|摄制|摄)")
_ORGANISATION_END = (
    r"(?:工会|公司|集团|总局|分局|学院|大学|医院|协会|学会|学校|中学|小学|委员会|联合会|基金会|中心|党委|团委|"
    r"党校|办公室|研究室|编辑部|编辑室|报社|工厂|电厂|船厂|码头|银行|支队|总队|管理处|"
    r"(?<=..)[部处室局厂办院所站科馆社委])"
)
_ORGANISATION = re.compile(rf"[\w()·]{{1,28}}?{_ORGANISATION_END}")
_JOINED = re.compile(rf"(?P<organisation>[\w()·]{{2,28}}?{_ORGANISATION_END})(?P<name>{_HAN}{{2,3}})")
_NOT_ORGANISATION = re.compile(r"[见详按据含除自从经由]|\d")
_OPEN, _CLOSE = "(（", ")）"
_LAST = re.compile(r"[(（](?P<inner>(?:[^()（）]|[(（][^()（）]*[)）])*)(?P<close>[)）]?)(?P<after>\s*[。.]?\s*)")
_INNER = re.compile(r"(?<=[。！？!?])\s*[(（](?P<inner>[^()（）]{2,30})[)）]")
_MAX_SIGNATURE = 60
_SEPARATORS = re.compile(r"[、,;/|]+")


@dataclass(frozen=True, slots=True)
class Signature:
    """A closing signature found in a line."""

    start: int
    """Offset of the opening parenthesis in the line."""
    end: int
    """Offset after the closing parenthesis."""
    authors: tuple[str, ...]
    photo: bool
    """The signature says 摄: it credits a photograph."""


def closing_signature(text: str) -> Signature | None:
    """Find the signature that closes `text`: its last parenthesis, with only 。 or white space after it.

    A parenthesis that directly follows running text, with neither a sentence's end nor a space between, must
    hold a known surname.
    """
    found = _last_parenthesis(text)
    if found is None:
        return None
    authors = signature_authors(found["inner"])
    if not authors:
        return None
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    running_on = bool(before) and before not in "。!?！？;；:：”》)）’\"'】]］…" and not before.isspace()
    if (running_on or not found["close"]) and not all(map(_surname_length, authors)):
        return None
    end = found.start("after") if found["close"] else found.end("inner")
    return Signature(found.start(), end, authors, bool(_PHOTO_ROLE.search(found["inner"])))


def inner_signature(text: str) -> str:
    """Give the first signature that stands inside `text`, after a full stop and before more text; else nothing."""
    for found in _INNER.finditer(text):
        authors = signature_authors(found["inner"])
        if authors and all(map(_surname_length, authors)) and text[found.end() :].strip(" \u3000。"):
            return found.group()
    return ""


def signature_authors(inner: str) -> tuple[str, ...]:
    """Give the authors that the inside of a parenthesis names; nothing when it is no signature.

    An organisation alone stands as the author; organisation and names give the names.
    """
    text = _ROLE_LABEL.sub(" ", fold_width(inner))
    text = _ROLE_AFTER_SLASH.sub(" ", text).strip()
    if not text or len(text) > _MAX_SIGNATURE:
        return ()
    names: list[str] = []
    organisations: list[str] = []
    for part in _SEPARATORS.split(text):
        for token in map(_without_role, _tokens(part)):
            if _ROLE.fullmatch(token):
                continue
            if _is_name(token):
                names.append(token)
            elif joined := _joined(token):
                organisations.append(joined[0])
                names.append(joined[1])
            elif _is_organisation(token):
                organisations.append(token)
            else:
                return ()
    return tuple(dict.fromkeys(names or organisations))


def _last_parenthesis(text: str) -> re.Match[str] | None:
    for at in range(len(text) - 1, -1, -1):
        if text[at] in _OPEN:
            found = _LAST.fullmatch(text, at)
            if found:
                return found
        if len(text) - at > _MAX_SIGNATURE + 8:
            return None
    return None


def _tokens(part: str) -> list[str]:
    """Split at white space, one-character tokens joined to names: `王 刚` and `朱 明 远` are one name each."""
    tokens: list[str] = []
    singles: list[str] = []
    for word in part.split():
        if len(word) == 1 and not (_ROLE.fullmatch(word) and (singles[1:] or (tokens and not singles))):
            singles.append(word)
        elif len(singles) % 2 and len(singles) != 3 and len(word) <= 2:
            tokens += [*_pair(singles[:-1]), singles[-1] + word]
            singles = []
        else:
            tokens += [*_pair(singles), word]
            singles = []
    return [*tokens, *_pair(singles)]


def _pair(singles: list[str]) -> list[str]:
    """Join a run of single characters: two or three are one name, four are two, more split at surnames."""
    if not singles:
        return []
    if len(singles) <= 3:
        return ["".join(singles)]
    for length in (2, 3):
        rest = singles[length:]
        head = "".join(singles[:length])
        if len(rest) != 1 and _surname_length(head) and (not rest or _surname_length("".join(rest[:3]))):
            return [head, *_pair(rest)]
    return ["".join(singles[:2]), *_pair(singles[2:])]


def _is_name(token: str) -> bool:
    if _MINORITY_NAME.fullmatch(token):
        return True
    if not _NAME.fullmatch(token) or token in _word_list("nonnames.txt"):
        return False
    surname = _surname_length(token)
    if _ORGANISATION.fullmatch(token) and not (len(token) < 4 and surname and token[-1] == "科"):
        return False
    return len(token) < 4 or surname == 2 or _two_surnames(token)


def _without_role(token: str) -> str:
    """Cut a role word printed on to a name or an organisation: `邮政工会供稿`, `李琪摄`."""
    bare = _ROLE_SUFFIX.sub("", token)
    return bare if len(bare) > 1 and _surname_length(bare) else token


def _two_surnames(token: str) -> bool:
    """Say whether a four-character token opens with the surnames of both spouses (陈方安生)."""
    return all(char in _word_list("surnames.txt") for char in token[:2])


def _surname_length(name: str) -> int:
    surnames = _word_list("surnames.txt")
    if name[:2] in surnames and len(name) > 2:
        return 2
    return 1 if name[:1] in surnames or "·" in name or _is_organisation(name) else 0


def _is_organisation(token: str) -> bool:
    if token in _word_list("nonnames.txt") or _NOT_ORGANISATION.search(token):
        return False
    return bool(_ORGANISATION.fullmatch(token))


def _joined(token: str) -> tuple[str, str] | None:
    """Split `市总组织部杨建华` into organisation and name."""
    for length in (3, 2):
        head, name = token[:-length], token[-length:]
        if len(head) > 2 and _is_organisation(head) and _is_name(name) and _surname_length(name):
            return head, name
    return None


@cache
def _word_list(name: str) -> frozenset[str]:
    """Read a data file: words separated by white space; in the surname list single characters stand together."""
    lines = files("indexer.parse").joinpath(name).read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    if name == "surnames.txt":
        return frozenset(part for word in words for part in ([word] if len(word) == 2 else word))
    return frozenset(words)
