"""What is held, on the pages: every number leads to its list, and nothing is read again that has not changed."""

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.files.entrystore import read_reports
from indexer.manifest import Manifest
from indexer.stages.holdings import LISTS, read_holdings
from indexer.stages.importing import import_paths
from indexer.stages.pipeline import index_entries, parse_store
from search_app import create_app
from search_app.web.holding import Holdings
from search_app.words import lists


@pytest.fixture
def data(tmp_path: Path, root: Path, manifest: Manifest) -> DataFolder:
    """One volume of the sample, of which one page that is linked was not brought in."""
    data = DataFolder(tmp_path / "data")
    import_paths(data, [root / "corpus" / "2004"], manifest, None)
    parse_store(data, manifest)
    index_entries(data)
    return data


def test_every_number_leads_to_a_list_of_so_many_pages(client: FlaskClient) -> None:
    """From the page of all volumes, and from those of single volumes, where sections are told apart."""
    front = client.get("/holdings").text
    pages = [front, *(client.get(link).text for link in set(re.findall(r'href="(/holdings/[^/"]+)"', front)))]
    numbers = {
        each for page in pages for each in re.findall(r'<a href="(/holdings/[^/"]+/[^"]+)"[^>]*>(\d+)</a>', page)
    }
    assert len(numbers) > 100
    for link, number in numbers:
        listed = client.get(html.unescape(link)).text
        body = listed[listed.index("</h1>") : listed.index("<footer")]
        assert (link, body.count("<li><code>")) == (link, int(number))


def test_more_held_than_linked_is_explained(client: FlaskClient) -> None:
    """The page that no index page lists is named, and what that means is said."""
    page = client.get("/holdings/S2002").text
    assert '目录所列 18 页全部收存，<a href="/holdings/S2002/unlisted">另收目录未列的 1 页</a>' in page
    listed = client.get("/holdings/S2002/unlisted").text
    assert lists.MEANINGS["unlisted"] in listed
    (link,) = re.findall('<li><code><a href="([^"]*)"', listed)
    assert client.get(html.unescape(link), follow_redirects=True).status_code == 200


def test_doubtful_pages_say_what_is_doubtful(client: FlaskClient) -> None:
    """In words, beside the entries that were cut from them."""
    page = client.get("/holdings/S2004/problems").text
    assert "userobject1ai641501_2.html" in page
    assert '<a href="/entry/S2004-641501-1">' in page


def test_lists_have_names_and_meanings() -> None:
    """Each that the indexer makes."""
    assert set(lists.NAMES) == set(lists.MEANINGS) == set(LISTS)


@pytest.mark.parametrize(
    "path", ["/holdings/X", "/holdings/S2002/x", "/holdings/S2002/held?section=无", "/holdings/X/held"]
)
def test_what_is_no_list_is_not_found(client: FlaskClient, path: str) -> None:
    """It is said by name."""
    answer = client.get(path)
    assert (answer.status_code, "没有" in answer.text) == (404, True)


def test_long_lists_come_in_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbered through; a page past the end is the last."""
    monkeypatch.setattr("search_app.web.views.holdings.PAGE", 8)
    first, third, past = (client.get(f"/holdings/S2001/held?page={page}").text for page in (1, 3, 99))
    assert first.count("<li><code>") == 8
    assert '<a href="/holdings/S2001/held?page=3">3</a>' in first
    assert '<ol class="urls" start="17">' in third
    assert third.count("<li><code>") == 3
    assert past.partition("<footer")[0] == third.partition("<footer")[0]


def test_counts_are_those_of_the_lists(sample: DataFolder, manifest: Manifest) -> None:
    """What is held and linked is exactly what is not missing, and nothing is in two sections."""
    reports = {each.url for each in read_reports(sample.pages)}
    for volume in read_holdings(sample, manifest):
        held, linked = volume.urls("held"), volume.urls("linked")
        assert len(set(held)) == len(held) == volume.total("held")
        assert set(held) <= reports
        assert set(linked) - set(held) == set(volume.missing)
        assert set(held) - set(linked) == set(volume.urls("unlisted"))
        record = volume.to_record()
        assert [part["held"] for part in record["sections"]] == [len(part.held) for part in volume.sections]


def test_holdings_are_read_again_only_when_their_files_changed(data: DataFolder, manifest: Manifest) -> None:
    """Pages that only mention them may be a minute late."""
    clock = [0.0]
    archive = create_app(data.root, manifest).config["ARCHIVE"]
    holdings = Holdings(archive, lambda: clock[0])
    first = holdings.lately()
    assert holdings.now() is holdings.lately() is first
    data.forgotten.write_text("", "utf-8")
    assert holdings.lately() is first
    clock[0] += 61
    second = holdings.lately()
    assert second is not first
    assert second.volumes == first.volumes
    assert holdings.now() is second


def test_home_goes_on_where_holdings_cannot_be_read(data: DataFolder, manifest: Manifest) -> None:
    """The line is left out; the page of holdings says why."""
    data.pages.write_text("{", "utf-8")
    client = create_app(data.root, manifest).test_client()
    assert "目录所列" not in client.get("/").text
    assert client.get("/volume/S2004").status_code == 200
    assert "现在读不出" in client.get("/holdings").text


def test_listed_pages_have_addresses_that_stay_and_lead_to_the_newest_capture(client: FlaskClient) -> None:
    """The same a second later, so that what was read looks read; each leads to a stored page of that URL."""
    first = client.get("/holdings/S2002/held").text
    links = re.findall(r'href="(/page/[^"]*)"', first)
    assert len(links) == 19
    assert set(links) == {link for link in links if link.startswith("/page/99991231235959?url=")}
    for link in links[:3]:
        answer = client.get(link)
        assert answer.status_code == 302
        assert answer.headers["Location"].partition("?")[2] == link.partition("?")[2]
        assert client.get(answer.headers["Location"]).status_code == 200
