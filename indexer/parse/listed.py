"""Collects the titles that index pages list, by the page that each link leads to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from indexer.model import PageReport
from indexer.parse.contents import bare_words

Listed = Mapping[str, frozenset[str]]
"""Titles that index pages list with a link to a page, without white space, by the page's URL."""


def listed_titles(reports: Iterable[PageReport]) -> dict[str, frozenset[str]]:
    """Return the titles of links on index pages by the URL they lead to; reports of other pages are ignored."""
    titles: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if report.kind == "list":
            for words, url in report.links:
                if title := "".join(bare_words(words).split()):
                    titles[url].add(title)
    return {url: frozenset(words) for url, words in titles.items()}


def titles_of(urls: Iterable[str], listed: Listed) -> frozenset[str]:
    """Return the titles listed for any of these pages."""
    return frozenset[str]().union(*(listed.get(url, ()) for url in urls))
