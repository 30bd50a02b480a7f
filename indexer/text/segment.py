"""Cuts Chinese text into words with jieba's dictionary; the only module that knows jieba.

The Rust build (rjieba) is taken where it can be imported; a test holds that both give the same words.
"""

import logging
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

Cut = tuple[str, int, int]
"""A word with the half-open range of characters it covers."""


def cut_for_search(text: str) -> list[Cut]:
    """Cut `text` into words, each long word preceded by the shorter dictionary words inside it."""
    return _tokenizer()(text, "search")


def cut(text: str) -> list[Cut]:
    """Cut `text` into words that follow one another."""
    return _tokenizer()(text, "default")


@cache
def _tokenizer() -> Callable[[str, str], list[Cut]]:
    return _rust_tokenizer() or python_tokenizer()


def _rust_tokenizer() -> Callable[[str, str], list[Cut]] | None:
    try:
        import rjieba
    except ImportError:
        return None
    return lambda text, mode: [(word[0], word[1], word[2]) for word in rjieba.tokenize(text, mode)]


def python_tokenizer() -> Callable[[str, str], list[Cut]]:
    """Load jieba itself, with a dictionary cache of our own: its default one is shared by all users of /tmp."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources, which warns
        import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    folder = Path.home() / ".cache" / "nianjian-search"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(folder)
        tokenizer.cache_file = "jieba.cache"
    except OSError:
        tokenizer.tmp_dir = None  # no home to write to: the dictionary is read anew, 0.6 s
    return lambda text, mode: list(tokenizer.tokenize(text, mode=mode))
