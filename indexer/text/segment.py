"""Cuts Chinese text into words with jieba's dictionary; the only module that knows jieba.

The Rust build (rjieba) is taken where it can be imported; a test holds that both give the same words.
"""

import logging
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from indexer.text.wordlists import lexicon


class Cutter(Protocol):
    """What both builds of jieba can do."""

    def cut(self, text: str) -> list[str]:
        """Cut `text` into words that follow one another."""

    def cut_for_search(self, text: str) -> list[str]:
        """Cut `text` into words, each long word preceded by the shorter dictionary words inside it."""


def cut(text: str) -> list[str]:
    """Cut `text` into words that follow one another."""
    return cutter().cut(_encodable(text))


def cut_for_search(text: str) -> list[str]:
    """Cut `text` into words, each long word preceded by the shorter dictionary words inside it."""
    return cutter().cut_for_search(_encodable(text))


def _encodable(text: str) -> str:
    """Put `?` in the place of lone surrogates, which a broken encoding leaves and UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


@cache
def cutter() -> Cutter:
    """Load the dictionary with the lexicon of the field, once a process; the Rust build where there is one."""
    try:
        import rjieba
    except ImportError:
        return PythonCutter.load()
    # The module's own tokenizer: importing it loads one, and a second takes as much time and memory again.
    for word in lexicon():
        if not rjieba.has_word(word):
            rjieba.add_word(word, rjieba.suggest_freq(word), "n")
    found: Cutter = rjieba
    return found


@dataclass(frozen=True, slots=True)
class PythonCutter:
    """The jieba package itself."""

    tokenizer: object

    @classmethod
    def load(cls) -> "PythonCutter":
        """Load jieba with a dictionary cache of our own: its default one is shared by all users of /tmp."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources, which warns
            import jieba

        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        try:
            folder = Path.home() / ".cache" / "nianjian-search"
            folder.mkdir(parents=True, exist_ok=True)
            tokenizer.tmp_dir = str(folder)
            tokenizer.cache_file = "jieba.cache"
            tokenizer.initialize()
        except (OSError, RuntimeError):
            # No home to write to: the dictionary is read anew, 0.6 s.  jieba itself would take what anybody has put
            # into the folder for temporary files.
            tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
            tokenizer.initialized = True
        for word in lexicon():
            if not tokenizer.FREQ.get(word):
                tokenizer.add_word(word)
        return cls(tokenizer)

    def cut(self, text: str) -> list[str]:
        """Cut as `Cutter` says."""
        return self.tokenizer.lcut(text)  # type: ignore[attr-defined, no-any-return]

    def cut_for_search(self, text: str) -> list[str]:
        """Cut as `Cutter` says."""
        return self.tokenizer.lcut_for_search(text)  # type: ignore[attr-defined, no-any-return]
