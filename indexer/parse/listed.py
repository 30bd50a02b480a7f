"""Collects the titles that index pages list, by the page that each leads to; knows no page's text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from indexer.model import PageReport
from indexer.parse.contents import bare_words

Listed = Mapping[str, frozenset[str]]
"""URL of a page to the titles that index pages list with a link to it, without white space."""


def listed_titles(reports: Iterable[PageReport]) -> dict[str, frozenset[str]]:
    """Give the words of the links to each page on index pages; the reports of other pages say nothing."""
    titles: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if report.kind == "list":
            for words, url in report.links:
                if title := "".join(bare_words(words).split()):
                    titles[url].add(title)
    return {url: frozenset(words) for url, words in titles.items()}


def titles_of(urls: Iterable[str], listed: Listed) -> frozenset[str]:
    """Give the titles listed of any of these pages."""
    return frozenset[str]().union(*(listed.get(url, ()) for url in urls))
