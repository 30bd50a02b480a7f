"""Patterns: macros that are rendered once, with holes that are filled later."""

import pytest
from flask.testing import FlaskClient
from jinja2 import DictLoader, Environment

from search_app.web.reader.patterns import Patterns, filling, hole
from search_app.words.language import LANGUAGES

MACROS = """
{% macro named(bold) %}{% if bold %}<b>{{ hole("name") }}</b>{% else %}{{ hole("name") }}{% endif %} 100 % {x} %s{% endmacro %}
{% macro spaced() %}
 · {{ hole("name") }}
{% endmacro %}
"""


@pytest.fixture
def patterns() -> Patterns:
    """Give the patterns of two macros."""
    environment = Environment(loader=DictLoader({"macros": MACROS}), autoescape=True)
    environment.globals["hole"] = hole
    return Patterns(environment, "macros")


def test_macro_is_filled_as_if_it_had_been_called(patterns: Patterns) -> None:
    """Whatever else stands in it, and in what fills it."""
    assert patterns.get("named", True)({"name": "%s {} &amp;"}) == "<b>%s {} &amp;</b> 100 % {x} %s"
    assert patterns.get("named", False)({"name": "", "unused": "x"}) == " 100 % {x} %s"
    assert patterns.get("named", True) is patterns.get("named", True)


def test_white_space_that_is_said_stays(patterns: Patterns) -> None:
    """Only the lines' ends around a macro go."""
    assert patterns.get("spaced")({"name": "x"}) == " · x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ""), ("no hole", "no hole"), (hole("a"), "1"), (f"{hole('b')}-{hole('a')}{hole('b')}", "2-12")],
)
def test_holes_are_filled_in_any_order_and_number(text: str, expected: str) -> None:
    """None and one among them."""
    assert filling(text)({"a": "1", "b": "2"}) == expected


def test_hole_that_nothing_fills_is_an_error() -> None:
    """No page goes out with a hole in it."""
    with pytest.raises(KeyError):
        filling(hole("a"))({})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_hole_left(client: FlaskClient, language: str) -> None:
    """Whatever is found, chosen, ordered or noted; each is of the language that was asked for."""
    for asked in (
        "q=工会",
        "q=工会&year=2001&not.year=2002&sort=book&explain=1",
        "q=工会&page=1000",
        "q=工会&size=7&find.section=工",
        'q="工会"',
        'q="没有这一句话"',
        "q=没有这些 词语工会",
        "q=(工会&year=x",
        "year=2002",
        "section=没有",
    ):
        for path in ("/", "/concordance"):
            page = client.get(f"{path}?{asked}", headers={"Accept-Language": language})
            assert (page.status_code, "\0" in page.text) == (200, False)
            assert f'<html lang="{language}">' in page.text
            assert page.text.count("<main") == page.text.count("</html>") == 1
