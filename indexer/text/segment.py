"""Segments Chinese text into words with jieba's dictionary; the only module that uses jieba.

The Rust build (rjieba) is used if it can be imported; a test checks that both return the same words.
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
        """Split `text` into consecutive words."""

    def cut_for_search(self, text: str) -> list[str]:
        """Split `text` into words, each long word preceded by the shorter dictionary words inside it."""


def cut(text: str) -> list[str]:
    """Split `text` into consecutive words."""
    return cutter().cut(_encodable(text))


def cut_for_search(text: str) -> list[str]:
    """Split `text` into words, each long word preceded by the shorter dictionary words inside it."""
    return cutter().cut_for_search(_encodable(text))


def _encodable(text: str) -> str:
    """Replace lone surrogates, which come from broken encodings and cannot be written as UTF-8, by `?`."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


@cache
def cutter() -> Cutter:
    """Return the segmenter, loaded once per process with our lexicon; the Rust build if there is one."""
    try:
        import rjieba
    except ImportError:
        return PythonCutter.load()
    # Use the module's own tokenizer: importing loads one, and a second would take the same time and memory again.
    for word in lexicon():
        if not rjieba.has_word(word):
            rjieba.add_word(word, rjieba.suggest_freq(word), "n")
    found: Cutter = rjieba
    return found


@dataclass(frozen=True, slots=True)
class PythonCutter:
    """The segmenter of the Python package jieba."""

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
            # The home folder is not writable: parse the dictionary anew, which takes 0.6 s.  jieba itself would use
            # whatever anybody has put into the folder for temporary files.
            tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
            tokenizer.initialized = True
        for word in lexicon():
            if not tokenizer.FREQ.get(word):
                tokenizer.add_word(word)
        return cls(tokenizer)

    def cut(self, text: str) -> list[str]:
        """Split as `Cutter.cut` does."""
        return self.tokenizer.lcut(text)  # type: ignore[attr-defined, no-any-return]

    def cut_for_search(self, text: str) -> list[str]:
        """Split as `Cutter.cut_for_search` does."""
        return self.tokenizer.lcut_for_search(text)  # type: ignore[attr-defined, no-any-return]
