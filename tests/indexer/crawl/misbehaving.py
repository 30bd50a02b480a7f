"""A yearbook site on 127.0.0.1 that misbehaves in every way a crawl must survive; keeps a log of what is asked.

Run as a program it prints its port, then serves until its standard input is closed.
"""

import gzip
import json
import select
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

ROOT = "/node6000/node6001/"
BAD = {
    "403": "status 403",
    "404": "status 404",
    "500": "status 500",
    "429": "status 429",
    "never": "Timeout",
    "half": "DataLoss",
    "wrong-length": "DataLoss",
    "huge": "larger than",
    "login": "no-yearbook-page",
    "bomb": "unpacks to more",
    "elsewhere": "outside the scope",
    "home": "outside the scope",
    "endless": "redirects without end",
    "forbidden": "robots.txt forbids it",
}
"""Name of a misbehaving page and what the ledger must say of it."""
GBK, UTF8 = "%B9%A4%BB%E1", "%E5%B7%A5%E4%BC%9A"
"""The same word, percent-encoded."""
ROADS = {
    f"{UTF8}.html": "a raw Chinese link: browsers send the path as UTF-8",
    f"{GBK}1.html": "a link encoded as GBK",
    f"{UTF8}1.html": "a link encoded as UTF-8",
    f"show.html?t={GBK}": "a raw Chinese query: browsers send it in the page's encoding",
    f"show.html?t={UTF8}": "an encoded query",
    f"{GBK}2.html": "a redirect to raw GBK bytes",
    f"{UTF8}2.html": "a redirect to raw UTF-8 bytes",
    "deep/1.html": "a link relative to the page's base",
    "area.html": "an area of an image",
    "frames.html": "a frameset",
    "left.html": "a frame",
    "inline.html": "an inline frame",
    "refreshed.html": "a page that sends its reader on by itself",
}
"""Good page and the odd road that leads to it."""
HOPS = {"hop1.html": f"{ROOT}工会2.html".encode("gbk"), "hop2.html": f"{ROOT}工会2.html".encode()}
"""Redirects, and the bytes of their Location."""
RINGS = {"ring1.html": 2, "ring2.html": 3, "ring3.html": 1}
"""Pages that send readers round, and to which of them each does."""


def page(title: str, body: str) -> bytes:
    """Make a yearbook page."""
    return (
        "<html><body><table><tr><td>当前位置：首页 &gt;&gt;2001年鉴信访</td></tr>"
        f"<tr><td>{title}</td></tr><tr><td>{'-' * 77}</td></tr><tr><td>{body}</td></tr>"
        "<tr><td>[关闭窗口]</td></tr></table></body></html>"
    ).encode("gb18030")


class Site(ThreadingHTTPServer):
    """The site: `good` pages, the misbehaving ones when `bad`, and the log of requests."""

    daemon_threads = True

    def __init__(self, good: int, *, bad: bool, odd: bool = False, robots: bytes | str | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.good = good
        self.bad = bad
        self.odd = odd
        """Whether odd roads lead to good pages, too."""
        self.robots = robots.encode() if isinstance(robots, str) else robots
        self.rings = True
        """Whether one of the odd roads goes round in a circle."""
        self.hops = 0
        """Redirects before robots.txt."""
        self.down_after = sys.maxsize
        """Requests after which the site answers nothing but 503."""
        self.version = 1
        self.pictures = False
        """Whether pages show pictures: one of the site's own, one that is not there, a counter of another host."""
        self.log: list[tuple[float, float, str, int]] = []
        """Start, end, path and status of each request."""
        self.asked: dict[str, int] = {}
        self.open = 0
        self.most_open = 0
        self.guard = threading.Lock()

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server: Site

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the site has a log of its own."""

    def do_GET(self) -> None:
        """Answer, and note when and what."""
        started = time.monotonic()
        path = urlsplit(self.path).path
        with self.server.guard:
            self.server.asked[self.path] = self.server.asked.get(self.path, 0) + 1
            self.server.open += 1
            self.server.most_open = max(self.server.most_open, self.server.open)
        self.status = 0
        try:
            self.answer(path)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with self.server.guard:
                self.server.open -= 1
                self.server.log.append((started, time.monotonic(), path, self.status))

    def answer(self, path: str) -> None:
        """Choose what to say."""
        name = path.removeprefix(ROOT)
        if len(self.server.log) >= self.server.down_after:
            self.say(503, b"", {"Retry-After": "0"})
        elif path.startswith("/robots"):
            self.robots(int(path.removeprefix("/robots").removesuffix(".txt") or 0))
        elif path == "/pic/own.gif":
            self.say(200, b"GIF89a own", kind="image/gif")
        elif path.startswith("/pic/"):
            self.say(404, b"")
        elif not path.startswith(ROOT):
            self.say(200, page("外", "范围以外。"))
        elif name == "index.html":
            self.say(200, page("", self.index()), {"ETag": f'"{self.server.version}"'})
        elif name.startswith("good"):
            number = int(name.removeprefix("good").split(".")[0])
            self.good(number)
        elif self.server.odd and self.path.removeprefix(ROOT) in (*HOPS, *RINGS, *ROADS, "hop3.html"):
            self.odd(self.path.removeprefix(ROOT))
        elif self.server.bad:
            self.misbehave(name.removesuffix(".html"))
        else:
            self.say(404, b"")

    def index(self) -> str:
        """List all pages, and some links that no crawl may follow."""
        names = [f"good{n}" for n in range(self.server.good)] + (list(BAD) if self.server.bad else [])
        names += ["slow", "retry", "later"] if self.server.bad else []
        links = "<br>".join(f"<a href='{ROOT}{name}.html'>{name}</a>" for name in names)
        if self.server.odd:
            odd = ["工会.html", f"{GBK}1.html", f"{UTF8.lower()}1.html", "show.html?t=工会", f"show.html?t={UTF8}"]
            odd += [*HOPS, "hop3.html", "frames.html", *["ring1.html"] * self.server.rings]
            links += "<br>".join(f"<a href='{target}'>{target}</a>" for target in odd)
        return links + "<br><a href='/news/1.html'>x</a><a href='mailto:a@b.example'>y</a><a href='http://[x'>z</a>"

    def good(self, number: int) -> None:
        """Serve a page; every third one honours conditions, one changes with the version."""
        tag = f'"{number}-{self.server.version if number == 1 else 1}"'
        if self.headers.get("If-None-Match") == tag and number % 3 == 0:
            self.say(304, b"", {"ETag": tag})
            return
        text = f"第{number}篇，第{self.server.version if number == 1 else 1}版。（王刚）"
        if self.server.pictures:
            text += "<img src=/pic/own.gif><img src='../../pic/none.gif'><img src=http://counter.example/hit.gif>"
        self.say(200, page(f"条目{number}", text), {"ETag": tag} if number % 3 == 0 else {})

    def robots(self, hop: int) -> None:
        """Serve robots.txt, behind as many redirects as the site has."""
        if hop < self.server.hops:
            self.say(302, b"", {"Location": f"/robots{hop + 1}.txt"})
        elif self.server.robots is None:
            self.say(404, b"")
        else:
            self.say(200, self.server.robots, kind="text/plain")

    def odd(self, name: str) -> None:
        """Serve a good page that leads on in an odd way, or leads there."""
        refresh = b"<html><head><meta http-equiv=Refresh content=\"0;URL='refreshed.html'\"></head></html>"
        frames = (
            b"<html><frameset cols=20,*><frame name=a src=left.html><frame src=http://x.example/></frameset></html>"
        )
        leading = {
            f"{UTF8}.html": f"</td></tr></table><base href='{ROOT}deep/'><a href=1.html>一</a><table><tr><td>",
            "left.html": "<img usemap=#m><map name=m><area shape=rect href=area.html></map>",
            "area.html": "<iframe src=inline.html></iframe>",
        }
        if name in RINGS:
            to = f"ring{RINGS[name]}.html"
            if name == "ring2.html":
                self.say(200, f"<meta http-equiv=refresh content=0;url={to}>".encode())
            else:
                self.say(301, b"", {"Location": to})
        elif name in HOPS:
            self.say(302, b"", {"Location": HOPS[name].decode("latin-1")})
        elif name == "hop3.html":
            self.say(200, refresh)
        elif name == "frames.html":
            self.say(200, frames)
        else:
            self.say(200, page(f"条目{name}", f"{ROADS[name]}{leading.get(name, '')}。（王刚）"))

    def misbehave(self, name: str) -> None:
        """Do what the page's name says."""
        if name.isdigit():
            self.say(int(name), b"", {"Retry-After": "0"} if name == "429" else {})
        elif name == "never":
            select.select([self.connection], [], [], 30)  # until the other side gives up
        elif name == "slow":
            time.sleep(0.5)
            self.say(200, page("慢", "慢而有信。"))
        elif name in ("retry", "later"):
            if self.server.asked[f"{ROOT}{name}.html"] <= (2 if name == "later" else 1):
                self.say(503, b"", {"Retry-After": "1"})
            else:
                self.say(200, page("再", "再问即答。"))
        elif name == "half":
            self.say(200, page("半", "半篇。")[:150], {"Content-Length": "900"}, close=True)
        elif name == "wrong-length":
            self.say(200, page("长", "不足。"), {"Content-Length": "99999"}, close=True)
        elif name == "huge":
            self.huge()
        elif name == "login":
            self.say(200, b"<html><form>login<input name=user></form></html>")
        elif name == "bomb":
            self.say(200, gzip.compress(bytes(100 << 20)), {"Content-Encoding": "gzip"})
        elif name == "elsewhere":
            self.say(302, b"", {"Location": "http://other.example/1.html"})
        elif name == "home":
            self.say(302, b"", {"Location": "http://127.0.0.1:1/secret"})
        elif name.startswith("endless"):
            self.say(302, b"", {"Location": f"{ROOT}endless{int(name[7:] or 0) + 1}.html"})
        else:
            self.say(200, page("禁", "不应被问到。"))

    def huge(self) -> None:
        """Announce 2 GB and begin to send them."""
        self.status = 200
        self.send_response(200)
        self.send_header("Content-Length", str(2 << 30))
        self.end_headers()
        for _ in range(64):
            self.wfile.write(bytes(1 << 20))

    def say(
        self,
        status: int,
        body: bytes,
        more: dict[str, str] | None = None,
        *,
        kind: str = "text/html",
        close: bool = False,
    ) -> None:
        """Send an answer."""
        self.status = status
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body))} | (more or {})
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = close


def manifest_for(site: Site, folder: Path, **keys: object) -> Path:
    """Write a manifest that describes the site."""
    settings = {"contact": "mailto:test@a.example", "delay": 0.0, "allow_private": True} | keys
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    scope = f"{site.address}{ROOT}"
    site_keys = ['id = "local"', 'title = "本地"', 'publisher = "p"', 'licence = "l"', 'layout = "eastday-cms"']
    volume_keys = ['id = "L1"', "year = 2001", f'scope = ["{scope}"]', f'seeds = ["{scope}index.html"]']
    text = "\n".join(["[[site]]", *site_keys, *lines, "[[site.volume]]", *volume_keys])
    path = folder / "manifest.toml"
    path.write_text(text + "\n", "utf-8")
    return path


if __name__ == "__main__":
    with Site(int(sys.argv[1]), bad=len(sys.argv) > 2) as served:
        print(served.server_address[1], flush=True)
        threading.Thread(target=served.serve_forever, daemon=True).start()
        sys.stdin.read()
        print(json.dumps(served.asked), flush=True)
