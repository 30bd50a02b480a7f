"""Parses what a user typed into a query tree; it never fails, but notes what it could not understand.

query   = any
any     = all { ("OR" | "|" | "或") all }
all     = near { near }                        white space means and
near    = unary { "NEAR/n" unary }
unary   = [ "-" | "NOT" | "非" ] item
item    = [ "~" ] quoted | "(" any ")" | field ":" item | run
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from indexer.search.fields import FIELDS, YEAR
from indexer.search.query.notes import Note, NoteCode, note
from indexer.search.query.proximity import MAX_STRINGS
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, Pattern, YearRange, joined
from indexer.search.query.wildcards import ANY, has_wildcards, plain, split
from indexer.text.fold import fold, fold_width
from indexer.text.variants import simplified, with_arabic_years

MAX_LENGTH = 200
MAX_NESTING = 10
MAX_DISTANCE = 100

_FIELDS: Mapping[str, str] = MappingProxyType({name: field for field, names in FIELDS.items() for name in names})
_QUOTES: Mapping[str, str] = MappingProxyType({'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂", "„": "”"})
_CLOSING = frozenset("”」』")
_FIELD = re.compile(rf"({'|'.join(sorted(_FIELDS, key=len, reverse=True))})\s*[:：]\s*", re.IGNORECASE)
_NEAR = re.compile(r"NEAR(?:/(\d{1,9}))?")
_DEFAULT_DISTANCE = 10
_YEARS = re.compile(rf"(?P<first>{YEAR})年?(?P<to>\s*[-–—~至]\s*(?P<last>{YEAR})?年?)?|[-–—~至]\s*(?P<until>{YEAR})年?")
_YEAR_RUN = re.compile(r"[^\s()（）|｜\"“”「」『』]+")
_RUN_END = frozenset('()（）|｜"“”「」『』＂„')


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """`open`, `close`, `or`, `not`, `near`, `field`, `quoted`, `alike` or `run`."""
    text: str


def parse(text: str) -> tuple[Node | None, tuple[Note, ...]]:
    """Parse what a user typed into a query tree (None if it asks for nothing) and notes to show the reader."""
    # Cut here, so that the cache holds no long strings; one character too many tells `_parse` that the text was cut.
    return _parse(text.strip()[: MAX_LENGTH + 1])


@lru_cache(1024)
def _parse(cleaned: str) -> tuple[Node | None, tuple[Note, ...]]:
    notes: list[Note] = []
    cut = len(cleaned) > MAX_LENGTH
    if cut:
        cleaned = cleaned[:MAX_LENGTH]
        notes.append(note(NoteCode.TOO_LONG, limit=MAX_LENGTH))
    reader = _Reader(_tokens(cleaned, notes, cut=cut), notes)
    node = reader.any(0)
    while not reader.done:
        reader.skip_stray()
        node = joined(All, [node, reader.any(0)])
    if node is None and cleaned:
        notes.append(note(NoteCode.NOTHING_ASKED))
    return node, tuple(dict.fromkeys(notes))


class _Reader:
    """Reads tokens from left to right; each method reads one rule of the grammar."""

    def __init__(self, tokens: list[_Token], notes: list[Note]) -> None:
        self._tokens = tokens
        self._notes = notes
        self._at = 0

    @property
    def done(self) -> bool:
        return self._at >= len(self._tokens)

    def skip_stray(self) -> None:
        """Skip a closing parenthesis that nothing opened."""
        self._notes.append(note(NoteCode.STRAY_PARENTHESIS))
        self._at += 1

    def any(self, depth: int) -> Node | None:
        parts = [self._all(depth)]
        while self._take("or"):
            parts.append(self._all(depth))
        return joined(Any, parts)

    def _all(self, depth: int) -> Node | None:
        parts: list[Node | None] = []
        while not self.done and self._peek() not in ("close", "or"):
            before = self._at
            parts.append(self._near(depth))
            if self._at == before:
                self._at += 1
        return joined(All, parts)

    def _near(self, depth: int) -> Node | None:
        node = self._unary(depth)
        parts = [node]
        distance = 0
        while token := self._take("near"):
            distance = max(distance, min(int(token.text), MAX_DISTANCE))
            if int(token.text) > MAX_DISTANCE:
                self._notes.append(note(NoteCode.NEAR_TOO_FAR, limit=MAX_DISTANCE))
            parts.append(self._unary(depth))
        if len(parts) == 1:
            return node
        strings = tuple(part for part in parts if isinstance(part, Match | Exact))
        if len(strings) != len(parts):
            self._notes.append(note(NoteCode.NEAR_NEEDS_WORDS))
            return joined(All, parts)
        if len(strings) > MAX_STRINGS:
            self._notes.append(note(NoteCode.NEAR_TOO_MANY, limit=MAX_STRINGS))
            return joined(All, parts)
        return Near(strings, distance)

    def _unary(self, depth: int) -> Node | None:
        negative = False
        while self._take("not"):
            negative = not negative
        node = self._item(depth)
        return Not(node) if node and negative else node

    def _item(self, depth: int) -> Node | None:
        if self._take("open"):
            if depth >= MAX_NESTING:
                self._notes.append(note(NoteCode.NESTED_TOO_DEEP, limit=MAX_NESTING))
                return None
            node = self.any(depth + 1)
            if not self._take("close"):
                self._notes.append(note(NoteCode.UNCLOSED_PARENTHESIS))
            return node
        if token := self._take("field"):
            return self._field(token.text, depth)
        if token := self._take("quoted"):
            return self._string(token.text)
        if token := self._take("alike"):
            if has_wildcards(token.text):
                self._notes.append(note(NoteCode.ALIKE_WILDCARDS))
            return Exact(plain(token.text), alike=True)
        if token := self._take("run"):
            return Match(token.text)
        return None

    def _string(self, text: str) -> Node | None:
        """Read a quoted string, in which `?` stands for one character and `*` for several.

        Full-width `？` and `＊` stand for themselves.
        """
        if not has_wildcards(text):
            return Exact(plain(text))
        strings, gaps, at_end = split("".join(filter(fold, text)))
        folded = tuple(map(fold, strings))
        if not folded:
            self._notes.append(note(NoteCode.ONLY_WILDCARDS))
            return None
        if at_end:
            self._notes.append(note(NoteCode.WILDCARDS_AT_END))
        if len(folded) == 1:
            return Exact(folded[0])
        self._notes.append(note(NoteCode.WILDCARDS, limit=ANY))
        return Pattern(folded, gaps)

    def _field(self, name: str, depth: int) -> Node | None:
        field = _field_named(name)
        node = self._unary(depth)
        if node is None:
            self._notes.append(note(NoteCode.FIELD_WITHOUT_WORDS, field=name))
            return None
        if field == "year":
            years = _as_years(node)
            if years is None:
                self._notes.append(note(NoteCode.FIELD_NEEDS_YEAR, field=name))
            return years or node
        return Not(Field(field, node.part)) if isinstance(node, Not) else Field(field, node)

    def _peek(self) -> str:
        return self._tokens[self._at].kind

    def _take(self, kind: str) -> _Token | None:
        if self.done or self._peek() != kind:
            return None
        self._at += 1
        return self._tokens[self._at - 1]


def _tokens(text: str, notes: list[Note], *, cut: bool) -> list[_Token]:
    tokens: list[_Token] = []
    simple = simplified(text)
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace():
            at += 1
        elif char in _QUOTES or char in _CLOSING:
            at = _quoted(text, at, tokens, notes, "quoted", cut=cut)
        elif char in "~～" and text[at + 1 : at + 2] in _QUOTES:
            at = _quoted(text, at + 1, tokens, notes, "alike", cut=cut)
        elif char in "(（":
            tokens.append(_Token("open", char))
            at += 1
        elif char in ")）":
            tokens.append(_Token("close", char))
            at += 1
        elif char in "|｜":
            tokens.append(_Token("or", char))
            at += 1
        elif char in "-－" and at + 1 < len(text) and not text[at + 1].isspace():
            tokens.append(_Token("not", char))
            at += 1
        elif field := _FIELD.match(simple, at):
            name = text[at : field.end(1)]
            tokens.append(_Token("field", name))
            at = field.end()
            if _field_named(name) == "year" and (years := _YEAR_RUN.match(text, at)):
                tokens.append(_Token("run", years.group()))  # a leading hyphen is part of it: 年份:-2003
                at = years.end()
        else:
            at = _run(text, at, tokens, notes)
    return tokens


def _field_named(name: str) -> str:
    return _FIELDS[simplified(name).lower()]


def _quoted(text: str, at: int, tokens: list[_Token], notes: list[Note], kind: str, *, cut: bool) -> int:
    """Read a quoted string and return the place after it.

    An unclosed quote is ignored, unless the length limit cut off its end.
    """
    end = text.find(_QUOTES[text[at]], at + 1) if text[at] in _QUOTES else -1
    if end < 0 and cut and text[at] in _QUOTES:
        end = len(text)
    if end < 0:
        notes.append(note(NoteCode.UNCLOSED_QUOTE))
        return at + 1
    if fold(text[at + 1 : end]):
        tokens.append(_Token(kind, text[at + 1 : end]))
    else:
        notes.append(note(NoteCode.EMPTY_QUOTE))
    return end + 1


def _run(text: str, at: int, tokens: list[_Token], notes: list[Note]) -> int:
    end = at
    while end < len(text) and not text[end].isspace() and text[end] not in _RUN_END:
        end += 1
    word = text[at:end]
    operator = fold_width(word).upper()
    if operator in ("OR", "或"):
        tokens.append(_Token("or", word))
    elif operator in ("NOT", "非"):
        tokens.append(_Token("not", word))
    elif near := _NEAR.fullmatch(operator):
        tokens.append(_Token("near", near[1] or str(_DEFAULT_DISTANCE)))
    elif operator in ("-", "--"):
        notes.append(note(NoteCode.LONE_HYPHEN))
    elif operator not in ("AND", "&&", "&") and fold(word):
        tokens.append(_Token("run", word))
    return end


def _as_years(node: Node) -> Node | None:
    """Read the words of a year field as years and ranges; return None if one of them is not a year."""
    match node:
        case Match(text) | Exact(text):
            found = _YEARS.fullmatch(with_arabic_years(fold_width(text).strip() + "年").removesuffix("年"))
            if found is None:
                return None
            if found["until"]:
                return YearRange(0, int(found["until"]))
            first = int(found["first"])
            last = int(found["last"]) if found["last"] else 9999 if found["to"] else first
            return YearRange(min(first, last), max(first, last))
        case All(parts) | Any(parts):
            years = [_as_years(part) for part in parts]
            return None if None in years else type(node)(tuple(each for each in years if each))
        case Not(part):
            inner = _as_years(part)
            return Not(inner) if inner else None
        case _:
            return None
