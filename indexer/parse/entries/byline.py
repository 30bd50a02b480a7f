"""Finds lines that say who wrote: 作者：X, a bare name, and the by-line block under a speech's heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.parse.brackets import starts_title
from indexer.parse.entries.names import is_name, is_organisation, name_tokens, signature_authors, surname_length
from indexer.parse.layouts import Layout
from indexer.text.fold import fold_width

_LABEL = re.compile(
    r"[(\[]?\s*(?P<label>(?:本文|特约)?(?:作\s*者|撰\s*稿\s*人?|撰\s*文|执\s*笔\s*人?|供\s*稿\s*(?:单位|人)?|撰稿单位|来\s*稿\s*(?:单位|人)?|通讯员))"
    r"\s*:\s*(?P<who>[^:。;]{1,40}?(?:\s+(?:供\s*稿|撰\s*稿|审\s*稿|责\s*编|审\s*核|校\s*对)\s*(?:单位|人)?\s*:\s*[^:。;]{1,30}?)*)\s*[)\]]?\s*"
)
_UNIT = re.compile(r"[\w·()]{2,28}")
_PERSON = re.compile(r"\w{2,4}|\w{1,6}[·・•]\w{1,6}")
_OFFICE = re.compile(
    r"主席|书记|主任|部长|局长|秘书长|市长|区长|县长|委员|常委|院长|校长|会长|理事长|厂长|经理|所长|处长|科长|社长|"
    r"主编|总编|研究员|教授|巡视员|调研员|组长|队长|顾问"
)
_MAX_BYLINE = 40
_MAX_BLOCK = 5
"""Most lines in a by-line block: sub-title, office, name, date."""
_SUBTITLE = ("——", "--", "—")


@dataclass(frozen=True, slots=True)
class Block:
    """The opening lines of a text that say who spoke, in which office, and when."""

    length: int = 0
    speakers: tuple[str, ...] = ()


def labelled_authors(text: str) -> tuple[str, ...] | None:
    """Return the authors that a whole line names after a label (作者：X, 供稿单位：X); None for any other line."""
    if len(text) > 2 * _MAX_BYLINE:
        return None
    folded = fold_width(text).strip()
    found = _LABEL.fullmatch(folded)
    if not found:
        return None
    label = "".join(found["label"].split())
    if authors := signature_authors(f"{label}:{found['who']}"):
        return authors
    # After a label even a name is accepted that nothing else would identify as one.
    who = "".join(found["who"].split())
    fits = _UNIT if "单位" in label else _PERSON
    return (who,) if fits.fullmatch(who) else None


def bare_authors(text: str) -> tuple[str, ...]:
    """Return the people named by a line that holds nothing but names; empty for any other line."""
    if len(text) > _MAX_BYLINE // 2:
        return ()
    folded = fold_width(text).strip()
    names = [name for part in re.split(r"[、,;/]+", folded) for name in name_tokens(part)]
    whole = len(names) > 0 and all(is_name(name) and surname_length(name) for name in names)
    return tuple(names) if whole else ()


def office_and_names(text: str) -> tuple[str, ...]:
    """Return the people that a line names after their office or organisation; empty for any other line.

    Such a line is 市总工会主席　陆建明.
    """
    if len(text) > _MAX_BYLINE:
        return ()
    tokens = [token for part in re.split(r"[、,;/]+", fold_width(text).strip()) for token in name_tokens(part)]
    at = next((at for at, token in enumerate(tokens) if is_name(token) and surname_length(token)), len(tokens))
    before, names = tokens[:at], tokens[at:]
    is_office = bool(before) and all(_OFFICE.search(each) or is_organisation(each) for each in before)
    return tuple(names) if is_office and names and all(is_name(name) for name in names) else ()


def speech_block(lines: Sequence[str], layout: Layout, *, is_speech: bool) -> Block:
    """Return how many opening lines form a speech's by-line block, and who speaks.

    Under a heading that announces a speech one line is enough; under others it takes two, since a single line signs the
    text.
    """
    length, speakers = 0, list[str]()
    kinds: list[str] = []
    for at, line in enumerate(lines[:_MAX_BLOCK]):
        if not line.strip():
            continue
        kind, names = _kind_of(line, layout)
        if not kind:
            break
        kinds.append(kind)
        speakers += names
        length = at + 1
    while kinds and kinds[-1] == "office" and "names" not in kinds:  # without a name it may be the text's first line
        kinds.pop()
        length -= 1
    is_block = any(kind in ("date", "names", "sub-title") for kind in kinds) if is_speech else _is_block(kinds)
    return Block(length, tuple(dict.fromkeys(speakers))) if is_block else Block()


def _is_block(kinds: Sequence[str]) -> bool:
    return len(kinds) > 1 and ("date" in kinds or ("names" in kinds and len(set(kinds)) > 1))


def _kind_of(line: str, layout: Layout) -> tuple[str, tuple[str, ...]]:
    folded = fold_width(line).strip()
    if (
        len(folded) > 3 * _MAX_BYLINE // 2
        or folded[-1:] in tuple("。:;!?")
        or "\t" in line
        or starts_title(line, layout)
    ):
        return "", ()
    found = layout.byline_date.search(folded)
    if found and found.end() == len(folded):
        before = folded[: found.start()].strip(" —-(")
        if not before:
            return "date", ()
        names = bare_authors(before) or office_and_names(before)
        if names or folded.startswith(_SUBTITLE):
            return "date", names
    bare = folded.strip("()[] ")
    if names := bare_authors(bare) or office_and_names(bare):
        return "names", names
    if folded.startswith(_SUBTITLE):
        return "sub-title", ()
    is_office = len(folded) <= _MAX_BYLINE and _OFFICE.search(folded[-4:]) and not re.search("[,、]", folded)
    return ("office", ()) if is_office else ("", ())
