"""The HTML pages: each view reads a request, asks the archive, and fills a template."""

from search_app.web.views import about, people, reading, results, stored, volumes

PAGES = (results.pages, reading.pages, volumes.pages, people.pages, about.pages, stored.pages)
"""The blueprints of all pages."""
