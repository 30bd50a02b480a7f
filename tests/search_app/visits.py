"""Opens pages in a browser, each as a new reader, types in the search box, and tells what is seen."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

TELLS_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`${event.effectiveDirective} forbids ${event.blockedURI}`))"""


class Visits:
    """Opens pages below an address, and notes what is complained of, and what is asked of whom."""

    def __init__(self, chromium: "Browser", address: str) -> None:
        self.chromium = chromium
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.asked: list[str] = []
        """The requests, without the address that all have in common."""

    def __call__(self, path: str = "/", **options: Any) -> "Page":
        """Open a page of the archive, as a reader of simplified Chinese unless `locale` says otherwise."""
        context = self.chromium.new_context(**{"locale": "zh-CN"} | options)
        self.contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(TELLS_VIOLATIONS)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self._see)
        page = context.new_page()
        page.goto(self.address + path)
        return page

    def _hear(self, message: "ConsoleMessage") -> None:
        # The browser itself says that a request failed, whatever a script makes of it, and that a page is an error's.
        of_a_failed_request = message.text.startswith("Failed to load resource") or not message.text
        address = message.location["url"]
        foreseen = "/api/v1/suggest" in address or (message.page is not None and address == message.page.url)
        if message.type in ("error", "warning") and not (of_a_failed_request and foreseen):
            path = message.page.url.removeprefix(self.address) if message.page else ""
            self.complaints.append(f"{path}: {message.text}")

    def _see(self, request: "Request") -> None:
        if request.url.startswith(self.address + "/"):
            self.asked.append(request.url.removeprefix(self.address))
        else:
            self.complaints.append(f"asks {request.url}")

    def close(self) -> None:
        """Close all pages."""
        for each in self.contexts:
            each.close()


@contextmanager
def visiting(chromium: "Browser", address: str) -> Iterator[Visits]:
    """Open pages below an address; in the end no browser may have complained."""
    with closing(Visits(chromium, address)) as visits:
        yield visits
    assert visits.complaints == [], visits.complaints


def box(page: "Page") -> "Locator":
    """Find the search box."""
    return page.get_by_role("combobox", name="检索词")


def type_in(page: "Page", text: str) -> None:
    """Type a text in the search box, and wait for its suggestions."""
    with page.expect_response(lambda answer: asked(answer.url) == text) as answered:
        box(page).press_sequentially(text)
    # Not those of the letters before, which may have been asked for on a slow machine.
    found = answered.value.json()["suggestions"]
    page.locator(f'[role=option]:nth-child({len(found)}):last-child[data-url="{found[-1]["url"]}"]').wait_for()


def press(page: "Page", *keys: str) -> None:
    """Press keys one after another."""
    for key in keys:
        page.keyboard.press(key)


def asked(address: str) -> str | None:
    """Give the text for which an address asks for suggestions."""
    url = urlsplit(address)
    return parse_qs(url.query)["q"][0] if url.path.endswith("/api/v1/suggest") else None


def chosen(page: "Page") -> tuple[int, list[int]]:
    """Give the option that the box names as active, -1 if none, and those that are selected and in sight."""
    active, selected = page.evaluate("""() => {
        const box = document.querySelector("[role=combobox]");
        const list = document.getElementById(box.getAttribute("aria-controls"));
        const options = [...list.children];
        const seen = (option) => option.offsetTop >= list.scrollTop - 1 // heights are rounded
            && option.offsetTop + option.offsetHeight <= list.scrollTop + list.clientHeight + 1;
        return [
            options.findIndex((each) => each.id === box.getAttribute("aria-activedescendant")),
            options.flatMap((each, at) => each.getAttribute("aria-selected") === "true" && seen(each) ? [at] : []),
        ];
    }""")
    return active, selected


def is_open(page: "Page") -> bool:
    """Say whether the list is seen; the box must say the same."""
    seen = page.locator("[role=listbox]").is_visible()
    assert box(page).get_attribute("aria-expanded") == str(seen).lower()
    return seen


def total(page: "Page") -> int:
    """Give the number of hits that a page of results tells."""
    return int(page.locator("#summary b").first.inner_text().replace(",", ""))


def query(page: "Page") -> dict[str, list[str]]:
    """Give the arguments of the page's address."""
    return parse_qs(urlsplit(page.url).query)


def settle(page: "Page") -> None:
    """Wait until nothing is under way that the script of the page has begun."""
    page.locator("#main:not([aria-busy])").wait_for()
