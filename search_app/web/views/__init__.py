"""The HTML pages: each view reads a request, asks the archive, and fills a template."""

from search_app.web.views import about, holdings, people, reading, receipts, results, stored, taking, trends, volumes

PAGES = (
    results.pages,
    trends.pages,
    receipts.pages,
    taking.pages,
    reading.pages,
    volumes.pages,
    people.pages,
    holdings.pages,
    about.pages,
    stored.pages,
)
"""The blueprints of all pages."""
