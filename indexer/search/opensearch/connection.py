"""Asks the cluster: every call has a time limit, what may be repeated is, and what goes wrong becomes one of our errors.

This module and `indexer.search.opensearch.building.bulk` alone know opensearch-py.
"""

import json
import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from indexer.errors import ConfigError, IndexUnavailable, StaleIndex, told
from indexer.search.opensearch.settings import ClusterSettings

Body = Mapping[str, Any]
Answer = dict[str, Any]
Params = Mapping[str, str | int]
T = TypeVar("T")
Query = dict[str, Any]
"""A query as the cluster reads it."""

QUICK_S = 12.0
"""Seconds after which a reader's question is given up."""
LONG_S = 600.0
"""Seconds for a step of a build, such as merging segments."""
_CONNECTED = 20
"""Connections to each node that are kept open; as many threads may ask at once."""
_TRIES = {"cluster-unreachable": 4, "cluster-partial": 4, "cluster-busy": 2}
"""How often a question is put before it is given up, by what came of it: to other nodes, where there are some.  A cluster
that has too much to do is not asked much more."""
_AWAY_S = 2.0
"""Seconds for which a cluster that has not answered is taken to be away: readers are told so, and do not wait in vain."""
_LEAST_S = 0.5
"""Seconds that the last attempt has, however late it is."""
_PAUSE_S = 0.05
"""Seconds before the second attempt; each further pause is twice as long, give or take a half."""
_SHARE = 4
"""The first attempt has this part of the time: a node that says nothing must leave enough of it for another one."""
_TROUBLE = 500
"""From this status on, another node, or the same one a little later, may answer."""
_BUSY = 429
_LACKING = 404


class There(Exception):  # noqa: N818  (translated to our own errors by the callers)
    """Raised if an index that is to be made is in the cluster already."""


class Gone(Exception):  # noqa: N818  (translated to our own errors by the callers)
    """Raised if an index is not in the cluster."""


class Cluster:
    """A cluster, asked over HTTP; safe to share between threads."""

    def __init__(self, settings: ClusterSettings) -> None:
        """Prepare connections; none is made before the first question.

        Raises `ConfigError` if opensearch-py is not installed.
        """
        try:
            from opensearchpy import OpenSearch
        except ImportError as error:
            raise ConfigError("cluster-client-missing") from error
        # What goes wrong is told by our errors; the client would log it once more for each attempt.
        logging.getLogger("opensearch").setLevel(logging.ERROR)
        self.settings = settings
        self._away_until = 0.0
        """Until when questions are put once and briefly, since one was not answered just now (`time.monotonic`)."""
        self.address = " ".join(settings.urls)
        """For messages."""
        more: dict[str, Any] = {}
        if settings.user:
            more["http_auth"] = (settings.user, settings.password)
        if settings.ca:
            more["ca_certs"] = str(settings.ca)
        is_secure = any(urlsplit(url).scheme == "https" for url in settings.urls)
        # Repeating is ours (`ask`), with pauses; what nodes say of others (sniffing) may not be reachable from here.
        self.client = OpenSearch(
            list(settings.urls),
            verify_certs=is_secure,
            ssl_show_warn=False,
            pool_maxsize=_CONNECTED,
            max_retries=0,
            retry_on_timeout=False,
            timeout=QUICK_S,
            **more,
        )

    def ask(
        self,
        method: str,
        path: str,
        body: Body | str | None = None,
        *,
        params: Params = MappingProxyType({}),
        limit_s: float = QUICK_S,
    ) -> Answer:
        """Return the answer to a request, which is put again if it fails: whatever is asked may be asked twice.

        Raises `IndexUnavailable` if the cluster does not answer in time, is too busy or lacks a part of the index,
        `Gone` for what is not there, `StaleIndex` for what it does not understand.
        """
        return self._repeated(lambda waiting: self._once(method, path, body, params, waiting), limit_s)

    def create(self, index: str, body: Body) -> None:
        """Make an index of a name that nothing had before: if it is there, an attempt of which nothing was heard made it."""
        with suppress(There):
            self.ask("PUT", f"/{index}", body, limit_s=LONG_S)

    def search(self, index: str, body: Body, params: Params = MappingProxyType({}), limit_s: float = QUICK_S) -> Answer:
        """Return a search's answer, of all shards."""
        path, asked = f"/{index}/_search", {**_WHOLE, **params}
        return self._repeated(lambda waiting: self._whole(self._once("POST", path, body, asked, waiting)), limit_s)

    def searches(self, index: str, bodies: Sequence[Body], limit_s: float = QUICK_S) -> list[Answer]:
        """Return the answers to several searches in one go, each of all shards."""
        if not bodies:
            return []
        if len(bodies) == 1:
            return [self.search(index, bodies[0], limit_s=limit_s)]
        lines = "".join(f"{_HEAD}\n{json.dumps(body)}\n" for body in bodies)

        def asked(waiting: float) -> list[Answer]:
            found = self._once("POST", f"/{index}/_msearch", lines, {}, waiting)["responses"]
            return [self._whole(self._one(each)) for each in found]

        return self._repeated(asked, limit_s)

    def _repeated(self, ask: Callable[[float], T], limit_s: float) -> T:
        """Return what a question is answered with, which is put again if that may help; it is told how long it may take."""
        begun = time.monotonic()
        is_away = begun < self._away_until
        until = begun + (min(limit_s, _AWAY_S) if is_away else limit_s)
        for attempt in count(1):
            try:
                left = until - time.monotonic()
                found = ask(max(_LEAST_S, left if attempt > 1 else min(left, limit_s / _SHARE)))
            except IndexUnavailable as error:
                left = until - time.monotonic()
                if is_away or attempt >= _TRIES.get(error.code, 1) or left <= 0:
                    if error.code == "cluster-unreachable":
                        self._away_until = time.monotonic() + _AWAY_S
                    raise
                time.sleep(min(left, _PAUSE_S * 2**attempt * random.uniform(0.5, 1.5)))
            else:
                self._away_until = 0.0
                return found
        raise AssertionError("counting never ends")

    def _once(self, method: str, path: str, body: Body | str | None, params: Params, waiting: float) -> Answer:
        from opensearchpy.exceptions import OpenSearchException

        limited = {"request_timeout": waiting, **params}
        try:
            found = self.client.transport.perform_request(method, path, params=limited, body=body)
        except OpenSearchException as error:
            raise self._failure(error, path) from error
        return found if isinstance(found, dict) else {"answer": found}

    def _whole(self, answer: Answer) -> Answer:
        """Return an answer, unless it is not of all shards."""
        shards = answer.get("_shards", {})
        if answer.get("timed_out") or shards.get("failed") or shards.get("successful") != shards.get("total"):
            count = int(shards.get("total", 0))
            failed = count - int(shards.get("successful", 0))
            raise IndexUnavailable("cluster-partial", address=self.address, failed=failed, shards=count)
        return answer

    def _one(self, answer: Answer) -> Answer:
        """Return one of several answers; raise what went wrong with it."""
        if "error" in answer:
            raise _understood(int(answer.get("status", 500)), answer["error"], self.address)
        return answer

    def _failure(self, error: Exception, path: str) -> Exception:
        """Return what an error of the client means."""
        from opensearchpy.exceptions import ConnectionError as Unreached
        from opensearchpy.exceptions import ImproperlyConfigured, SerializationError, SSLError, TransportError

        if isinstance(error, ImproperlyConfigured | SerializationError):
            return StaleIndex("cluster-answer-odd", address=self.address, reason=told(error))
        if isinstance(error, SSLError):
            return IndexUnavailable("cluster-untrusted", address=self.address, reason=told(_cause(error)))
        if isinstance(error, Unreached):
            return IndexUnavailable("cluster-unreachable", address=self.address, reason=told(_cause(error)))
        if isinstance(error, TransportError):
            return _understood(int(error.status_code), error.info, self.address, path)
        return IndexUnavailable("cluster-unreachable", address=self.address, reason=told(error))

    def close(self) -> None:
        """Close all connections."""
        self.client.close()


_HEAD = json.dumps({"allow_partial_search_results": False})
_WHOLE: dict[str, str | int] = {"allow_partial_search_results": "false"}
"""An answer of some shards is refused by the cluster itself; `Cluster` looks, too."""


def _understood(status: int, said: object, address: str, path: str = "") -> Exception:
    """Return what a status and what is said with it mean."""
    kind, reason = _reason(said)
    if status == _LACKING and (
        "index_not_found" in kind or "aliases_not_found" in kind or path.startswith("/_alias/") or "/_doc/" in path
    ):
        return Gone(reason)
    if "resource_already_exists" in kind:
        return There(reason)
    if status == _BUSY or kind == "circuit_breaking_exception":
        return IndexUnavailable("cluster-busy", address=address, reason=reason)
    if status in (401, 403):
        return IndexUnavailable("cluster-refused", address=address, status=status)
    if "too_many_clauses" in kind or "too_many_nested_clauses" in kind or "maxClauseCount" in reason:
        return IndexUnavailable("cluster-too-many-clauses", address=address)
    if status >= _TROUBLE:
        return IndexUnavailable("cluster-unreachable", address=address, reason=reason or str(status))
    return StaleIndex("cluster-answer-odd", address=address, reason=f"{status} {kind}: {reason}"[:200])


def _reason(said: object) -> tuple[str, str]:
    """Return kind and reason of the innermost error that an answer tells."""
    error = said.get("error", said) if isinstance(said, dict) else said
    if not isinstance(error, dict):
        return "", told(ValueError(error)) if error else ""
    kind, reason = str(error.get("type", "")), error
    roots = error.get("root_cause")
    if isinstance(roots, list) and roots and isinstance(roots[0], dict):
        reason = roots[0]
        kind = f"{kind} {reason.get('type', '')}".strip()
    shards = error.get("failed_shards")
    if isinstance(shards, list) and shards:
        inner = shards[0].get("reason", {}) if isinstance(shards[0], dict) else {}
        while isinstance(inner.get("caused_by"), dict):
            inner = inner["caused_by"]
        kind = f"{kind} {inner.get('type', '')}".strip()
        reason = inner or reason
    return kind, told(ValueError(str(reason.get("reason", ""))))


def _cause(error: Exception) -> Exception:
    """Return the innermost cause that the client tells: its own message repeats it three times."""
    info = getattr(error, "info", None)
    return info if isinstance(info, Exception) else error
