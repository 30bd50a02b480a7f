"""Where an entry stands among others in printed order."""

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.order import printed_order
from search_app.following.archive import Archive
from search_app.shown.browsing.order import PrintedOrder, Standing


def test_every_entry_stands_where_a_plain_list_has_it(sample: DataFolder, expected: tuple[Entry, ...]) -> None:
    """On its page, in its section, in its volume, with those before and after it."""
    searcher, names = Archive(sample.root, None).open()
    order = PrintedOrder(searcher, names)
    entries = sorted((each for found in expected if (each := searcher.get(found.id))), key=printed_order)
    for entry in entries:
        volume = [each for each in entries if (each.yearbook, each.volume) == (entry.yearbook, entry.volume)]
        section = [each for each in volume if each.section == entry.section]
        page = [each for each in volume if each.url == entry.url]
        found = order.place(entry)
        assert (found.volume, found.section, found.page) == (
            standing(volume, entry),
            standing(section, entry),
            standing(page, entry),
        )
        assert found.on_page == tuple(each.id for each in page)


def standing(listed: list[Entry], entry: Entry) -> Standing:
    at = [each.id for each in listed].index(entry.id)
    return Standing(at + 1, len(listed), listed[at - 1] if at else None, (*listed, None)[at + 1])


@pytest.mark.parametrize("entry_id", ["S2002-620501-1", "S2001-611002-1"])
def test_an_entry_says_where_it_stands_however_often_it_is_asked(client: FlaskClient, entry_id: str) -> None:
    """What is kept of its volume changes nothing."""
    first, second = client.get(f"/entry/{entry_id}").text, client.get(f"/entry/{entry_id}").text
    assert first == second
    assert "篇；全卷第 " in first
