"""A manifest file's text and tables, in whatever encoding it is saved; knows no key."""

import codecs
import tomllib
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError, told
from indexer.files.plain import open_plain

_LONGEST = 16 << 20
"""Bytes of a file: a volume takes a few hundred."""


def bytes_of(path: Path) -> bytes:
    """Read a manifest file.  Raises `OSError`, also where something else lies there than a file."""
    with open_plain(path, follow=True) as file:
        return file.read(_LONGEST + 1)


def text_of(content: bytes, source: str) -> tuple[str, list[str]]:
    """Return a manifest's text, with Unix line ends, and what is to be said of how it is written.

    Raises `ConfigError` for what is no text.
    """
    if len(content) > _LONGEST:
        raise ConfigError("manifest-too-long", source=source, limit=_LONGEST >> 20)
    encoding, name = _encoding(content)
    try:
        text = content.decode(encoding)
        if "\0" in text and name != "UTF-8":
            raise UnicodeError
    except UnicodeError:
        if name == "GBK":
            raise ConfigError("manifest-not-utf8", source=source) from None
        raise ConfigError("manifest-not-text", source=source, encoding=name) from None
    notes = [f"manifest {source} is in {name}, and read so; save it as UTF-8"] if name != "UTF-8" else []
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), notes


def tables_of(text: str, source: str) -> dict[str, Any]:
    """Read a manifest's tables; raises `ConfigError` for a text that is no TOML."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError("manifest-too-deep", source=source) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("manifest-not-toml", source=source, reason=told(error)) from error
    except ValueError as error:
        raise ConfigError("manifest-number-too-long", source=source) from error


def _encoding(content: bytes) -> tuple[str, str]:
    """Return a text's encoding and its name; UTF-16 has a NUL beside each letter of TOML."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32", "UTF-32"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "UTF-16"
    if content.count(0) * 8 > len(content):
        is_big = content[::2].count(0) > content[1::2].count(0)
        return ("utf-16-be", "UTF-16BE") if is_big else ("utf-16-le", "UTF-16LE")
    try:
        content.decode()
    except UnicodeDecodeError:
        return "gb18030", "GBK"
    return "utf-8", "UTF-8"
