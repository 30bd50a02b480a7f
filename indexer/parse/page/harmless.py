"""Lists the mark-up of a page that may be shown again: which elements, and which attributes with which values.

Whatever is not listed here does not pass, so that nothing need be known of what browsers may once make of it.
"""

import re
from collections.abc import Mapping
from re import Pattern

ELEMENTS = frozenset(
    re.split(
        r"\s+",
        "a abbr acronym address article aside b bdo big blockquote br caption center cite code col colgroup dd del "
        "details dfn div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd "
        "label legend li main nav nobr ol p pre q rp rt ruby s samp section small span strike strong sub summary "
        "sup table tbody td tfoot th thead tr tt u ul var wbr",
    )
)
"""Elements that only say how text looks."""
RENAMED: Mapping[str, str] = {
    "blink": "span", "dialog": "div", "dir": "ul", "form": "div", "layer": "div", "listing": "pre", "marquee": "div",
    "menu": "ul", "plaintext": "pre", "xmp": "pre", "button": "span", "select": "span", "textarea": "span",
}  # fmt: skip
"""Elements that do something, and what stands for them; their text is kept."""
VOID = frozenset({"br", "col", "hr", "wbr"})
DROPPED = frozenset({"script", "noscript", "template", "title"})
"""Elements whose inside no reader saw either.  Of all others that are not listed the text is kept: the parser does not
know everywhere that they end at once, and takes the rest of a page for their inside."""

_NUMBER = re.compile(r"\s*[+-]?\d{1,4}(?:\.\d{1,4})?(?:%|px)?\s*")
"""Widths of period pages are three digits; longer ones are meant to break browsers."""
_SMALL = re.compile(r"\s*[+-]?\d{1,3}\s*")
_WORD = re.compile(r"[\w#. -]{0,60}")
_NAMES = re.compile(r"[^\x00-\x1f]{0,200}")
_TEXT = re.compile(r".{0,2000}", re.DOTALL)

ATTRIBUTES: Mapping[str, Pattern[str]] = {
    **dict.fromkeys(re.split(" ", "width height hspace vspace topmargin leftmargin marginwidth marginheight"), _NUMBER),
    **dict.fromkeys(re.split(" ", "border cellpadding cellspacing colspan rowspan size span start value"), _SMALL),
    **dict.fromkeys(
        re.split(" ", "align valign bgcolor color bordercolor text link vlink alink clear dir frame rules"), _WORD
    ),
    **dict.fromkeys(re.split(" ", "lang scope type"), _WORD),
    **dict.fromkeys(re.split(" ", "abbr class face headers id name summary"), _NAMES),
    **dict.fromkeys(re.split(" ", "alt title"), _TEXT),
    **dict.fromkeys(re.split(" ", "compact noshade nowrap open"), _WORD),
}
"""Attributes that say how something looks or is called, each with the values it may have."""


def attributes_of(found: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return those of an element's attributes that are listed, as names and values, in their order."""
    kept = []
    for name, value in found.items():
        pattern = ATTRIBUTES.get(name)
        text = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
        if pattern is not None and pattern.fullmatch(text):
            kept.append((name, text))
    return kept
