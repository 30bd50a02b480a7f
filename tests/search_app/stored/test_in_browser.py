"""Hostile stored pages in a browser: by its own log of requests, dialogs, navigations and storage, nothing happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser
NAMES = [*sorted(file.stem for file in Path(__file__).with_name("hostile").glob("*.html")), "deep", "long"]
OUTSIDE = "http://nianjian.cangpu.example/hostile/"
HARMLESS_TODAY = {"clobber", "entities", "long", "mutation", "utf7", "wide"}
"""Hostile pages that today's Chromium does not fall for, or whose harm does not show in its log."""
STORED = """() => [localStorage.length, sessionStorage.length, document.cookie, window.name, document.title]"""


@contextmanager
def logged(chromium: "Browser") -> "Iterator[tuple[BrowserContext, list[str]]]":
    """Give a new reader's context, and a list of all that happens in it but requests of its own pages' parts."""
    context = chromium.new_context(locale="zh-CN", accept_downloads=False)
    log: list[str] = []
    context.set_default_timeout(10_000)
    context.on("request", lambda request: log.append(f"asks {request.url}"))
    context.on("console", lambda message: log.append(f"console {message.text}"))
    context.on("weberror", lambda error: log.append(f"error {error.error}"))

    def hear(dialog: object) -> None:
        log.append("dialog")
        dialog.dismiss()  # type: ignore[attr-defined]

    context.on("dialog", hear)
    context.on("page", lambda page: log.append("window"))
    yield context, log
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_happens(chromium: "Browser", hostile_address: str, way_to: Callable[..., str], name: str) -> None:
    """In its frame, and where the frame's address is opened by itself and all in it is clicked."""
    path = f"{name}.html"
    with logged(chromium) as (context, log):
        page = context.new_page()
        page.goto(hostile_address + way_to(path))
        before = page.evaluate(STORED)
        page.wait_for_timeout(400)
        assert (page.url, page.evaluate(STORED)) == (hostile_address + way_to(path), before)
        assert [urlsplit(each.url).path for each in page.frames] == [
            urlsplit(way_to(path)).path,
            urlsplit(way_to(path, "frame")).path,
        ]
        page.goto(hostile_address + way_to(path, "frame"))
        click_everywhere(page)
        page.wait_for_timeout(300)
        assert page.url.partition("#")[0] == hostile_address + way_to(path, "frame")
        assert (
            page.evaluate("document.querySelectorAll('script,iframe,form,object,embed,meta[http-equiv]').length") == 0
        )
    assert [each for each in log if not is_own(each, hostile_address)] == ["window"], "the one that the test opened"


def click_everywhere(page: "Page") -> None:
    """Click on what is in sight and press keys, as a reader does: no script of the test's own runs in the page."""
    for y in range(8, 600, 24):
        for x in (12, 60, 200):
            page.mouse.click(x, y)
    for _ in range(8):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")


def is_own(line: str, address: str) -> bool:
    """Say whether a request is for the page, its frame, their parts, or a file of the site's own."""
    said, _, url = line.partition(" ")
    path = urlsplit(url).path
    own = ("/page/20060501120000", "/static/")
    return said == "asks" and url.startswith(address + "/") and path.startswith(own) and not path.endswith("/raw")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in HARMLESS_TODAY])
def test_page_as_sent_would_do_harm(chromium: "Browser", hostile_pages: dict[str, bytes], name: str) -> None:
    """Else the test above would say nothing: each, shown as the site sent it, is in the log."""
    with logged(chromium) as (context, log):

        def answer(route: "Route") -> None:
            if route.request.url == f"{OUTSIDE}{name}.html":
                kind = "text/html" if name in ("utf16", "utf7") else "text/html; charset=gb18030"
                route.fulfill(body=hostile_pages[name], content_type=kind)
            else:
                route.abort()

        context.route("**/*", answer)
        page = context.new_page()
        page.goto(f"{OUTSIDE}{name}.html", wait_until="commit")
        page.wait_for_timeout(500)
        click_everywhere(page)
        page.wait_for_timeout(200)
    assert [each for each in log if each not in ("window", f"asks {OUTSIDE}{name}.html")] != []


def test_held_pictures_and_styles_are_drawn(
    chromium: "Browser", hostile_address: str, way_to: Callable[..., str]
) -> None:
    """From the store, in the frame, whose origin is none: policy and sandbox let them through."""
    with logged(chromium) as (context, log):
        page = context.new_page()
        page.goto(hostile_address + way_to("styles.html"))
        page.wait_for_timeout(500)
        asked = {each.partition("url=")[2] for each in log if "/part?" in each}
        page.goto(hostile_address + way_to("pictures.html", "frame"))
        drawn = page.locator("img").evaluate_all("found => found.map((each) => [each.naturalWidth, each.alt])")
    assert {each.rpartition("%2F")[2] for each in asked} == {"held.css", "more.css", "held.gif"}
    assert drawn == [[1, "held.gif"]]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_page_shuts_no_reader_out(
    chromium: "Browser", hostile_address: str, way_to: Callable[..., str], language: str, scheme: str, width: int
) -> None:
    """By axe's rules; an ordinary page, which is no wider than the window."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is absent: pip install -e '.[test]'")
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, extra_http_headers={"Accept-Language": language}
    )
    page = context.new_page()
    page.goto(hostile_address + way_to("ordinary.html"))
    found = axe.Axe().run(page)
    wide, lang = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.lang]")
    context.close()
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found.response["violations"]] == []
    assert (wide, lang) == (width, language)
