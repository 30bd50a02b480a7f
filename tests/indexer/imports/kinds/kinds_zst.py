"""WARC files packed with zstd."""

from collections.abc import Iterator

import zstandard
from kinds_making import Case, by, flip, pages, record
from kinds_packing import skippable, zstd_stored


def zstd_with(dictionary: zstandard.ZstdCompressionDict | None, data: bytes) -> bytes:
    """Pack into a frame with a checksum."""
    return zstandard.ZstdCompressor(dict_data=dictionary, write_checksum=True).compress(data)


def zsts() -> Iterator[Case]:
    """zstd frames without a dictionary."""
    one, two, three = (record(n) for n in (1, 2, 3))
    frames = [zstd_with(None, data) for data in (one, two, three)]
    iipc = "IIPC warc-zstd: the frames' contents in a row are the WARC file."
    files = {
        "frames": b"".join(frames),
        "stored": b"".join(map(zstd_stored, (one, two, three))),
        "one-frame": zstd_with(None, one + two + three),
        "two-frames-a-record": frames[0] + zstd_with(None, two[:400]) + zstd_with(None, two[400:]) + frames[2],
        "extension": frames[0] + skippable(b"note", 0x184D2A50) + frames[1] + frames[2],
        "empty-frame": frames[0] + zstd_with(None, b"") + frames[1] + frames[2],
    }
    for name, data in files.items():
        yield Case("F-zst-" + name, iipc, {"x.warc.zst": data}, pages=pages(1, 2, 3))


def broken_zsts() -> Iterator[Case]:
    """zstd frames that are broken."""
    one, two, three = (record(n) for n in (1, 2, 3))
    frames = [zstd_with(None, data) for data in (one, two, three)]
    at = len(frames[0])
    yield Case(
        "F-zst-checksum",
        "RFC 8878: the checksum of this frame is wrong; each frame stands alone.",
        {"x.warc.zst": frames[0] + flip(frames[1], len(frames[1]) - 1) + frames[2]},
        pages=pages(1, 3),
        named=(by(2, at),),
        exit=1,
    )
    yield Case(
        "F-zst-cut",
        "The whole records come, the last is named.",
        {"x.warc.zst": frames[0] + frames[1][:200]},
        pages=pages(1),
        named=(by(2, at),),
        exit=1,
    )


def zst_dictionaries() -> Iterator[Case]:
    """zstd frames with a dictionary."""
    dictionary = zstandard.train_dictionary(2048, [record(n) for n in range(100, 400)], dict_id=40000)
    frames = [zstd_with(dictionary, record(n)) for n in (1, 2, 3)]
    raw = dictionary.as_bytes()
    iipc = "IIPC warc-zstd: the dictionary stands in a skippable frame 0x184D2A5D at the start, "
    plain = skippable(raw)
    yield Case("F-dict-plain", iipc + "as it is.", {"x.warc.zst": plain + b"".join(frames)}, pages=pages(1, 2, 3))
    yield Case(
        "F-dict-packed",
        iipc + "or as a zstd frame.",
        {"x.warc.zst": skippable(zstd_with(None, raw)) + b"".join(frames)},
        pages=pages(1, 2, 3),
    )
    yield Case(
        "F-dict-extension",
        iipc + "and extension frames may follow.",
        {"x.warc.zst": plain + skippable(b"x", 0x184D2A5F) + b"".join(frames)},
        pages=pages(1, 2, 3),
    )


def broken_dictionaries() -> Iterator[Case]:
    """Dictionaries that are missing or none, and a broken frame behind a good one."""
    dictionary = zstandard.train_dictionary(2048, [record(n) for n in range(100, 400)], dict_id=40000)
    frames = [zstd_with(dictionary, record(n)) for n in (1, 2, 3)]
    raw = dictionary.as_bytes()
    plain = skippable(raw)
    yield Case(
        "F-dict-flip",
        "One frame is wrong, the others need only the dictionary.",
        {"x.warc.zst": plain + frames[0] + flip(frames[1], len(frames[1]) - 1) + frames[2]},
        pages=pages(1, 3),
        named=(by(2, len(plain + frames[0])),),
        exit=1,
    )
    yield Case(
        "F-dict-missing",
        "Without its dictionary no frame can be read: nothing could be brought in.",
        {"x.warc.zst": b"".join(frames)},
        named=("x.warc.zst",),
        exit=2,
    )
    yield Case(
        "F-dict-broken",
        "A dictionary that is none: the file is named.",
        {"x.warc.zst": skippable(b"no dictionary") + b"".join(frames)},
        named=("x.warc.zst",),
        exit=2,
    )


CASES = (
    *zsts(),
    *broken_zsts(),
    *zst_dictionaries(),
    *broken_dictionaries(),
)
