"""All spellings of a page's URL are one; different pages stay different."""

import string
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import ConfigError
from indexer.manifest import Manifest, load_manifest
from indexer.urls import Spellings, canonical, is_url, page_key

BASE = "http://h.example/d/b.html"


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("a.html#x", "http://h.example/d/a.html"),
        ("/A.html?q=1", "http://h.example/A.html?q=1"),
        ("HTTP://H.Example", "http://h.example/"),
        ("//o.example/x", "http://o.example/x"),
        ("http://H.example.:80/a/./c/../x", "http://h.example/a/x"),
        ("https://h.example:443/x?", "https://h.example/x"),
        ("http://h.example:8080/x", "http://h.example:8080/x"),
        ("%e5%b7%a5.html", "http://h.example/d/%E5%B7%A5.html"),
        ("工会 1.html", "http://h.example/d/%E5%B7%A5%E4%BC%9A%201.html"),
        ("show.asp?k=工", "http://h.example/d/show.asp?k=%B9%A4"),
        ("show.asp?k=☃", "http://h.example/d/show.asp?k=%26%239731%3B"),
        ("%7Ea/%41.html", "http://h.example/d/~a/A.html"),
        ("a%2fb?c=d%26e", "http://h.example/d/a%2Fb?c=d%26e"),
        (" x\t.ht\nml ", "http://h.example/d/x.html"),
        ("..\\x.html", "http://h.example/x.html"),
        ("http://例.example/", "http://xn--fsq.example/"),
        ("mailto:a@b.example", ""),
        ("javascript:x()", ""),
        ("ftp://h.example/x", ""),
        ("http://u:p@h.example/", ""),
        ("http://[x", ""),
    ],
)
def test_urls_have_one_form(target: str, url: str) -> None:
    """As browsers send them from a GBK page; what is no page on the web is empty."""
    assert canonical(target, BASE, "gb18030") == url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://h.example/x?a=1&b=2", "http://h.example/x?b=2&a=1"),
        ("http://h.example/x", "http://h.example/x/"),
        ("http://h.example/x", "http://h.example/X"),
        ("http://h.example/a%2Fb", "http://h.example/a/b"),
        ("http://h.example/x?q=a+b", "http://h.example/x?q=a%20b"),
        ("http://h.example/x", "https://h.example/x"),
        ("http://h.example/x", "http://www.h.example/x"),
        ("http://h.example/%25%37", "http://h.example/%7"),
        ("http://h.example/%C4%EA", "http://h.example/年"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    """Nothing is decoded or left out that may change what is meant."""
    assert canonical(one) != canonical(other)


SEGMENTS = st.lists(
    st.text(st.sampled_from(string.ascii_letters + "年鉴工会 _-~.()+%"), min_size=1, max_size=6), max_size=4
)


@settings(print_blob=True)
@given(st.text(max_size=60), st.sampled_from(("", BASE)), st.sampled_from(("utf-8", "gb18030")))
def test_canonical_form_is_its_own(text: str, base: str, encoding: str) -> None:
    """Whatever was written, writing it again changes nothing, and the key of a page is the same."""
    for url in (canonical(text, base, encoding), page_key(text)):
        if url:
            assert page_key(url) == url
            assert not is_url(url) or canonical(url, BASE) in ("", url)
            assert is_url(url) or url == text


@settings(print_blob=True)
@given(SEGMENTS, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_spellings_of_a_url_are_one_page(parts: list[str], upper: bool, port: bool, dot: bool, encoded: bool) -> None:
    """Host case, default port, trailing dot, fragment and percent-encoding make no other page."""
    parts = [part.replace("%", "") for part in parts if part.strip(". %")]
    host = ("H.EXAMPLE" if upper else "h.example") + ("." if dot else "") + (":80" if port else "")
    path = "/".join(quote(part, safe="()+") if encoded else part for part in parts)
    plain = canonical("http://h.example/" + "/".join(quote(part, safe="()+") for part in parts))
    spelt = f"http://{host}/{path}#f"
    assert canonical(spelt) == plain


def test_hosts_of_the_manifest_are_one_host(manifest: Manifest) -> None:
    """With a scheme, or without for both; the scope's host is the page's."""
    volume = replace(manifest.volumes[0], hosts=("www.shzgh.example", "https://gov.eastday.com", "old.example:8080"))
    spellings = Spellings([volume])
    page = volume.scope[0] + "index.html"
    path = page.removeprefix("http://gov.eastday.com")
    for origin in (
        "https://WWW.shzgh.example.",
        "http://www.shzgh.example",
        "https://gov.eastday.com:443",
        "http://old.example:8080",
    ):
        assert spellings.page(origin + path + "#top") == page
    assert spellings.page("http://shzgh.example" + path) == "http://shzgh.example" + path
    assert set(map(spellings.key, spellings.all(page))) == {page}
    assert len(spellings.all(page)) == 6


@pytest.mark.parametrize(
    ("hosts", "said"),
    [('["no host at all"]', "is no host"), ('"www.example.org"', "a list"), ('["ftp://x.example"]', "is no host")],
)
def test_hosts_that_are_none_are_named(tmp_path, root, hosts: str, said: str) -> None:  # type: ignore[no-untyped-def]
    """With what to write instead."""
    text = (root / "corpus" / "sample.toml").read_text("utf-8")
    (tmp_path / "m.toml").write_text(text.replace('id = "sample"\n', f'id = "sample"\nhosts = {hosts}\n', 1), "utf-8")
    with pytest.raises(ConfigError, match=said):
        load_manifest(tmp_path / "m.toml")
