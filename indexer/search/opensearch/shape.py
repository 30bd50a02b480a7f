"""Defines how a generation is laid out in the cluster: its fields, how text is cut in them, and what that rests on.

Text is folded before it is sent.  In the cluster each text field is cut into pairs of characters (as printed, and
with variants and look-alikes replaced by one of their kind) and into single characters, so that a phrase of pairs stands
exactly where the string stands.  What words and pairs weigh is computed before sending, and kept as their frequency.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from indexer.search.fields import APART, FILTERS, TEXT_FIELDS
from indexer.text.variants import Likeness, alternatives

BETWEEN = 100_000
"""Positions between two strings of a field: more than any strings that stand together may be apart."""
MOST_TERMS = 60_000
"""Values in one `terms` query; the cluster refuses more than 65,536."""
WINDOW = 10_000
"""How far into a result hits can be asked for by number."""
END = "\0"
"""Stands behind every string that is sent, which cannot hold it: there are then as many pairs as characters, so that both
are counted alike from one string of a field to the next."""
PARTED = "|"
"""Stands between a word and its weight."""
WORDS, GRAMS = "words", "grams"
"""Fields of weighed words, and of weighed strings: single characters, pairs, and what has digits."""
LONGEST_WORD = 400
"""Characters of a word that is weighed."""
LONGEST_NUMBER = 8
"""Characters of a string with digits that is weighed as it stands."""
RECORD = "record"
"""Field that keeps the entry as JSON; the only one that is stored."""
LIKENESSES: Mapping[Likeness, str] = {Likeness.PRINTED: "", Likeness.VARIANT: ".v", Likeness.ALIKE: ".a"}
"""What is appended to a text field's name for each likeness."""
SINGLE = ".u"
"""What is appended for single characters, as printed."""
_VERSION = 2
"""Version of what is sent.  Change it when documents change in a way that no constant here shows."""


FILLING = "-filling"
"""What is appended to an index's name while it is filled: documents are sent to that name, which goes with the index, so that
none makes another index in its place."""


def index_body(shards: int, index: str = "") -> dict[str, Any]:
    """Return the settings and fields of a generation that is to be filled: without copies, not yet searchable."""
    return {
        "aliases": {index + FILLING: {}},
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": 0,
                "refresh_interval": "-1",
                "max_result_window": WINDOW,
                "max_terms_count": 65_536,
            },
            "similarity": {"frequency": {"type": "scripted", "script": {"source": "return doc.freq * query.boost;"}}},
            "analysis": _analysis(),
        },
        "mappings": {"dynamic": "strict", "_source": {"includes": [RECORD]}, "properties": _properties()},
    }


def shape() -> tuple[object, ...]:
    """Return what determines the layout of an index, and what stands in its fields."""
    return _VERSION, index_body(1), END, PARTED, LONGEST_WORD, LONGEST_NUMBER


def _analysis() -> dict[str, Any]:
    def pairs(*filters: str) -> dict[str, Any]:
        return {"type": "custom", "tokenizer": "pairs", "char_filter": list(filters)}

    return {
        "char_filter": {
            "variants": {"type": "mapping", "mappings": list(_rules(Likeness.VARIANT))},
            "lookalikes": {"type": "mapping", "mappings": list(_rules(Likeness.ALIKE))},
            "without_end": {"type": "mapping", "mappings": [f"{_escaped(END)} => "]},
        },
        "tokenizer": {
            "pairs": {"type": "ngram", "min_gram": 2, "max_gram": 2},
            "singles": {"type": "ngram", "min_gram": 1, "max_gram": 1},
            "spaces": {"type": "whitespace", "max_token_length": 2 * LONGEST_WORD},
        },
        "filter": {"weights": {"type": "delimited_term_freq", "delimiter": PARTED}},
        "analyzer": {
            "printed": pairs(),
            "variants": pairs("variants"),
            "lookalikes": pairs("lookalikes"),
            "singles": {"type": "custom", "tokenizer": "singles", "char_filter": ["without_end"]},
            "weighed": {"type": "custom", "tokenizer": "spaces", "filter": ["weights"]},
            "asked": {"type": "custom", "tokenizer": "spaces"},
        },
    }


def _properties() -> dict[str, Any]:
    def text(analyzer: str, **more: Any) -> dict[str, Any]:
        found = {"type": "text", "analyzer": analyzer, "similarity": "frequency", "norms": False}
        return {**found, "position_increment_gap": BETWEEN, **more}

    forms = {"v": text("variants"), "a": text("lookalikes"), "u": text("singles")}
    weighed = {
        "type": "text",
        "analyzer": "weighed",
        "search_analyzer": "asked",
        "similarity": "frequency",
        "norms": False,
        "index_options": "freqs",
    }
    return {
        RECORD: {"type": "keyword", "index": False, "doc_values": False},
        **{scope: text("printed", fields=forms) for scope in TEXT_FIELDS},
        **{f"in_{scope}": text("printed", fields=forms) for scope in APART},
        WORDS: weighed,
        GRAMS: weighed,
        **{name: {"type": "keyword"} for name in FILTERS if name != "year"},
        "year": {"type": "integer"},
        "id": {"type": "keyword", "doc_values": False},
        "page": {"type": "keyword", "doc_values": False},
        "rank": {"type": "integer"},
        "book": {"type": "integer"},
        "characters": {"type": "integer"},
        "strings": {"type": "integer"},
        "about": {"type": "boolean"},
        "headed": {"type": "boolean"},
    }


@cache
def _rules(likeness: Likeness) -> tuple[str, ...]:
    """Return how each character is replaced by one of its kind, as the cluster's filter reads it."""
    pairs = ((char, members[0]) for char, members in sorted(alternatives(likeness).items()) if char != members[0])
    return tuple(f"{_escaped(char)} => {_escaped(other)}" for char, other in pairs)


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
