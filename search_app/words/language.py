"""Says sentences in the language of whoever reads them; the catalogues are gettext's.

A sentence stands in the code as one language has it, pages' in Chinese and the command line's in English, and is looked
up by that.  Catalogues are made by `python tests/languages/renew.py`.
"""

import gettext as standard
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from babel import Locale, UnknownLocaleError

SIMPLIFIED, TRADITIONAL, ENGLISH = "zh-Hans", "zh-Hant", "en"
LANGUAGES: Mapping[str, str] = {SIMPLIFIED: "中文（简体）", TRADITIONAL: "中文（繁體）", ENGLISH: "English"}
"""What a reader may choose, by BCP 47 tag, each in its own words."""
CATALOGUES = Path(__file__).with_name("catalogues")
DOMAIN = "nianjian"
"""Name of the catalogues, for `gettext`."""
_LONGEST = 35
"""Characters of the longest tag that anybody uses (RFC 5646)."""
_KEPT = 4096
"""Sentences whose translation is remembered: looking one up takes 2 µs, and an answer says a hundred."""
Code = TypeVar("Code", bound=Hashable)

_spoken: ContextVar[str] = ContextVar("language", default=SIMPLIFIED)


def speak(language: str) -> None:
    """Use a language, a key of `LANGUAGES`, for all that is said from now on in this thread or task."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language!r}")
    _spoken.set(language)


def spoken() -> str:
    """Return the language in use."""
    return _spoken.get()


def locale_of(language: str) -> str:
    """Return what Babel and the catalogues' folders call a language."""
    return language.replace("-", "_")


def gettext(message: str) -> str:
    """Return a sentence in the language in use; as it stands where no catalogue has it."""
    return _looked_up(_spoken.get(), message)


def ngettext(one: str, several: str, number: int) -> str:
    """Return a sentence about a number of things in the language in use; Chinese has one form, English two."""
    return _counted(_spoken.get(), one, several, number)


@lru_cache(_KEPT)
def _looked_up(language: str, message: str) -> str:
    return catalogue(language).gettext(message)


@lru_cache(_KEPT)
def _counted(language: str, one: str, several: str, number: int) -> str:
    return catalogue(language).ngettext(one, several, number)


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a sentence that is looked up later; return it as it stands."""
    return message


class Worded(Mapping[Code, str]):
    """Sentences by their codes, each given in the language in use; it is made of marked ones."""

    def __init__(self, sentences: Mapping[Code, str]) -> None:
        """Take the sentences as they stand in the code."""
        self._sentences = sentences

    def __getitem__(self, code: Code) -> str:
        """Return a sentence in the language in use."""
        return gettext(self._sentences[code])

    def __iter__(self) -> Iterator[Code]:
        """Iterate over the codes."""
        return iter(self._sentences)

    def __len__(self) -> int:
        """Return how many sentences there are."""
        return len(self._sentences)


@cache
def catalogue(language: str) -> standard.NullTranslations:
    """Return the catalogue of a language; one without sentences where there is none."""
    return standard.translation(DOMAIN, CATALOGUES, [locale_of(language)], fallback=True)


@lru_cache(1024)
def meant(tag: str) -> str:
    """Return the language that a tag means, such as `zh-TW` or `zh_CN.UTF-8`; empty if it is none of ours.

    >>> meant("zh-TW"), meant("zh_CN.UTF-8"), meant("en-GB"), meant("fr")
    ('zh-Hant', 'zh-Hans', 'en', '')
    """
    if len(tag) > _LONGEST:
        return ""
    name = tag.partition(".")[0].partition("@")[0].strip().replace("-", "_")
    try:
        locale = Locale.parse(name)
    except (ValueError, UnknownLocaleError):
        return ""
    if locale.language == "zh":
        return TRADITIONAL if locale.script == "Hant" else SIMPLIFIED
    return ENGLISH if locale.language == "en" else ""


def first_meant(tags: Iterable[str], default: str) -> str:
    """Return the first of the languages wanted, in order of preference, that is one of ours."""
    return next((language for tag in tags if (language := meant(tag))), default)
