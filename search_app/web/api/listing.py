"""Lists what the archive consists of: its volumes, who signed in it, and which pages of the site are held."""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from werkzeug.sansio.response import Response

from indexer.search.engine import Searcher
from indexer.search.fields import EVERY
from indexer.search.query.notes import Note
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.results import FacetValue, VolumeCount
from search_app.shown.addresses import author_url, volume_url
from search_app.shown.links import MAX_PAGE, number_of
from search_app.shown.naming import Names
from search_app.web.api.freshness import answer_of, by_content
from search_app.web.api.refusing import arguments, given, refuse
from search_app.web.current import current_archive, current_site
from search_app.web.errors import Problem
from search_app.web.holding import current_holdings
from search_app.words.language import gettext

CONTRIBUTORS = 100
"""Contributors on a page if nobody says how many."""
MAX_CONTRIBUTORS = 1000
DESCRIBED: Mapping[str, type] = {
    "short": str,
    "covers_year": int,
    "editor": str,
    "publisher": str,
    "place": str,
    "printed": int,
    "isbn": str,
    "licence": str,
}
"""What the manifest may say of a volume, with the type of it; "" or 0 where it does not."""


def volumes() -> Response:
    """Answer with the volumes that have entries, by yearbook and year, and what the manifest says of them."""
    now = current_archive().answering()
    answer_of(now.version)
    listed = [_volume(each, now.names) for each in now.searcher.volumes()]
    return current_app.json.response({"generation": now.searcher.generation, "volumes": listed})


def _volume(each: VolumeCount, names: Names) -> dict[str, Any]:
    known = names.described(each.volume, each.yearbook)
    told = {name: getattr(known, name) if known else kind() for name, kind in DESCRIBED.items()}
    address = volume_url(each.volume, yearbook=names.apart(each.volume, each.yearbook))
    return {
        "id": each.volume,
        "yearbook": each.yearbook,
        "title": names.title(each.volume, each.yearbook),
        "year": each.year,
        "entries": each.entries,
        **told,
        "url": current_site().link(address),
    }


def contributors() -> Response:
    """Answer with those who signed entries, whoever signed most first; names that begin so, one page of them."""
    wrong: list[Note] = []
    page = number_of(arguments(), "page", 1, 1, MAX_PAGE, wrong)
    size = number_of(arguments(), "size", CONTRIBUTORS, 1, MAX_CONTRIBUTORS, wrong)
    refuse(wrong)
    here = current_archive()
    now = here.answering()
    answer_of(now.version)
    prefix = given("prefix")
    listed = _signed(now.searcher, prefix) if prefix else here.once(_everybody, (now.searcher, now.names))
    shown = listed[(page - 1) * size : page * size]
    site = current_site()
    return current_app.json.response(
        {
            "generation": now.searcher.generation,
            "prefix": prefix,
            "total": len(listed),
            "page": page,
            "size": size,
            "contributors": [
                {"name": each.value, "count": each.count, "url": site.link(author_url(each.value))} for each in shown
            ],
        }
    )


def _signed(searcher: Searcher, prefix: str) -> tuple[FacetValue, ...]:
    return searcher.facet(SearchRequest(), "author", prefix, EVERY).values


def _everybody(searcher: Searcher, _: Names) -> tuple[FacetValue, ...]:
    return _signed(searcher, "")


def holdings() -> Response:
    """Answer with what is held of each volume, by section, and which pages are missing."""
    held = current_holdings().now()
    if not held.is_described:
        raise Problem(503, "no-manifest", gettext("本库的年鉴清单现在读不出，不知道收存了什么"))
    if not held.is_read:
        raise Problem(503, "unreadable", gettext("数据文件夹里有文件读不出，请管理者查看日志"))
    listed = [each.to_record() for each in held.volumes.values()]
    return by_content({"volumes": listed})
