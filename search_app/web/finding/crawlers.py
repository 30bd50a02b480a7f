"""What search engines ask for: which pages there are, and which they are not to fetch."""

from flask import Blueprint, Response, abort, request

from indexer.search.fields import name_of
from indexer.search.query.notes import Note
from search_app.shown.describing.robots import robots_txt
from search_app.shown.describing.sitemaps import index_xml, listed, map_xml, maps, parts_of
from search_app.shown.links import MAX_PAGE, number_of
from search_app.web.current import current_archive, current_site
from search_app.web.finding.public import public_root
from search_app.words.language import gettext

pages = Blueprint("crawlers", __name__)


@pages.get("/robots.txt")
def robots() -> Response:
    """Say what crawlers are not to fetch and, where the archive has a public address, where its site maps are."""
    site = current_site()
    sitemap = site.absolute("/sitemap.xml") if site.origin else ""
    return Response(robots_txt(site.path, sitemap), mimetype="text/plain")


@pages.get("/sitemap.xml")
def sitemap() -> Response:
    """Answer with the index of all site maps, or with that of one volume."""
    root = public_root()
    searcher, names = current_archive().open()
    times = current_archive().records.times()
    if "volume" not in request.args:
        return _xml(index_xml(maps(names, max(times.values(), default=None)), root))
    volume = name_of(request.args["volume"])
    yearbook = names.yearbook_of(volume, request.args.get("yearbook"))
    shelved = next((each for each in names.of_yearbook(yearbook) if each.id == volume), None)
    wrong: list[Note] = []
    part = number_of(request.args.to_dict(flat=False), "part", 1, 1, MAX_PAGE, wrong)
    if shelved is None or wrong or part > parts_of(shelved):
        abort(404, description=gettext("没有这一份站点地图；全部列在 /sitemap.xml"))
    return _xml(map_xml(listed(searcher, (volume, yearbook), shelved.apart, times, part), root))


def _xml(text: str) -> Response:
    return Response(text, mimetype="application/xml")
