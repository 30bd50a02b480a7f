"""Finds the language that somebody at a terminal wants, and has this process speak it, click's own words included."""

import gettext
import os
from collections.abc import Mapping

from indexer.errors import ConfigError
from search_app.words.language import CATALOGUES, DOMAIN, ENGLISH, locale_of, meant, speak

VARIABLE = "NIANJIAN_LANG"
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""What systems call a language by; the first that is set counts."""


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that environment variables ask for; English where they ask for none of ours.

    Raises `ConfigError` for a `NIANJIAN_LANG` that is none, which somebody has written for this program alone.

    >>> language_of({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh-Hant', 'en')
    """
    if chosen := environment.get(VARIABLE, ""):
        if language := meant(chosen):
            return language
        raise ConfigError("language-unknown", found=chosen)
    said = next((environment[name] for name in _LOCALES if environment.get(name)), "")
    return meant(said) or ENGLISH


def speak_as_chosen() -> None:
    """Speak the language that this process's environment asks for.

    Click looks its words up by the standard library's `gettext`, whose language is a variable, too.
    """
    speak(ENGLISH)  # in which a wrong choice is reported
    language = language_of(os.environ)
    speak(language)
    os.environ["LANGUAGE"] = locale_of(language)
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
