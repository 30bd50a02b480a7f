"""Patterns: macros that are rendered once, with holes that are filled later."""

import pytest
from jinja2 import DictLoader, Environment

from search_app.web.reader.patterns import Patterns, filling, hole

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
