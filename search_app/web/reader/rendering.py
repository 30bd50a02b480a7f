"""Fills templates in the reader's language; what they say is translated when they are compiled, once a language.

Looking a sentence up while a page is made costs 6 µs (Flask-Babel's way 13), and a page says a hundred.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

from flask import Flask, current_app, template_rendered
from jinja2 import Environment, Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from search_app.web.reader.framing import Frame
from search_app.web.reader.keeping import Kept
from search_app.web.reader.mixing import FOREIGN, mixed
from search_app.web.reader.patterns import FillBytes, filling_bytes, hole
from search_app.web.reader.results import Results, Shown
from search_app.words.answers import number as counted
from search_app.words.language import ENGLISH, LANGUAGES, SIMPLIFIED, catalogue, ngettext, spoken

_PAGES = "nianjian.pages"


class _Translated(Extension):
    """Puts in place of each text in `_("…")` what the environment's language has for it.

    Where nothing but such a text is said, it becomes part of the template's own text, and costs nothing.
    """

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Return the tokens of a template with such texts exchanged, and with what never changes in their place."""
        known = self.environment.globals
        gettext = catalogue(str(known.get("language", SIMPLIFIED))).gettext
        held: list[Token] = []
        for token in stream:
            if token.type == "string" and _shape(held[-2:]) == _CALL:
                token = Token(token.lineno, "string", gettext(token.value))  # noqa: PLW2901
            held.append(token)
            if token.type == "variable_end" and _shape(held[-6:]) == _ALONE:
                held[-6:] = [Token(token.lineno, "data", held[-3].value)]
            elif token.type == "variable_end" and _shape(held[-3:]) in _CONSTANTS and held[-2].value in known:
                held[-3:] = [Token(token.lineno, "data", str(escape(known[held[-2].value])))]
            elif _shape(held[-2:]) == _MIXED and known.get("language", ENGLISH) != ENGLISH:
                del held[-2:]
            elif len(held) > len(_ALONE):
                yield held.pop(0)
        yield from held


_CALL = ("name _", "lparen")
_ALONE = ("variable_begin", *_CALL, "string", "rparen", "variable_end")
_CONSTANTS = frozenset(("variable_begin", f"name {name}", "variable_end") for name in ("zh", "language", "root"))
_MIXED = ("pipe", "name mixed")


def _shape(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(f"name {each.value}" if each.type == "name" else each.type for each in tokens)


def _said(text: str, /, **values: object) -> Markup:
    """Return a sentence of a template, with values in the places of `%(name)s`; the sentence itself may hold mark-up."""
    return _filled(text, values) if values else Markup(text)


def _several(one: str, several: str, number: int, /, **values: object) -> Markup:
    return _filled(ngettext(one, several, number), {"n": counted(number), **values})


def _filled(text: str, values: Mapping[str, object]) -> Markup:
    """Fill in values as `Markup % values` does, in a third of its time."""
    return Markup("".join([escape(values[part]) if at % 2 else part for at, part in enumerate(_parts(text))]))


@lru_cache(4096)
def _parts(text: str) -> tuple[str, ...]:
    """Split a sentence at its values: what is said, a value's name, what is said …"""
    return tuple(part if at % 2 else part.replace("%%", "%") for at, part in enumerate(_VALUE.split(text)))


_VALUE = re.compile(r"(?<!%)%\((\w+)\)s")


_MACROS = {
    "parts": "_parts.html",
    "taking_parts": "_taking.html",
}
"""Files of macros that every page needs, by the name that templates know: importing each takes 20 µs a page."""


class _Macros:
    """The macros of a file, which is read when the first of them is asked for."""

    def __init__(self, environment: Environment, file: str) -> None:
        self._environment = environment
        self._file = file

    def __getattr__(self, name: str) -> object:
        macro = getattr(self._environment.get_template(self._file).module, name)
        setattr(self, name, macro)
        return macro


class _Plain(Context):
    """What a template knows, calling functions without asking first whether they want to know it, too; none does."""

    def call(
        self,
        called: Callable[..., object],
        /,
        *args: object,
        _loop_vars: object = (),
        _block_vars: object = (),
        **named: object,
    ) -> object:
        """Call what a template calls."""
        if isinstance(called, Macro):
            return super().call(called, *args, **named)
        return called(*args, **named)


def add_languages(app: Flask) -> None:
    """Prepare an app's templates for all languages.

    They know `language`, and `zh`: the attribute for elements that hold text of the archive, empty where the page is in
    that language.  Where such text stands in a sentence or beside our own, the filter `mixed` marks it.
    """
    app.jinja_env.add_extension(_Translated)
    app.jinja_env.filters["mixed"] = mixed
    app.jinja_env.globals.update(_=_said, hole=hole, ngettext=_several, languages=LANGUAGES)
    pages: dict[str, Pages] = {}
    kept = Kept()
    app.extensions[_PAGES] = pages
    for language in LANGUAGES:
        environment = app.jinja_env.overlay()
        zh = "" if language == SIMPLIFIED else Markup(FOREIGN)
        macros = {name: _Macros(environment, file) for name, file in _MACROS.items()}
        links = cast(SimpleNamespace, app.jinja_env.globals["links"])
        frame = Frame(environment, links)
        environment.context_class = _Plain
        environment.globals = {**app.jinja_env.globals, "language": language, "zh": zh, **macros, "framed": frame}
        pages[language] = Pages(environment, frame, Results(environment, links, frame, language, kept))


class Pages:
    """The pages of one language."""

    def __init__(self, environment: Environment, frame: Frame, results: Results) -> None:
        """Take the language's environment, and what writes pieces of pages."""
        self.frame = frame
        self.results = results
        self._environment = environment
        self._templates: dict[str, Template] = {}
        self._fills: dict[str, FillBytes] = {}

    def template(self, name: str) -> Template:
        """Return a template."""
        found = self._templates.get(name)
        if found is None:
            found = self._environment.get_template(name)
            found.globals = dict(found.globals)  # a chain of maps is copied in Python, at each page
            self._templates[name] = found
        return found

    def filled(self, name: str, pieces: Mapping[str, bytes]) -> bytes:
        """Return a page that shows nothing but pieces of mark-up, as it is sent; the template is rendered once."""
        fill = self._fills.get(name)
        if fill is None:
            fill = self._fills[name] = filling_bytes(self.template(name).render({each: hole(each) for each in pieces}))
        return fill(pieces)


def pages() -> Pages:
    """Return the pages in the reader's language."""
    return cast(Pages, current_app.extensions[_PAGES][spoken()])


def framed() -> Frame:
    """Return what stands around a search in the reader's language."""
    return pages().frame


def render(name: str, /, **context: Any) -> str:
    """Fill a template in the reader's language."""
    current_app.update_template_context(context)
    template = pages().template(name)
    _tell(template, context)
    return template.render(context)


def render_results(shown: Shown) -> bytes:
    """Write the page of a search in the reader's language, as it is sent."""
    here = pages()
    _tell(here.template("results.html"), {"state": shown.found.state})
    return here.filled("results.html", here.results.pieces(shown))


def _tell(template: Template, context: dict[str, Any]) -> None:
    """Tell who watches which page is made of what."""
    template_rendered.send(current_app._get_current_object(), template=template, context=context)  # type: ignore[attr-defined]
