"""Lists the keys of a manifest as data; README's table is made from it, and any other key is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.errors import do_you_mean


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a manifest."""

    name: str
    of: str
    """`site`, `volume`, or `both`, in which case a volume's own value takes precedence over its site's."""
    form: str
    """The kind of value it takes."""
    meaning: str
    required: bool = False


KEYS = (
    Key("id", "site", "text", "short name of the site, unique", required=True),
    Key("title", "site", "text", "the yearbook's name", required=True),
    Key("publisher", "site", "text", "who published it", required=True),
    Key("licence", "site", "text", "under which terms its pages may be kept", required=True),
    Key("layout", "site", "text", "design of its pages, a row of `indexer/parse/layouts.py`", required=True),
    Key("volume", "site", "tables", "its volumes, each begun with `[[site.volume]]`", required=True),
    Key("live", "site", "true or false", "whether it can be crawled (true)"),
    Key("hosts", "site", "list of hosts", "other spellings of its host; without a scheme for http and https"),
    Key("delay", "site", "seconds", "between two requests of a crawl (1, at least 1 unless allow_private)"),
    Key("timeout", "site", "seconds", "that a crawl waits for an answer (60)"),
    Key("allow_private", "site", "true or false", "whether it may lie in a private network (false)"),
    Key("sections", "site", "table of lists", "canonical section name to the forms that volumes print"),
    Key("encoding", "site", "text", "ignored: pages are read as what their bytes are"),
    Key("id", "volume", "text", "part of every entry's id, unique over all sites", required=True),
    Key("year", "volume", "year", "year in the volume's name; Chinese digits are understood", required=True),
    Key("scope", "volume", "URL or list of them", "prefixes of its pages' URLs", required=True),
    Key("title", "volume", "text", "its name (the site's with the year)"),
    Key("covers_year", "volume", "year", "year whose events it records (the year before)"),
    Key("seeds", "volume", "URL or list of them", "where a crawl begins, and its tables of contents (its scope)"),
    Key("contact", "both", "mail address or URL", "who answers for a crawl of it"),
    Key("short", "both", "text", "the yearbook's name in a word, for citations"),
    Key("editor", "both", "text", "who edited it"),
    Key("place", "both", "text", "where it was published"),
    Key("printed", "volume", "year", "year of the printed volume"),
    Key("isbn", "volume", "text", "of the printed volume"),
)
"""Every known key."""
IGNORED = frozenset({"encoding"})


def known(of: str) -> tuple[str, ...]:
    """Return the names of the keys of a `site` or `volume` table."""
    return tuple(key.name for key in KEYS if key.of in (of, "both"))


def check(table: Mapping[str, object], of: str, where: str) -> None:
    """Raise `ValueError` for an unknown key, naming the nearest known one; `where` begins the message."""
    for name in table:
        if name not in known(of):
            hint = do_you_mean(name, known(of)) or f"; there is {', '.join(known(of))}"
            raise ValueError(f"{where}unknown key {name!r}{hint}")


def missing(table: Mapping[str, object], of: str) -> Iterable[str]:
    """Return the names of the required keys that are missing."""
    return (key.name for key in KEYS if key.required and key.of == of and key.name not in table)
