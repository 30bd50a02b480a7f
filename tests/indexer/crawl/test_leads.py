"""What a page, a redirect or a robots.txt leads to: inputs and answers by somebody who had not seen the code."""

import asyncio
from datetime import UTC, datetime

import pytest
from links_inputs import AT, HOST, LINKS, REDIRECTS, SCOPE, LinkCase, RedirectCase
from robots_inputs import ROBOTS, RobotsCase
from scrapy.http import HtmlResponse, Response

from indexer.crawl.policy import Manners, location_of
from indexer.crawl.robots import Robots
from indexer.errors import FetchError
from indexer.model import Page, Volume
from indexer.parse.page.pages import frame_page
from indexer.urls import Spellings, volume_of

VOLUME = Volume(
    "C2005",
    "沧浦年鉴",
    2005,
    2004,
    "沧浦年鉴",
    "p",
    "l",
    "eastday-cms",
    (AT,),
    (SCOPE,),
    (HOST.removeprefix("http://"),),
)


@pytest.mark.parametrize("case", LINKS, ids=lambda case: case.name)
def test_every_link_inside_the_scope_is_followed_as_a_browser_would(case: LinkCase) -> None:
    """Whatever its mark-up, its bytes and its base; nothing else is."""
    page = Page(case.page_url, datetime(2006, 5, 1, tzinfo=UTC), 200, "text/html", case.page_bytes)
    found = {url for _, url in frame_page(page, [VOLUME]).links if volume_of(url, [VOLUME])}
    as_good = dict(case.also)
    wanted = {as_good[url] if as_good.get(url) in found else url for url in case.followed}
    assert {url for url in wanted if volume_of(url, [VOLUME])} <= found
    assert found & set(case.not_followed) == set()
    assert found - {case.page_url} <= wanted | {case.page_url}


@pytest.mark.parametrize("case", REDIRECTS, ids=lambda case: case.name)
def test_redirect_leads_where_its_bytes_say(case: RedirectCase) -> None:
    """Bytes of whatever encoding are asked for as they were sent."""
    assert Spellings().page(location_of(case.location.split(b"\n")), case.from_url) == case.right


@pytest.mark.parametrize("case", ROBOTS, ids=lambda case: case.name)
def test_robots_txt_is_obeyed_however_it_is_served(case: RobotsCase) -> None:
    """As RFC 9309 says."""
    answers = iter(case.answers)

    async def download(url: str) -> Response:
        status, headers, body = next(answers)
        return HtmlResponse(url, status, headers, body)

    async def allowed() -> dict[str, bool | str]:
        robots = Robots(download, Manners("mailto:a@b.example", allow_private=True))
        try:
            return {url: await robots.allow(url) for url in (*case.allowed, *case.forbidden)}
        except FetchError as error:
            return {"": str(error)}

    found = asyncio.run(allowed())
    if case.outcome == "nothing-asked":
        assert "nothing is asked" in str(found[""])
    else:
        assert found == dict.fromkeys(case.allowed, True) | dict.fromkeys(case.forbidden, False)
