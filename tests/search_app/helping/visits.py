"""Opens pages in a browser, each as a new reader, and hears what the browser complains of."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

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
        """Open a page of the archive."""
        context = self.chromium.new_context(**options)
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
        # The browser itself says that a request failed, whatever a script makes of it.
        of_a_failed_request = message.text.startswith("Failed to load resource") or not message.text
        suggestions = "/api/v1/suggest" in message.location["url"]
        if message.type in ("error", "warning") and not (of_a_failed_request and suggestions):
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
