"""Describes the parser's problems in words, for terminals and web pages, in the language in use."""

from collections.abc import Mapping

from indexer.model import Problem
from indexer.parse.problems import Code
from search_app.words.findings import finding
from search_app.words.language import N_, Worded

WORDS: Mapping[Code, str] = Worded(
    {
        Code.NOT_HTML: N_("the file holds no mark-up"),
        Code.EMPTY: N_("the file is empty"),
        Code.TOO_LARGE: N_("it has {0}, the limit is {1}; not parsed"),
        Code.UNKNOWN_ENCODING: "{0}",
        Code.UNDECODABLE: N_("a byte that is not {0}; shown as U+FFFD"),
        Code.NUL: N_("{0} NUL bytes from there on are left out, as browsers do"),
        Code.FALSE_BOM: N_("it says otherwise; read as {0}, as the bytes say"),
        Code.MIXED: N_("{0} parts are not {1} like the rest, the first from there on; read as what they are"),
        Code.PRIVATE: N_("{0} characters of the private use area, the first {1}: damage, or a font's own"),
        Code.NO_BREADCRUMB: N_(
            "no breadcrumb, but a volume's scope covers the page: year from the volume, section from its index pages"
        ),
        Code.NO_YEARBOOK: N_("not a yearbook page: no entries taken"),
        Code.LEADS_ON: N_("it only leads on to {0}: no entries taken"),
        Code.NO_RULE: N_("no row of hyphens between heading and text"),
        Code.NO_CLOSE: N_("no closing link; text taken to the {0}"),
        Code.NO_HEADING: N_("text without title on a page without heading"),
        Code.NO_TEXT: N_("no text between the frame's edges"),
        Code.YEAR_UNKNOWN: N_("neither breadcrumb nor URL give the year"),
        Code.YEAR_CONFLICT: N_("the breadcrumb says {0}, the URL {1}; the breadcrumb is taken"),
        Code.UNBALANCED: N_("the bracket of {0} is not closed by its like; the title ends at the line's end"),
        Code.TEXT_AFTER: N_("text after the signature, {0}; kept in the body"),
        Code.TWO_SIGNATURES: N_("an earlier signature in the same entry, {0}; kept in the body, the last one is taken"),
        Code.UNCLEAR_SIGNATURE: N_("{0} may sign the entry, but no name in it can be told; kept in the body"),
        Code.BRACKET_INSIDE: N_("{0} may open an entry, but what stands before it is not signed; kept in the body"),
        Code.HEADING_INSIDE: N_("{0}, a plain line between two entries; taken for the heading of what follows"),
        Code.SYSTEM_AUTHOR: N_("only the site's own line names an author, {0}; taken for the signature"),
        Code.BYLINE_INSIDE: N_("{0} may say who wrote the text; kept in the body"),
        Code.SIGNS_SEVERAL: N_("{0} may sign the entries above, too; taken for the last one's signature"),
        Code.NOT_ASCENDING: N_("{0} is earlier in the month than the item before it"),
        Code.NO_MONTH: N_("no month line above {0}; its title has no month"),
        Code.CAPTION_ALONE: N_("captions on a page without an entry"),
        Code.LONG: N_("{0} characters, the volume's entries have {1}: it may be several"),
        Code.FEW: N_("1 entry, though the pages of {1} have {0} and no more text"),
        Code.NEAR_NAME: N_("{0} signs once, {1} often: one of them may be misread"),
        Code.NEXT_MISSING: N_("it goes on at {0}, which is not held"),
        Code.SAME_ID: N_("{0} is also on {1}; this one is {2}"),
        Code.FAULT: N_("the parser failed ({0}: {1}): no entries taken; report this page to its makers"),
    }
)
"""A sentence for each code, with placeholders for the problem's values."""


def in_words(problem: Problem) -> str:
    """Return a description of a problem; if this version does not know its code or values, return them as they are."""
    words = WORDS.get(Code(problem.code)) if problem.code in set(Code) else None
    try:
        return words.format(*map(finding, problem.values)) if words else problem.brief
    except IndexError:
        return problem.brief
