"""Under which addresses the archive is reached, and that no stranger's `Host` becomes one."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from browser import Page
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from indexer.config import DataFolder
from indexer.errors import ConfigError
from search_app import create_app
from search_app.web.site import Site, read_site

ODD_PATHS = [
    "//",
    "//evil.example/..",
    "/entry//x",
    "/%2F/evil.example",
    "/\\evil.example",
    "/%5Cevil.example",
    "/static//x",
]
ODD_HOSTS = [
    "evil.example",
    "evil.example:80",
    "a b",
    "evil.example, x",
    "",
    "年.example",
    "[::1]:8000",
    "evil.example/x",
]
PUBLIC = "https://nianjian.example.org/archive/"
PAGES = [
    "/",
    "/?q=工会&year=2001",
    "/?q=没有这样的词",
    "/facet/author?q=工会",
    "/volume/S2003",
    "/volume/S2002/-",
    "/holdings",
]
PAGES += ["/page/20300101000000?url=http://nianjian.cangpu.example/node6000/node6001/node6104/userobject1ai610401.html"]
PAGES += ["/entry/S2001-611002-1?q=集体合同", "/author/苏雅琴", "/about", "/api/v1/search?q=工会", "/entry/none"]


@pytest.fixture
def make_app(sample: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Flask]:
    """Give a function that makes the app with these settings."""

    def make(public: str = "", hosts: str = "") -> Flask:
        monkeypatch.setenv("NIANJIAN_PUBLIC_URL", public)
        monkeypatch.setenv("NIANJIAN_HOSTS", hosts)
        return create_app(sample.root)

    return make


def ask(app: Flask, path: str, host: str) -> tuple[int, str, str]:
    """Give status, target and text of the answer to a request as written, which no client of Werkzeug would send."""
    environ = EnvironBuilder(
        headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    ).get_environ()
    environ |= {"PATH_INFO": path, "HTTP_HOST": host.encode().decode("latin-1")}
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    return int(status.split()[0]), headers.get("Location", ""), b"".join(body).decode()


@pytest.mark.parametrize("public", ["", PUBLIC])
def test_nothing_is_made_of_the_host_that_was_asked(make_app: Callable[..., Flask], public: str) -> None:
    """Nor of a path that begins like a host; every rule is asked with its slash, and with one too few or too many."""
    app = make_app(public)
    rules = {rule.rule.partition("<")[0] for rule in app.url_map.iter_rules()}
    paths = [*ODD_PATHS, *rules, *(each.rstrip("/") for each in rules), *(f"{each}/" for each in rules)]
    answers = {(path, host): ask(app, path, host) for path in paths for host in ODD_HOSTS}
    odd = {path.strip("/") for (path, _), answer in answers.items() if answer[0] not in (200, 404)}
    assert odd == {"api/v1/trend", "cite", "receipt", "receipt.csv"}, (
        "which want a search or an entry, and say so (400)"
    )
    shown = {key for key, (_, target, text) in answers.items() if target or (key[1] and key[1] in text)}
    assert {(path, host) for path, host in shown if not (host == "evil.example" and "evil" in path)} == set()


@pytest.mark.parametrize("arrives", ["", "/archive"], ids=["stripped by the proxy", "as asked"])
def test_links_hold_below_a_public_path(make_app: Callable[..., Flask], arrives: str) -> None:
    """Whether or not the proxy takes the path away; every link and form leads to a page of the archive."""
    client = make_app(PUBLIC).test_client()
    for page in PAGES:
        read = Page(client.get(arrives + page, follow_redirects=True).text)
        links = [*read.links, *(action for action, _ in read.forms)]
        assert [link for link in links if not link.startswith("/archive/")] == []
        for link in links[:40]:
            assert (link, client.get(arrives + link.removeprefix("/archive")).status_code) == (link, 200)
    assert client.get("/archive").status_code == 200
    assert client.get("/archives").status_code == 404


def test_public_address_is_the_base_of_whole_links(make_app: Callable[..., Flask]) -> None:
    """A page says its own address under whichever it was asked for; without a public one it names none."""
    client = make_app(PUBLIC).test_client()
    entry = client.get("/entry/S2001-611002-1?q=集体合同", headers={"Host": "evil.example"}).text
    assert f'<link rel="canonical" href="{PUBLIC}entry/S2001-611002-1">' in entry
    assert unquote(client.get("/author/?name=苏雅琴").text).count(f'rel="canonical" href="{PUBLIC}author/苏雅琴"') == 1
    assert "canonical" not in make_app().test_client().get("/entry/S2001-611002-1").text


def test_chinese_public_path_is_one_like_others(make_app: Callable[..., Flask]) -> None:
    """Links have it encoded; requests are known by it."""
    client = make_app("https://年鉴.example/年鉴").test_client()
    assert '<a class="brand" href="/%E5%B9%B4%E9%89%B4/">' in client.get("/年鉴/about").text


NAMED = "nj.example, *.b.example, 年鉴.example, ::1, 127.0.0.1"
HOSTS = {"nj.example": 200, "NJ.Example.:8000": 200, "x.nj.example": 421, "b.example": 421, "x.y.b.example": 200}
HOSTS |= {"xb.example": 421, "xn--hwtn17i.example": 200, "[::1]:8000": 200, "[0:0::1]": 200, "[::2]": 421}
HOSTS |= {"127.0.0.1:80": 200, "127.0.0.2": 421, "localhost": 421, "evil.example": 421, "nj.example@evil": 400}
HOSTS |= {"": 400, "a b": 400, "nj.example, evil.example": 400, "nj.example:x": 400}


@pytest.mark.parametrize(("host", "status"), HOSTS.items())
def test_only_hosts_of_the_settings_are_answered(make_app: Callable[..., Flask], host: str, status: int) -> None:
    """Other names are sent away with 421 and malformed ones with 400, on every path but the watchdog's."""
    app = make_app(hosts=NAMED)
    found = {path: ask(app, path, host)[0] for path in ("/about", "/static/style.css", "/no//page", "/healthz")}
    missing = 404 if status == 200 else status
    assert found == {"/about": status, "/static/style.css": status, "/no//page": missing, "/healthz": 200}


def test_refused_host_is_told_where_the_archive_is(make_app: Callable[..., Flask]) -> None:
    """A page for readers, a problem document for scripts."""
    client = make_app(PUBLIC, "nianjian.example.org").test_client()
    sent = {"Host": "evil.example"}
    assert f"本站的地址是 {PUBLIC}" in client.get("/", headers=sent).text
    problem = client.get("/api/v1/search?q=工会", headers=sent)
    assert (problem.status_code, problem.mimetype) == (421, "application/problem+json")
    assert problem.get_json()["detail"] == f"本站的地址是 {PUBLIC}"


@pytest.mark.parametrize(
    "public",
    [
        "example.org",
        "ftp://x/",
        "https://u:p@x/",
        "https://x/?q",
        "https://x/#",
        "https:x",
        "https://x//y",
        "http:///x",
        "https://x/entry/",
    ],
)
def test_odd_public_address_is_refused_at_start(make_app: Callable[..., Flask], public: str) -> None:
    """By name, also a path that the archive's own pages have."""
    with pytest.raises(ConfigError, match=r"\ANIANJIAN_PUBLIC_URL: .+\Z"):
        make_app(public)


@pytest.mark.parametrize("hosts", [",", "*", "a b", "http://x", "x/y", "a@b", "*.", "nj.example,*.*", "a;b", "a..b"])
def test_odd_hosts_are_refused_at_start(hosts: str) -> None:
    """By name; nothing is taken for a host by guessing."""
    with pytest.raises(ConfigError, match=r"\ANIANJIAN_HOSTS: .+\Z"):
        read_site({"NIANJIAN_HOSTS": hosts})


def test_settings_are_written_as_urls_have_them() -> None:
    """Case, default port, trailing dot, port of a host and Chinese names make no difference."""
    assert read_site({}) == Site("", "", frozenset())
    assert read_site({"NIANJIAN_PUBLIC_URL": "HTTPS://年鉴.Example:443/a/../B/"}) == Site(
        "https://xn--hwtn17i.example", "/B"
    )
    assert read_site({"NIANJIAN_HOSTS": "NJ.example.:80,,127.1, *.年鉴.example,[::1]:80"}).hosts == {
        "nj.example",
        "127.0.0.1",
        ".xn--hwtn17i.example",
        "[::1]",
    }


def test_public_host_that_werkzeug_dislikes_is_answered(make_app: Callable[..., Flask]) -> None:
    """Underscores are ordinary inside houses."""
    client = make_app("https://x_y.example/").test_client()
    assert client.get("/about", headers={"Host": "a.example"}).status_code == 200


def test_host_longer_than_any_is_refused_unread() -> None:
    """60,000 dots took half a second."""
    site = read_site({"NIANJIAN_HOSTS": "a.example"})
    assert site.refuses("." * 60_000, "/") == 400
