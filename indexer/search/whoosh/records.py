"""Entries as bytes, as an index stores them: the JSON of `entries.jsonl`."""

import msgspec

from indexer.model import Entry

_DECODER = msgspec.json.Decoder(Entry)
_ENCODER = msgspec.json.Encoder()


def encode_record(entry: Entry) -> bytes:
    """Give an entry's JSON.

    Raises `ValueError` for text that is none: half a surrogate pair.
    """
    return _ENCODER.encode(entry)


def decode_record(record: bytes) -> Entry:
    """Read an entry's JSON."""
    return _DECODER.decode(record)
