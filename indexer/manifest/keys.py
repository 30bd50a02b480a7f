"""The keys of a manifest, as data: README's table is made of them, and whatever else stands there is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from indexer.errors import ConfigError, near_word
from indexer.manifest import kinds
from indexer.manifest.kinds import Kind, shown, value_of


@dataclass(frozen=True, slots=True)
class Key:
    """One key."""

    name: str
    of: str
    """`site`, `volume`, or `both`: a volume's own goes before its site's."""
    kind: Kind
    """What stands behind it."""
    meaning: str
    required: bool = False

    @property
    def form(self) -> str:
        """What stands behind it, in words."""
        return self.kind.form


KEYS = (
    Key("id", "site", kinds.ID, "short name of the site, unique", required=True),
    Key("title", "site", kinds.TEXT, "the yearbook's name", required=True),
    Key("publisher", "site", kinds.TEXT, "who published it", required=True),
    Key("licence", "site", kinds.TEXT, "under which terms its pages may be kept", required=True),
    Key("layout", "site", kinds.TEXT, "design of its pages, a row of `indexer/parse/layouts.py`", required=True),
    Key("volume", "site", kinds.TABLES, "its volumes, each begun with `[[site.volume]]`", required=True),
    Key("live", "site", kinds.BOOLEAN, "whether it can be crawled (true)"),
    Key("hosts", "site", kinds.HOSTS, "other spellings of its host; without a scheme for http and https"),
    Key("delay", "site", kinds.DELAY, "between two requests of a crawl (1, at least 1 unless allow_private)"),
    Key("timeout", "site", kinds.TIMEOUT, "that a crawl waits for an answer (60)"),
    Key("allow_private", "site", kinds.BOOLEAN, "whether it may lie in a private network (false)"),
    Key("sections", "site", kinds.FORMS, "canonical section name to the forms that volumes print"),
    Key("encoding", "site", kinds.ANY, "ignored: pages are read as what their bytes are"),
    Key("id", "volume", kinds.ID, "part of every entry's id, unique over all sites", required=True),
    Key("year", "volume", kinds.YEAR, "year in the volume's name; Chinese digits are understood", required=True),
    Key("scope", "volume", kinds.PREFIXES, "prefixes of its pages' URLs", required=True),
    Key("title", "volume", kinds.TEXT, "its name (the site's with the year)"),
    Key("covers_year", "volume", kinds.YEAR, "year whose events it records (the year before)"),
    Key("seeds", "volume", kinds.URLS, "where a crawl begins, and its tables of contents (its scope)"),
    Key("contact", "both", kinds.CONTACT, "who answers for a crawl of it"),
    Key("short", "both", kinds.TEXT, "the yearbook's name in a word, for citations and beside hits"),
    Key("editor", "both", kinds.TEXT, "who edited it"),
    Key("place", "both", kinds.TEXT, "where it was published"),
    Key("printed", "volume", kinds.YEAR, "year of the printed volume"),
    Key("isbn", "volume", kinds.TEXT, "of the printed volume"),
)
"""Every key that is known."""
IGNORED = frozenset({"encoding"})


class Place(NamedTuple):
    """Where a table stands, as messages name it."""

    source: str
    """The manifest."""
    site: str
    volume: str = ""
    """Empty for a site's own table."""

    def wrong(self, cause: ConfigError, key: str = "") -> ConfigError:
        """Return the error that says where something is wrong, and what: with the table, or with one key's value."""
        source, site, volume = self
        if key and volume:
            return ConfigError(
                "manifest-volume-value-wrong", source=source, site=site, volume=volume, key=key, cause=cause
            )
        if key:
            return ConfigError("manifest-site-value-wrong", source=source, site=site, key=key, cause=cause)
        if volume:
            return ConfigError("manifest-volume-wrong", source=source, site=site, volume=volume, cause=cause)
        return ConfigError("manifest-site-wrong", source=source, site=site, cause=cause)


def values(table: Mapping[str, object], of: str, place: Place) -> dict[str, Any]:
    """Read a table's values, each as its key's kind; those that are not there have no key.

    Raises `ConfigError` for a key that is none, with the nearest that is one, for one that is missing, and for a value
    that is not of its key's kind.
    """
    known = {key.name: key for key in KEYS if key.of in (of, "both")}
    try:
        _check_keys(table, known)
    except ConfigError as error:
        raise place.wrong(error) from error
    found = {}
    for name, value in table.items():
        try:
            found[name] = value_of(known[name].kind, value)
        except ConfigError as error:
            raise place.wrong(error, name) from error
    return found


def _check_keys(table: Mapping[str, object], known: Mapping[str, Key]) -> None:
    for name in table:
        if name not in known:
            near = near_word(name, known)
            if near:
                raise ConfigError("key-unknown-nearest", key=shown(name), nearest=near)
            raise ConfigError("key-unknown", key=shown(name), known=", ".join(known))
    if missing := [name for name, key in known.items() if key.required and name not in table]:
        raise ConfigError("key-missing", key=missing[0])
