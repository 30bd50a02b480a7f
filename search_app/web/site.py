"""Where the archive is reached: its public address, and the hosts it answers for; knows no page and no Flask.

The `Host` header is what a stranger wrote: it may refuse a request, and nothing is ever made of it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from ada_url import URL

from indexer.errors import ConfigError

REFUSED = "nianjian.refused"
"""The key of the request's environment that holds the status code by which a host is refused."""
ALWAYS = ("/healthz",)
"""Paths answered whatever the host: load balancers ask for them by address."""
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\x00-\x20\x7f:/?#@\[\]\\,]+?)\.?(?::\d*)?")
"""A host in small letters, its trailing dot and port apart."""
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
"""A host as URLs have it that there may be: in the settings, `a;b` is a slip."""
_MAX_HOST = 253 + len(".:65535")
"""Characters of a host name, with its trailing dot and port."""
_ANY_HOST = "localhost"
"""What the app sees for a host: nothing is made of it, and Werkzeug refuses some that there are (`x_y.example`)."""
_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Site:
    """What the settings say of the archive's address; empty, it may be reached under any."""

    origin: str = ""
    """Scheme, host and port, as `https://nianjian.example.org`."""
    path: str = ""
    """What all paths begin with, percent-encoded; no slash at its end."""
    hosts: frozenset[str] = frozenset()
    """Host names answered, as URLs have them; `.example.org` stands for all below it.  None: every host is."""

    def link(self, path: str) -> str:
        """Give the relative link to one of the app's paths, which begins with a slash."""
        return self.path + path

    def absolute(self, path: str) -> str:
        """Give the whole address of one of the app's paths; without a public address, its relative link."""
        return self.origin + self.path + path

    def refuses(self, host: str, path: str) -> int:
        """Give the status code by which a request to a host is refused; 0: it is answered.

        421 says that this server does not speak for the host, and another may (RFC 9110, 15.5.20); 400, that no host
        is named at all.
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
        """Give a WSGI application the site's own address in place of the one a request names.

        A path with or without the site's own in front is the same: proxies strip it, or do not.
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

    Raises `ConfigError`, naming the setting, for what is no address or no host.
    """
    origin, path = _public(settings.get("NIANJIAN_PUBLIC_URL", "").strip())
    named = settings.get("NIANJIAN_HOSTS", "").strip()
    hosts = frozenset(_host(each.strip()) for each in named.split(",") if each.strip())
    if named and not hosts:
        raise ConfigError(f"NIANJIAN_HOSTS: {named!r} names no host; write names parted by commas")
    return Site(origin, path, hosts)


def _public(text: str) -> tuple[str, str]:
    """Part a public address into its origin and its path."""
    if not text:
        return "", ""
    fault = "is no address"
    with suppress(ValueError):
        url = URL(text)
        fault = _fault(text, url)
        if not fault:
            return url.origin, url.pathname.rstrip("/")
    raise ConfigError(f"NIANJIAN_PUBLIC_URL: {text!r} {fault}; write one like https://nianjian.example.org/archive/")


def _fault(text: str, url: URL) -> str:
    if not _WEB.match(text):
        return "is no address"
    if url.username or url.password:
        return "holds a name or password"
    if "?" in text or "#" in text:
        return "has a question mark or hash"
    return "has an empty step in its path" if "//" in url.pathname else ""


def _host(text: str) -> str:
    """Write a host of the settings as URLs have it, with a dot in front for all below it."""
    below = text.startswith("*.")
    name = text.removeprefix("*.")
    found = _HOST.fullmatch((f"[{name}]" if name.count(":") > 1 and not name.startswith("[") else name).lower())
    host = _as_in_urls(found[1]) if found else ""
    if not _NAME.fullmatch(host):
        raise ConfigError(f"NIANJIAN_HOSTS: {text!r} is no host; write one like nianjian.example.org or *.example.org")
    return f".{host}" if below else host


def _as_in_urls(host: str) -> str:
    """Write a host as URLs have it: in punycode, addresses in their short form; empty where it is none."""
    try:
        return URL(f"http://{host}/").hostname
    except ValueError:
        return ""
