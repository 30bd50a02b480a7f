"""The Whoosh schema and what it is made of; knows no query."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from whoosh.analysis import Token, Tokenizer
from whoosh.fields import ID, STORED, TEXT, Schema

from indexer.search.fields import WEIGHTS
from indexer.text.analyzer import VERSION, analyze

_LAYOUT = "schema-1"
"""Change it when the stored fields or the meaning of an indexed one change."""


class EntryTokenizer(Tokenizer):  # type: ignore[misc]
    """Feeds the tokens of `indexer.text.analyzer` to Whoosh; without state, since Whoosh pickles its schema."""

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, mode: str = "", **_: Any
    ) -> Iterator[Token]:
        """Give Whoosh's token, filled anew for each word, as Whoosh's own tokenizers do."""
        token = Token(positions, chars, mode=mode)
        for word in analyze(value):
            token.text = word.text
            token.boost = 1.0
            token.pos = word.position
            token.startchar, token.endchar = word.start, word.end
            yield token


def schema() -> Schema:
    """Make the schema: one TEXT field for each weighted field, the whole entry stored as JSON."""
    texts = {name: TEXT(analyzer=EntryTokenizer(), phrase=False) for name in WEIGHTS}
    return Schema(id=ID(unique=True), record=STORED(), **texts)


def fingerprint() -> str:
    """Give a string that differs when an index built otherwise cannot be read as this one."""
    parts = (_LAYOUT, VERSION, ",".join(f"{name}={weight}" for name, weight in WEIGHTS.items()))
    return sha256("|".join(parts).encode()).hexdigest()[:16]
