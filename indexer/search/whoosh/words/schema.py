"""Defines the Whoosh schema and its tokenizer."""

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Token, Tokenizer
from whoosh.fields import STORED, TEXT, Schema

from indexer.text.analyzer import analyze

WORDS = "words"
"""The one indexed field: the words of all weighted fields, their weights in the postings."""


class EntryTokenizer(Tokenizer):  # type: ignore[misc]
    """Feeds the words of `indexer.text.analyzer` to Whoosh; it has no state, since Whoosh pickles its schema."""

    def __call__(self, value: str, mode: str = "", **_: Any) -> Iterator[Token]:
        """Yield one token object, filled anew for each word, as Whoosh's own tokenizers do."""
        token = Token(mode=mode)
        for word in analyze(value):
            token.text = word
            token.boost = 1.0
            yield token


def schema() -> Schema:
    """Return the schema: the field of words, and the whole entry stored as JSON."""
    return Schema(record=STORED(), **{WORDS: TEXT(analyzer=EntryTokenizer(), phrase=False)})
