"""The kinds of values that a manifest's keys have: how each is read, and what is said of a value that is none."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indexer.errors import ConfigError, told
from indexer.urls import canonical, odd_host

MAX_ID = 64
"""Characters of an id: it begins the id of every entry of its volume."""
_ID = re.compile(rf"\w[\w.~@-]{{0,{MAX_ID - 1}}}")
_MOST = 2000
"""Characters of a text."""
_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories of what no line of text holds."""
_HAN = {char: str(number % 10) for number, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零O", "0")
_DIGITS = re.compile(r"\d{4}")
_MAIL = re.compile(r"(?:mailto:)?[^\s@:/<>]+@[^\s@:/<>]+")
_DAY = 86_400
_LAST = 9999
"""The last year that is one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of values."""

    form: str
    """What README's table says of it."""
    refused: Callable[[str], ConfigError]
    """Returns the error for a value that is none, which is given as messages show it."""
    read: Callable[[object], object]
    """Returns the value as the program has it.  Raises `ValueError` for what is none, or a `ConfigError` of its own if
    `refused` does not say enough."""


def value_of(kind: Kind, value: object) -> object:
    """Read a value; raises `ConfigError` saying what is wrong with it."""
    try:
        return kind.read(value)
    except ValueError:
        raise kind.refused(shown(value)) from None


def shown(value: object) -> str:
    """Write a value as a message shows it: in one line, and not endless."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        text = told(ValueError(repr(value)))
    except (ValueError, RecursionError):  # a number of thousands of digits
        return "what stands there"
    return text if len(text) <= 80 else f"{text[:79]}…"


def _text(value: object) -> str:
    if not is_text(value):
        raise ValueError
    return str(value)


def is_text(value: object) -> bool:
    """Return whether a value is a text: one line that is not empty, and has nothing that a terminal obeys."""
    return (
        isinstance(value, str)
        and bool(value.strip())
        and len(value) <= _MOST
        and not any(unicodedata.category(char) in _NO_TEXT for char in value)
    )


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError
    return value


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _year(value: object) -> int:
    """Read a year: a number, or four digits of any width or in Chinese, as text."""
    written = value
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", "".join(value.split())).removesuffix("年")
        digits = "".join(_HAN.get(char, char) for char in text)
        if not _DIGITS.fullmatch(digits):
            raise ValueError
        value = int(digits)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    if not 1 <= value <= _LAST:
        raise ConfigError("value-year-out-of-range", value=shown(written), limit=_LAST)
    return value


def _seconds(least: float) -> Callable[[object], float]:
    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= _DAY:
            raise ValueError
        return float(value)

    return read


def _strings(value: object) -> tuple[str, ...]:
    """Read a list of texts, of which there is one at least."""
    if not isinstance(value, list | tuple) or not value or not all(map(is_text, value)):
        raise ValueError
    return tuple(value)


def _urls(value: object) -> tuple[str, ...]:
    urls = _strings([value] if isinstance(value, str) else value)
    if odd := [url for url in urls if not canonical(url)]:
        raise ConfigError("value-url-not-whole", value=shown(value), found=shown(odd[0]))
    return urls


def _prefixes(value: object) -> tuple[str, ...]:
    """Read URL prefixes as the URLs that begin with them are written."""
    return tuple(canonical(url) + ("?" if url.endswith("?") else "") for url in _urls(value))


def _hosts(value: object) -> tuple[str, ...]:
    hosts = () if value == [] else _strings(value)
    if odd := odd_host(hosts):
        raise ConfigError("value-host-odd", value=shown(value), found=odd)
    return hosts


def _contact(value: object) -> str:
    text = _text(value)
    if not (canonical(text) or _MAIL.fullmatch(text)):
        raise ValueError
    return text


def _forms(value: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not all(map(is_text, value)):
        raise ValueError
    return {name: _strings([forms] if isinstance(forms, str) else forms) for name, forms in value.items()}


def _tables(value: object) -> tuple[Mapping[str, object], ...]:
    if isinstance(value, dict):
        raise ConfigError("value-one-table", value=shown(value))
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        raise ValueError
    return tuple(value)


TEXT = Kind("text", lambda value: ConfigError("value-no-text", value=value), _text)
ID = Kind("letters, digits, -_.~@", lambda value: ConfigError("value-no-id", value=value, limit=MAX_ID), _id)
BOOLEAN = Kind("true or false", lambda value: ConfigError("value-no-boolean", value=value), _boolean)
YEAR = Kind("year", lambda value: ConfigError("value-no-year", value=value), _year)
DELAY = Kind("seconds", lambda value: ConfigError("value-no-delay", value=value, limit=_DAY), _seconds(0))
TIMEOUT = Kind("seconds", lambda value: ConfigError("value-no-timeout", value=value, limit=_DAY), _seconds(0.1))
URLS = Kind("URL or list of them", lambda value: ConfigError("value-no-urls", value=value), _urls)
PREFIXES = Kind(URLS.form, URLS.refused, _prefixes)
HOSTS = Kind("list of hosts", lambda value: ConfigError("value-no-hosts", value=value), _hosts)
CONTACT = Kind("mail address or URL", lambda value: ConfigError("value-no-contact", value=value), _contact)
FORMS = Kind("table of lists", lambda value: ConfigError("value-no-forms", value=value), _forms)
TABLES = Kind("tables", lambda value: ConfigError("value-no-tables", value=value), _tables)
ANY = Kind("text", TEXT.refused, lambda value: value)
"""Of a key that is ignored."""
