"""Rewrites style sheets so that they ask for nothing but what is held, and call nothing but arithmetic and colours."""

import re
from collections.abc import Callable
from enum import StrEnum


class Part(StrEnum):
    """What a page or style sheet refers to that is not its own text."""

    PICTURE = "picture"
    STYLE = "style"
    OBJECT = "object"
    """A film, sound, applet or the like, which is never shown."""
    FRAME = "frame"
    """Another page inside the page, which is never shown there."""


Ask = Callable[[Part, str], str]
"""Gives the address of a picture or style sheet, named as it is written; empty where it is not held."""

_ESCAPED = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})(?:\r\n|[ \t\n\r\f])?|(?!\n)(.)|\n|\Z)", re.DOTALL)
_TOKEN = re.compile(
    r"""
    (?P<gone>/\*.*?(?:\*/|\Z)|<!--|-->)
    |@import(?![\w-])(?P<import>(?:"[^"\n\r\f]*"|'[^'\n\r\f]*'|\([^()"']*\)|[^;{}"'()])*+;?)
    |url\([ \t\n\r\f]*(?:"(?P<double>[^"\n\r\f]*)"|'(?P<single>[^'\n\r\f]*)'|(?P<bare>[^"'()\s]*))[ \t\n\r\f]*\)
    |(?P<string>"[^"\n\r\f]*"|'[^'\n\r\f]*')
    |(?P<function>[\w-]+)\(
    |(?P<rule>@[\w-]*)
    |(?P<name>[\w-]+)
    |(?P<other>[\s:;,{}.\#)!%*>+]+|.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_IMPORTED = re.compile(
    r"""\s*(?:url\(\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"'();]+))\s*\)?\s*(?P<media>[\w\s,-]*);?""", re.IGNORECASE
)
_FUNCTIONS = frozenset(
    re.split(
        " ", "rgb rgba hsl hsla calc min max clamp counter counters attr not is where nth-child nth-of-type lang rect"
    )
)
_RULES = frozenset({"@media", "@page", "@supports"})
_REMOVED = "x-removed"
"""Stands for the name of what may not be called; browsers pass over what they do not know, with all that is inside."""
_MAX_SHEET = 1 << 20
"""Characters of a style sheet that are read; a period one has some thousand, and a million take a second."""
_UNSAFE = re.compile(r"""[<\\"'\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]""")


def safe_sheet(text: str, ask: Ask) -> str:
    """Return a style sheet in which every address is one of ours, or gone.

    Escapes are undone first, since they can hide names.  No `<` and no backslash is left.
    """
    return _TOKEN.sub(
        lambda found: _replaced(found, ask), _ESCAPED.sub(_unescaped, text[:_MAX_SHEET].replace("\x00", ""))
    )


def safe_declarations(text: str, ask: Ask) -> str:
    """Return what an element's `style` says, rewritten as `safe_sheet` does; it cannot open or close a block."""
    return re.sub("[{}@]", " ", safe_sheet(re.sub("[{}@]", " ", text), ask))


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        number = int(found[1], 16)
        return chr(number) if 31 < number < 0xD800 or 0xDFFF < number < 0x110000 else " "
    return found[2] or ""


def _replaced(found: re.Match[str], ask: Ask) -> str:
    kind = found.lastgroup
    if kind == "import":
        return _import(found["import"], ask)
    if kind in ("double", "single", "bare"):
        address = ask(Part.PICTURE, found[kind]) if found[kind].strip() else ""
        return f'url("{_plain(address)}")' if address else "none"
    if kind == "string":
        return found[0][0] + _UNSAFE.sub(" ", found[0][1:-1]) + found[0][0]
    if kind == "function":
        return found[0] if found["function"].lower() in _FUNCTIONS else f"{_REMOVED}("
    if kind == "rule":
        return found[0] if found[0].lower() in _RULES else f"@{_REMOVED}"
    # A space, lest what stood on both sides become one word.
    return " " if kind == "gone" else _UNSAFE.sub(" ", found[0])


def _import(written: str, ask: Ask) -> str:
    found = _IMPORTED.fullmatch(written)
    target = next((each for each in found.groups()[:3] if each), "") if found else ""
    address = ask(Part.STYLE, target) if target else ""
    return f'@import url("{_plain(address)}") {found["media"]};' if found and address else " "


def _plain(address: str) -> str:
    return _UNSAFE.sub("", address).replace("(", "%28").replace(")", "%29").replace("\n", "")
