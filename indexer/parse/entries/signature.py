"""Finds the parenthesis that signs an entry; `indexer.parse.entries.names` decides whom it names."""

import re
from dataclasses import dataclass

from indexer.parse.entries.names import MAX_SIGNATURE, is_organisation, signature_authors, surname_length, word_list
from indexer.text.fold import fold_width

_OPEN = "(（"
_LAST = re.compile(r"[(（](?P<inner>(?:[^()（）]|[(（][^()（）]*[)）])*)(?P<close>[)）]?)(?P<after>\s*[。.!！;；]?\s*)")
_INNER = re.compile(r"(?<=[。！？!?])\s*[(（](?P<inner>[^()（）]{2,30})[)）]")
_PHOTO_ROLE = re.compile(r"摄影|供图|摄制|摄")
_FINISHED = "。!?;:”》)’\"'】]…."
_WORDS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff\s、]{2,12}")


@dataclass(frozen=True, slots=True)
class Signature:
    """A closing signature found in a line."""

    start: int
    """Offset of the opening parenthesis in the line."""
    end: int
    """Offset after the closing parenthesis."""
    authors: tuple[str, ...]
    photo: bool
    """Whether the signature says 摄, that is, credits a photograph."""


def closing_signature(text: str) -> Signature | None:
    """Find the signature that closes `text`: its last parenthesis, with only 。 or white space after it.

    Returns None if there is none.  A parenthesis directly after text, with neither the end of a sentence nor a space
    between, names an author only if it holds nothing but people with known surnames and no 。 follows: `…职工(王大力)。` names
    somebody of whom the sentence speaks.
    """
    found = _last_parenthesis(text)
    if found is None:
        return None
    authors = signature_authors(found["inner"])
    if authors is None:
        return None
    doubtful = _runs_on(text, found.start()) or not found["close"]
    if doubtful and not all(surname_length(author) and not is_organisation(author) for author in authors):
        return None
    if _runs_on(text, found.start()) and found["after"].strip():
        return None
    end = found.start("after") if found["close"] else found.end("inner")
    return Signature(found.start(), end, authors, bool(_PHOTO_ROLE.search(found["inner"])))


def inner_signature(text: str) -> str:
    """Return the first signature inside `text`, after a full stop and before more text; empty if there is none."""
    for found in _INNER.finditer(text):
        authors = signature_authors(found["inner"])
        if authors and all(map(surname_length, authors)) and text[found.end() :].strip(" \u3000。"):
            return found.group()
    return ""


def unclear_signature(text: str) -> str:
    """Return a closing parenthesis placed like a signature that may name somebody, though no name is recognised.

    Returns an empty string if there is none.
    """
    found = _last_parenthesis(text)
    if found is None or _runs_on(text, found.start()) or closing_signature(text):
        return ""
    inner = found["inner"].strip()
    plain = _WORDS.fullmatch(inner) and inner not in word_list("nonnames.txt")
    return found.group().strip() if plain else ""


def _runs_on(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return bool(before) and not before.isspace() and fold_width(before) not in _FINISHED


def _last_parenthesis(text: str) -> re.Match[str] | None:
    """Return the innermost parenthesis that reaches to the end of the text and is short enough to be a signature."""
    least = max(0, len(text) - MAX_SIGNATURE - 9)
    at = len(text)
    while (at := max(text.rfind(opening, least, at) for opening in _OPEN)) >= 0:
        if found := _LAST.fullmatch(text, at):
            return found
    return None
