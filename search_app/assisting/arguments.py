"""Defines what each tool takes, as types that are the schema which an assistant reads.  Knows no protocol."""

from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from indexer.errors import near_word
from indexer.search.fields import FILTERS
from indexer.search.query.grammar import MAX_LENGTH
from search_app.assisting.refusing import Refused
from search_app.shown.links import MAX_PAGE, MAX_VALUES
from search_app.shown.tables.trend import MAX_SEARCHES

MAX_HITS = 50
MAX_LINES = 100
MAX_GROUPS = 100
MAX_VOLUMES = 100
MAX_PIECE = 8_000
"""Most characters of an entry's text in one answer."""
MAX_NAME = 1_000
"""Most characters of a section, a name or a title that is filtered by; no archive prints longer ones."""

QUERY = """\
What to look for, at most 200 characters. Entries are in Chinese. Space means and.
集体合同 餐饮 = every word of both, anywhere in an entry, look-alikes and traditional forms included.
"集体合同覆盖" (in double quotes) = exactly these characters: only this proves that a string is there, or is nowhere.
~"深入开展" = these characters, or with look-alikes and other forms of them (深人开展).
"另有?支代表队" = in quotes ? is one character or a dropped one, * up to ten.
船厂 或 港口 = either. 信访 -热线 = the first without the second. ( ) groups.
职工 NEAR/5 互助 = at most five characters apart.
标题:艺术节 = in the title (also 正文: 署名: 作者: 栏目: 图注:). 年份:2001-2003 = volumes of these years.
Empty = everything that passes the filters."""

_Query = Annotated[str, Meta(max_length=MAX_LENGTH, description=QUERY)]
_Page = Annotated[int, Meta(ge=1, le=MAX_PAGE, description="Page of the answer, from 1.")]


def _values(said: str) -> Meta:
    return Meta(max_length=MAX_VALUES, description=f"{said} Several are joined by or. At most {MAX_VALUES}.")


def _choice(said: str) -> Meta:
    # Some clients take no list of values without a type.
    return Meta(description=said, extra_json_schema={"type": "string"})


_Year = Annotated[int, Meta(ge=0, le=9999)]
_Years = tuple[_Year, ...]
_Texts = tuple[Annotated[str, Meta(max_length=MAX_NAME)], ...]


class Filters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By what every search can be limited; filters of different kinds are joined by and."""

    year: Annotated[_Years, _values("Only volumes of these years (a volume of 2002 mostly records 2001).")] = ()
    section: Annotated[_Texts, _values("Only these sections, as printed; `-` for entries without one.")] = ()
    author: Annotated[_Texts, _values("Only entries signed by these persons or offices.")] = ()
    volume: Annotated[_Texts, _values("Only these volumes, by id as `list_volumes` gives them.")] = ()
    yearbook: Annotated[_Texts, _values("Only these yearbooks, by title as `list_volumes` gives them.")] = ()
    not_year: Annotated[_Years, _values("Without volumes of these years.")] = ()
    not_section: Annotated[_Texts, _values("Without these sections.")] = ()
    not_author: Annotated[_Texts, _values("Without entries signed by these.")] = ()
    not_volume: Annotated[_Texts, _values("Without these volumes.")] = ()
    not_yearbook: Annotated[_Texts, _values("Without these yearbooks.")] = ()


class Search(Filters, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of `search`."""

    query: _Query = ""
    sort: Annotated[
        Literal["relevance", "year-asc", "year-desc", "book"],
        _choice("Order of the hits; `book` is the printed order."),
    ] = "relevance"
    page: _Page = 1
    size: Annotated[int, Meta(ge=1, le=MAX_HITS, description=f"Hits a page, at most {MAX_HITS}.")] = 10
    nearest_page: Annotated[
        int, Meta(ge=1, le=MAX_PAGE, description="Page of `nearest`, the entries that only come near.")
    ] = 1


class Count(Filters, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of `count`."""

    query: _Query = ""
    by: Annotated[
        Literal["year", "volume", "yearbook", "section", "author"], _choice("What the entries are grouped by.")
    ] = "year"
    prefix: Annotated[
        str, Meta(max_length=MAX_LENGTH, description="Only groups whose value begins so; where there are too many.")
    ] = ""
    limit: Annotated[int, Meta(ge=1, le=MAX_GROUPS, description=f"Most groups, at most {MAX_GROUPS}.")] = 50


class Concordance(Filters, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of `concordance`."""

    query: Annotated[str, Meta(min_length=1, max_length=MAX_LENGTH, description=QUERY)]
    sort: Annotated[
        Literal["relevance", "year-asc", "year-desc", "book", "left", "right"],
        _choice("Order of the lines: as entries, or by what stands left or right of each occurrence."),
    ] = "relevance"
    page: _Page = 1
    size: Annotated[int, Meta(ge=1, le=MAX_LINES, description=f"Lines a page, at most {MAX_LINES}.")] = 20


class Trend(Filters, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of `trend`."""

    queries: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=MAX_LENGTH)], ...],
        Meta(
            min_length=1,
            max_length=MAX_SEARCHES,
            description=f"One to {MAX_SEARCHES} searches to compare, each written as `query` of the tool `search`.",
        ),
    ]


class ReadEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of `read_entry`."""

    id: Annotated[str, Meta(min_length=1, description="Id of the entry, as the other tools give it.")]
    offset: Annotated[
        int, Meta(ge=0, description="Where in the text to begin, in characters; `next_offset` of the piece before.")
    ] = 0
    length: Annotated[
        int, Meta(ge=1, le=MAX_PIECE, description=f"Characters of the text to give, at most {MAX_PIECE}.")
    ] = 4_000


class ListVolumes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Arguments of `list_volumes`."""

    page: _Page = 1
    size: Annotated[int, Meta(ge=1, le=MAX_VOLUMES, description=f"Volumes a page, at most {MAX_VOLUMES}.")] = (
        MAX_VOLUMES
    )


Arguments = Search | Count | Concordance | Trend | ReadEntry | ListVolumes


def read_arguments(given: dict[str, Any], kind: type[Any]) -> Any:
    """Return a call's arguments as a value of their type; what is null counts as not given.

    Raises `Refused`, naming the argument and what it takes.
    """
    known = kind.__struct_fields__
    for name in given:
        if name not in known:
            hint = near_word(name, known)
            meant = f"did you mean {hint!r}? " if hint else ""
            raise Refused(f"there is no argument {name[:40]!r}; {meant}There are: {', '.join(known)}")
    try:
        # Not strict: assistants write numbers as strings now and then, which can mean nothing else.
        return msgspec.convert({name: value for name, value in given.items() if value is not None}, kind, strict=False)
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at `$.")
        name = place.rstrip("`")
        expected = get_type_hints(kind).get(name)
        if get_origin(expected) is Literal:  # msgspec does not say what there is, and repeats all that was given
            said = f"Invalid enum value {str(given[name])[:40]!r}; there are: {', '.join(get_args(expected))}"
        raise Refused(f"{name}: {said}" if name else said) from None


def as_asked(asked: Any) -> dict[str, list[str]]:
    """Return arguments as the JSON interface has them: `q`, `not.year`, each a list of texts."""
    args: dict[str, list[str]] = {}
    for name in asked.__struct_fields__:
        value = getattr(asked, name)
        args[_NAMES.get(name, name)] = list(map(str, value)) if isinstance(value, tuple) else [str(value)]
    return args


_NAMES = {"query": "q", "queries": "q"} | {f"not_{field}": f"not.{field}" for field in FILTERS}
"""What the JSON interface calls arguments that have another name here: no client of the protocol minds these."""
