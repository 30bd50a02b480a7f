"""Says which pages crawlers are asked not to fetch (RFC 9309)."""

from search_app.shown.links import FILTER_ARGS

_ENDLESS = ("/concordance", "/trend", "/receipt", "/export", "/cite", "/facet/", "/feed", "/suggest", "/api/", "/page/")
"""Pages of any search, of which there is no end, and stored pages, whose texts are those of entries."""


def robots_txt(root: str, sitemap: str) -> str:
    """Return the file; `root` is what all paths begin with, `sitemap` the site maps' whole address, empty for none.

    Searches are named by each argument that can come first: some readers of such files take a lone `/?` for `/`, and
    would fetch nothing.
    """
    searches = (f"/?{name}=" for name in ("q", *sorted(FILTER_ARGS), "view"))
    lines = [
        "User-agent: *",
        *(f"Disallow: {root}{path}" for path in (*_ENDLESS, *searches)),
        # What switches the language leads back to the same page.
        "Disallow: /*?lang=",
        "Disallow: /*&lang=",
    ]
    return "\n".join([*lines, "", f"Sitemap: {sitemap}", ""] if sitemap else [*lines, ""])
