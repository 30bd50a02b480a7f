"""What programs ask for that lead readers to the archive: feeds, site maps, descriptions of its search."""

from search_app.web.finding import browsers, crawlers, feeds

FINDING = (crawlers.pages, browsers.pages, feeds.pages)
"""The blueprints of all of it."""
