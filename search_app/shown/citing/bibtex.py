r"""Writes a reference as BibTeX, for TeX and the reference managers that read it.

What TeX takes for a command is written as the command that prints it: a title `5% {a}` reads `5\% \{a\}`.
"""

import re
from collections.abc import Mapping

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares import AddEnclosingMiddleware
from bibtexparser.model import Entry, Field

from search_app.shown.citing.reference import Reference

_CHAPTER = "incollection"
_LANGUAGES: Mapping[bool, str] = {True: "chinese", False: "english"}
"""What TeX's packages call the language, by whether it is Chinese."""
_SPECIAL: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_LONE: Mapping[str, str] = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
"""Braces without a counterpart: BibTeX counts `\\{`, too, and would look for the end of the field farther on."""
_PRINTED = re.compile(r"[\\{}%#$&_~^]|(?<=-)-|(?<=')'|(?<=`)`|(?<=[!?])`|(?<=<)<|(?<=>)>|(?<=,),")
"""Characters that TeX does not print as they are, the second of two among them, which it would join to another one."""
_UNSAFE = re.compile("[^A-Za-z0-9.-]")
_ADDRESS = re.compile(r"[{}\\]")


def bibtex(cited: Reference) -> str:
    """Return a record, and an empty line behind it."""
    fields = {
        "author": " and ".join(map(_whole, cited.authors)),
        "title": _printed(cited.title),
        "booktitle": _printed(cited.container),
        "editor": _whole(cited.editor) if cited.editor else "",
        "address": _printed(cited.place),
        "publisher": _printed(cited.publisher),
        "year": str(cited.printed or ""),
        "isbn": _printed(cited.isbn),
        # An address is read letter by letter, without commands.
        "url": _ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", cited.url),
        "urldate": cited.accessed.isoformat(),
        "language": _LANGUAGES[cited.is_chinese],
        "keywords": _keyword(cited.section),
    }
    entry = Entry(_CHAPTER, key(cited.id), [Field(name, value) for name, value in fields.items() if value])
    return f"{write_string(Library([entry]), unparse_stack=[_in_braces()])}\n"


def key(entry_id: str) -> str:
    r"""Return the key by which a text cites an entry: its id, without what may not stand in `\cite{…}`.

    Of different ids the keys are different.

    >>> key("2002-1268100-4"), key("2004-a~b")
    ('2002-1268100-4', '2004-a_7e_b')
    """
    return _UNSAFE.sub(lambda found: "__" if found[0] == "_" else f"_{ord(found[0]):x}_", entry_id)


def _printed(text: str) -> str:
    """Return what prints a text in TeX."""
    lone = _lone_braces(text) if "{" in text or "}" in text else frozenset()
    return _PRINTED.sub(
        lambda found: _LONE[found[0]] if found.start() in lone else _SPECIAL.get(found[0]) or f"{{}}{found[0]}", text
    )


def _lone_braces(text: str) -> frozenset[int]:
    """Return where braces stand that have no counterpart."""
    opened: list[int] = []
    lone: list[int] = []
    for at, char in enumerate(text):
        if char == "{":
            opened.append(at)
        elif char == "}":
            if opened:
                opened.pop()
            else:
                lone.append(at)
    return frozenset(opened + lone)


def _whole(name: str) -> str:
    """Return a name as one that is not parted: a printed signature does not say which part is the family's."""
    return f"{{{_printed(name)}}}"


def _keyword(text: str) -> str:
    """Return a keyword; one with a mark by which keywords are parted is kept together."""
    return _whole(text) if set(text) & set(",;") else _printed(text)


def _in_braces() -> AddEnclosingMiddleware:
    return AddEnclosingMiddleware(reuse_previous_enclosing=False, enclose_integers=True, default_enclosing="{")
