"""Lists the codes of oddities in pages that the parser reports instead of guessing."""

from enum import StrEnum

from indexer.model import Problem


class Code(StrEnum):
    """Values of `Problem.code`; scripts may rely on them.  The web app holds each one's wording."""

    NOT_HTML = "not-html"
    EMPTY = "empty-page"
    TOO_LARGE = "page-too-large"
    UNKNOWN_ENCODING = "unknown-encoding"
    UNDECODABLE = "undecodable-byte"
    NUL = "nul-dropped"
    FALSE_BOM = "false-byte-order-mark"
    MIXED = "mixed-encodings"
    PRIVATE = "private-character"
    NO_BREADCRUMB = "no-breadcrumb"
    NO_YEARBOOK = "no-yearbook-page"
    LEADS_ON = "leads-on"
    NO_RULE = "no-hyphen-row"
    NO_CLOSE = "no-close-row"
    NO_HEADING = "no-heading"
    NO_TEXT = "no-text"
    YEAR_UNKNOWN = "year-unknown"
    YEAR_CONFLICT = "year-conflict"
    UNBALANCED = "unbalanced-title-bracket"
    TEXT_AFTER = "text-after-signature"
    TWO_SIGNATURES = "two-signatures"
    UNCLEAR_SIGNATURE = "signature-unclear"
    BRACKET_INSIDE = "bracket-not-a-title"
    HEADING_INSIDE = "line-taken-for-heading"
    SYSTEM_AUTHOR = "author-by-system"
    SIGNS_SEVERAL = "signature-of-several"
    NOT_ASCENDING = "chronicle-not-ascending"
    NO_MONTH = "chronicle-month-unknown"
    CAPTION_ALONE = "caption-without-entry"
    BYLINE_INSIDE = "name-in-body"
    LONG = "entry-much-longer"
    FEW = "page-with-few-entries"
    NEAR_NAME = "name-near-known"
    NEXT_MISSING = "next-page-missing"
    SAME_ID = "same-page-number"
    FAULT = "parser-fault"


def fault(url: str, error: Exception) -> Problem:
    """Return a problem saying that the parser itself failed on a page; other pages are parsed all the same."""
    said = " ".join(str(error).split())[:200].encode(errors="replace").decode()  # lone surrogates cannot be stored
    return problem(url, Code.FAULT, "page", type(error).__name__, said)


def problem(url: str, code: Code, where: str, *values: object) -> Problem:
    """Return a `Problem`; `where` is shortened to its first 30 characters, `values` are kept as strings."""
    return Problem(url, where[:30], str(code), tuple(map(str, values)))
