"""Parses one page by itself, with all its pieces."""

from collections.abc import Sequence

from indexer.model import Page, Volume
from indexer.parse.entries.parser import ParsedPage, parse_chain
from indexer.parse.page.pages import frame_page


def parse_page(page: Page, volumes: Sequence[Volume]) -> ParsedPage:
    """Parse one page."""
    return parse_chain([frame_page(page, volumes)], volumes)
