"""Determines where the archive is reached: its public address, and the hosts for which it answers.

The `Host` header is written by a stranger: it may refuse a request, and is used for nothing else.  Independent of
Flask.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from ada_url import URL

from indexer.errors import ConfigError

REFUSED = "nianjian.refused"
"""Key in a request's environment for the status code with which its host is refused."""
ALWAYS = ("/healthz", "/readyz", "/metrics")
"""Paths that are answered whatever the host, because load balancers and monitors ask for them by IP address."""
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\x00-\x20\x7f:/?#@\[\]\\,]+?)\.?(?::\d*)?")
"""A host in lower case, with its trailing dot and port left out of the group."""
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
"""A host as URLs write it that can exist; anything else in the settings, such as `a;b`, is a mistake."""
_MAX_HOST = 253 + len(".:65535")
"""Longest host name in characters, with its trailing dot and port."""
_ANY_HOST = "localhost"
"""The host that the app sees: it is not used for anything, and Werkzeug refuses some existing ones (`x_y.example`)."""
_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Site:
    """The archive's address according to the settings; if empty, it may be reached under any."""

    origin: str = ""
    """Scheme, host and port, such as `https://nianjian.example.org`."""
    path: str = ""
    """What all paths begin with, percent-encoded, without a slash at its end."""
    hosts: frozenset[str] = frozenset()
    """Host names that are answered, as URLs write them; `.example.org` stands for all below it.  If empty, every host
    is."""

    @property
    def root(self) -> str:
        """What the archive's public addresses begin with; empty without a public address."""
        return self.origin and self.origin + self.path

    def link(self, path: str) -> str:
        """Return the relative link to one of the app's paths, which begins with a slash."""
        return self.path + path

    def absolute(self, path: str) -> str:
        """Return the whole address of one of the app's paths; without a public address, the relative link."""
        return self.origin + self.path + path

    def refuses(self, host: str, path: str) -> int:
        """Return the status code with which a request to a host is refused; 0 if it is answered.

        421 means that this server does not speak for the host, but another may (RFC 9110, 15.5.20); 400 that no valid
        host is named.
        """
        if not self.hosts or path in ALWAYS or host in self.hosts:
            return 0
        found = _HOST.fullmatch(host.lower()) if len(host) <= _MAX_HOST else None
        if not found:
            return 400
        name = found[1] if found[1] in self.hosts else _as_in_urls(found[1])
        above = (name[at:] for at, char in enumerate(name) if char == ".")
        return 0 if name in self.hosts or any(each in self.hosts for each in above) else 421

    def seen(self, application: Application) -> Application:
        """Wrap a WSGI application so that it sees the site's own address instead of the one a request names.

        Paths with and without the site's own path in front mean the same, since some proxies strip it.
        """
        scheme = self.origin.partition("://")[0] or "http"
        mounted = unquote_to_bytes(self.path).decode("latin-1")

        def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
            path = environ.get("PATH_INFO", "")
            if mounted and (path + "/").startswith(mounted + "/"):
                path = path[len(mounted) :] or "/"
            if self.hosts:
                environ[REFUSED] = self.refuses(environ.get("HTTP_HOST", ""), path)
            environ["wsgi.url_scheme"] = scheme
            environ["HTTP_HOST"] = _ANY_HOST
            environ["SCRIPT_NAME"] = mounted
            environ["PATH_INFO"] = path
            return application(environ, start_response)

        return answer


def read_site(settings: Mapping[str, str]) -> Site:
    """Read `NIANJIAN_PUBLIC_URL` and `NIANJIAN_HOSTS`.

    Raises `ConfigError`, naming the setting, for what is not an address or a host.
    """
    origin, path = _public(settings.get("NIANJIAN_PUBLIC_URL", "").strip())
    named = settings.get("NIANJIAN_HOSTS", "").strip()
    hosts = frozenset(_host(each.strip()) for each in named.split(",") if each.strip())
    if named and not hosts:
        raise ConfigError("hosts-none", found=named)
    return Site(origin, path, hosts)


def _public(text: str) -> tuple[str, str]:
    """Split a public address into its origin and its path."""
    if not text:
        return "", ""
    try:
        url = URL(text)
    except ValueError as error:
        raise ConfigError("public-url-no-address", url=text) from error
    if not _WEB.match(text):
        raise ConfigError("public-url-no-address", url=text)
    if url.username or url.password:
        raise ConfigError("public-url-with-login", url=text)
    if "?" in text or "#" in text:
        raise ConfigError("public-url-with-query", url=text)
    if "//" in url.pathname:
        raise ConfigError("public-url-empty-step", url=text)
    return url.origin, url.pathname.rstrip("/")


def _host(text: str) -> str:
    """Return a host from the settings as URLs write it, with a leading dot if it stands for all below it."""
    below = text.startswith("*.")
    name = text.removeprefix("*.")
    found = _HOST.fullmatch((f"[{name}]" if name.count(":") > 1 and not name.startswith("[") else name).lower())
    host = _as_in_urls(found[1]) if found else ""
    if not _NAME.fullmatch(host):
        raise ConfigError("host-odd", host=text)
    return f".{host}" if below else host


def _as_in_urls(host: str) -> str:
    """Return a host as URLs write it: in punycode, addresses in their short form; empty if it is not a host."""
    try:
        return URL(f"http://{host}/").hostname
    except ValueError:
        return ""
