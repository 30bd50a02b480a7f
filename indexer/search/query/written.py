"""Writes a query tree as somebody would type it, so that a changed query can be shown and sent on."""

from indexer.search.fields import FIELDS
from indexer.search.query.grammar import parse
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, Pattern, YearRange
from indexer.search.query.wildcards import ANY, Gap, escaped

_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"))
_LAST = 9999
"""Year of a range that has no end."""


def written(node: Node) -> str | None:
    """Return a text that `parse` reads as this query; None if there is none.

    >>> written(All((Match("集体合同"), Not(Exact("餐饮")))))
    '集体合同 -"餐饮"'
    """
    text = _text(node)
    return text if text is not None and parse(text)[0] == node else None


def _text(node: Node) -> str | None:
    match node:
        case Match(text):
            return text
        case Exact(text, alike):
            quoted = _quoted(escaped(text))
            return f"~{quoted}" if alike and quoted else quoted
        case Pattern(strings, gaps):
            parts = [escaped(strings[0])]
            for gap, string in zip(gaps, strings[1:], strict=True):
                parts += [_wildcards(gap), escaped(string)]
            return _quoted("".join(parts))
        case Near(parts, distance):
            return _joined(parts, f" NEAR/{distance} ")
        case All(parts):
            return _joined(parts, " ")
        case Any(parts):
            return _joined(parts, " 或 ")
        case Not(part):
            return _before("-", part)
        case Field(name, inner):
            return _before(f"{FIELDS[name][-1]}:", inner)
        case YearRange(first, last):
            years = str(first) if first == last else f"{first}-" if last == _LAST else f"{first}-{last}"
            return f"{FIELDS['year'][-1]}:{years}"


def _joined(parts: tuple[Node, ...], between: str) -> str | None:
    texts = [_before("", part) for part in parts]
    found = [text for text in texts if text is not None]
    return between.join(found) if found and len(found) == len(texts) else None


def _before(mark: str, node: Node) -> str | None:
    """Return a part of a query with a mark before it, in parentheses if it has parts itself."""
    text = _text(node)
    if text is None:
        return None
    return f"{mark}({text})" if isinstance(node, All | Any | Near) else mark + text


def _wildcards(gap: Gap) -> str:
    least, most = gap
    # `?` may stand for nothing, so no wildcard asks for a character; `written` compares, and gives up.
    return "*" * (most // ANY) + "?" * (most % ANY) if not least else ""


def _quoted(text: str) -> str | None:
    return next(
        (f"{opening}{text}{closing}" for opening, closing in _QUOTES if opening not in text and closing not in text),
        None,
    )
