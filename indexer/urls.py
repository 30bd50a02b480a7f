"""Decides when two URLs mean the same page.

URLs are parsed as browsers do (WHATWG URL, by ada-url).  What a browser leaves as written, though it means the same, is
written one way: fragment, trailing dot of a host, empty query, hexadecimal digits, percent-encoded letters.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

import ada_url

from indexer.model import Volume

_ENCODED = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_DOTTED_HOST = re.compile(r"^(\w+://[^/?#:\[\]]*[^/?#:\[\].])\.+(?=[:/?#]|$)")
_PLAIN = re.compile(r"https?://(?!xn--|[^/]*\.xn--)(?:[a-z0-9-]+\.)+[a-z]+(?:/[\w-]+(?:\.[\w-]+)*)+/?", re.ASCII)
"""URLs that are canonical as they are, which nearly all of an archive's are."""
_MAX_URL = 1 << 14
"""Longest URL in characters; servers accept half of that, and a record's header must hold it beside everything else."""
_STRIPPED = "".join(map(chr, range(0x21)))
"""Control characters and space, which browsers strip from the ends of a URL."""
_ORIGIN = re.compile(r"\w+://[^/]*")


def canonical(url: str, base: str = "", encoding: str = "utf-8") -> str:
    """Return the one spelling that all URLs of the same page share; empty if the URL is not of a page on the web.

    `url` may be relative to `base`.  Characters beyond ASCII become UTF-8 in the path and `encoding` (that of the page
    containing the URL) in the query, as browsers send them.
    """
    if _is_plain(url):
        return url
    whole = _resolved(url, base, encoding) if url.strip(_STRIPPED) else ""
    if not whole.startswith(("http://", "https://")):
        return ""
    host = whole.split("/", 3)[2]
    return "" if not host or "@" in host else whole


def page_key(url: str) -> str:
    """Return the one spelling of a URL of any scheme; text that is not a URL is returned unchanged."""
    return canonical(url) or _resolved(url, "", "utf-8") or url


def is_url(text: str) -> bool:
    """Return whether a text is a whole URL, of any scheme, and not too long."""
    return bool(_is_plain(text) or _resolved(text, "", "utf-8"))


def volume_of(url: str, volumes: Iterable[Volume]) -> Volume | None:
    """Return the volume whose scope contains a page's canonical URL, or None."""
    return next((volume for volume in volumes if url.startswith(volume.scope)), None)


def same_host(url: str, other: str) -> bool:
    """Return whether two canonical URLs have the same host, whatever their schemes."""
    return url.split("/", 3)[2:3] == other.split("/", 3)[2:3]


class Spellings:
    """Knows which spellings of a host mean the same host, according to the manifest's `hosts`.

    A page has one URL here: the one under the host with which its volume's scope is written.
    """

    def __init__(self, volumes: Iterable[Volume] = ()) -> None:
        """Read the volumes' hosts; each stands for the origin of its volume's first scope."""
        self._main: dict[str, str] = {}
        self._others: dict[str, list[str]] = {}
        spelt = {(_origin(volume.scope[0]), volume.hosts) for volume in volumes if volume.hosts}
        for main, hosts in sorted(spelt):
            for origin in _origins(hosts):
                if origin != main and origin not in self._main:
                    self._main[origin] = main
                    self._others.setdefault(main, []).append(origin)

    def page(self, url: str, base: str = "", encoding: str = "utf-8") -> str:
        """Return the URL of the page that `url` means; empty if it does not mean one on the web."""
        return self._moved(canonical(url, base, encoding))

    def key(self, url: str) -> str:
        """Return the URL of the page that a capture is of, whatever its scheme."""
        return self._moved(page_key(url))

    def under_main(self, page: str) -> str:
        """Return the URL of a page whose spelling is right but for its host; the same as `key`, and faster."""
        return self._moved(page)

    def all(self, page: str) -> tuple[str, ...]:
        """Return every spelling under which a page may have been captured, its own first."""
        origin = _origin(page)
        return (page, *(other + page[len(origin) :] for other in self._others.get(origin, ())))

    def _moved(self, url: str) -> str:
        if not self._main:
            return url
        origin = _origin(url)
        main = self._main.get(origin)
        return main + url[len(origin) :] if main else url


def odd_host(hosts: Iterable[str]) -> str:
    """Return the first spelling that is not a host; empty if all are."""
    return next((host for host in hosts if not all(_origins((host,)))), "")


def _resolved(url: str, base: str, encoding: str) -> str:
    if encoding != "utf-8" and _FOREIGN.search(url):
        url = _encode_query(url, encoding)
    try:
        whole = ada_url.join_url(base, url) if base else ada_url.URL(url).href
    except (ValueError, UnicodeError):
        return ""
    whole = _DOTTED_HOST.sub(r"\1", whole.partition("#")[0])
    return _ENCODED.sub(_one_way, whole.removesuffix("?")) if len(whole) <= _MAX_URL else ""


def _is_plain(url: str) -> bool:
    return len(url) <= _MAX_URL and bool(_PLAIN.fullmatch(url))


def _one_way(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else found[0].upper()


def _encode_query(url: str, encoding: str) -> str:
    """Encode characters beyond ASCII in a query in the page's encoding; those it lacks are written as browsers do."""
    before, mark, after = url.partition("?")
    query, hashed, fragment = after.partition("#")
    if not mark or "#" in before:
        return url
    if encoding == "gb18030":  # browsers treat GB2312 as GBK, which has € in one byte and no four-byte characters
        encoding, query = "gbk", query.replace("€", "%80")
    sent = _FOREIGN.sub(lambda found: quote(found[0].encode(encoding, "xmlcharrefreplace")), query)
    return before + mark + sent + hashed + fragment


def _origin(url: str) -> str:
    found = _ORIGIN.match(url)
    return found[0] if found else ""


def _origins(hosts: Iterable[str]) -> Iterable[str]:
    """Yield the origins that the manifest's spellings mean; a host without a scheme means both http and https."""
    for host in hosts:
        for scheme in ("",) if "://" in host else ("http://", "https://"):
            yield _origin(canonical(scheme + host))
