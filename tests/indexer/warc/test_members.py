"""Compressed members are found whatever lies between them, and are read without holding a file."""

import io
import zlib
from random import Random

import pytest
import zstandard
from kinds_making import flip, gz, http, page, record, url
from kinds_packing import gz_blanks, skippable, zstd_stored
from kinds_zst import zstd_with

from indexer.warc.codings import GZIP
from indexer.warc.cutting import Gap, opens
from indexer.warc.framing import read_blocks
from indexer.warc.members import BREAKS_OFF, ZSTD, BadMember, Member, Packing, next_member, packing_of
from indexer.warc.rawbytes import RawBytes
from indexer.warc.reading import read_records
from indexer.warc.records import Stored, Unreadable

DICTIONARY = zstandard.train_dictionary(2048, [record(n) for n in range(100, 400)], dict_id=40000)


def raw(data: bytes, at: int = 0, end: int | None = None) -> RawBytes:
    """Stand in a file of these bytes."""
    return RawBytes(io.BytesIO(data), at, end)


def whole(data: bytes, packing: Packing) -> bytes:
    """Unpack one member."""
    member = Member(raw(data), packing)
    return b"".join(iter(member.read, b""))


def read(data: bytes, name: str) -> list[tuple[int, int, str]]:
    """Read a file; give where each record lies, and its page or what is wrong with it."""
    found = read_records(io.BytesIO(data), name)
    return [
        (each.capture.offset, each.capture.end, each.capture.url.rsplit("/")[-1])
        if isinstance(each, Stored)
        else (each.start, each.end, each.why)
        for each in found
        if isinstance(each, Stored | Unreadable)
    ]


@pytest.mark.parametrize(
    ("data", "name", "packing"),
    [
        (gz(b"x"), "x.warc", Packing(GZIP)),
        (zstd_stored(b"x"), "x.warc", Packing(ZSTD)),
        (skippable(b"note", 0x184D2A50) + zstd_stored(b"x"), "x", Packing(ZSTD)),
        (skippable(b"D" * 9), "x", Packing(ZSTD, b"D" * 9)),
        (skippable(zstd_with(None, b"D" * 99)), "x", Packing(ZSTD, b"D" * 99)),
        (skippable(ZSTD + b"broken"), "x", Packing(ZSTD)),
        (b"WARC/1.0\r\n", "x.warc.gz", None),
        (b"filedesc://x.arc 0.0.0.0 20010101000000 text/plain 76\n", "x.arc.gz", None),
        (b"junk", "X.WARC.GZ", Packing(GZIP)),
        (b"junk", "x.warc.zst", Packing(ZSTD)),
        (b"junk", "x.warc", None),
        (b"WARC", "x.warc.gz", Packing(GZIP)),
        (ZSTD + b"damage", "x.warc.gz", Packing(GZIP)),
        (gz(b"WARC/1.0\r\nx"), "x.warc.zst", Packing(GZIP)),
        (b"", "x.warc", None),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_packing_is_told_by_first_bytes_then_by_name(data: bytes, name: str, packing: Packing | None) -> None:
    """A dictionary that the file opens with belongs to it."""
    assert packing_of(raw(data), name, opens) == packing


def test_dictionary_is_used_for_every_frame() -> None:
    """It stands at the beginning of the file, plain or packed; without it, and with another, no frame is read."""
    frames = b"".join(zstd_with(DICTIONARY, record(n)) for n in (1, 2))
    for opening in (skippable(DICTIONARY.as_bytes()), skippable(zstd_with(None, DICTIONARY.as_bytes()))):
        assert [page for *_, page in read(opening + frames, "x.warc.zst")] == [
            "userobject1ai1.html",
            "userobject1ai2.html",
        ]
    damaged = flip(zstd_with(DICTIONARY, record(1)), 4) + zstd_with(DICTIONARY, record(2))
    found = read(skippable(DICTIONARY.as_bytes()) + damaged, "x.warc.zst")
    assert [said for *_, said in found][1:] == ["userobject1ai2.html"]
    for opening in (b"", skippable(b"none")):
        assert [why for *_, why in read(opening + frames, "x.warc.zst")] == ["damaged: Dictionary mismatch"]


@pytest.mark.parametrize("packing", [Packing(GZIP), Packing(ZSTD)])
def test_member_is_read_to_its_end_and_no_further(packing: Packing) -> None:
    """The place is then that of the next one; a member that breaks off says so."""
    pack = gz if packing.magic == GZIP else zstd_stored
    first, second = pack(b"a" * 100_000), pack(b"b")
    stood = raw(first + second)
    member = Member(stood, packing)
    assert (b"".join(iter(member.read, b"")), stood.at, member.read()) == (b"a" * 100_000, len(first), b"")
    with pytest.raises(BadMember, match=BREAKS_OFF):
        whole(first[:-1], packing)


def test_what_begins_like_a_member_and_gives_nothing_is_none() -> None:
    """A gzip header whose name has no end would be read to the end of the file, for each of its beginnings."""
    endless = Member(raw(b"\x1f\x8b\x08\x08" + b"n" * 20_000), Packing(GZIP), 4096)
    with pytest.raises(BadMember, match="nothing comes of it"):
        endless.read()


def test_next_member_is_one_that_opens_a_record() -> None:
    """A magic number alone comes by chance; what was passed over is said to be zeros only if it was."""
    good = gz(record(1))
    for before, zeros in (
        (b"", True),
        (bytes(100_000), True),
        (b"\0\1", False),
        (GZIP * 9, False),
        (gz(b"no record"), False),
        (flip(good, 12), False),
    ):
        stood = raw(before + good)
        assert (next_member(stood, Packing(GZIP), opens), stood.at) == (zeros, len(before)), before[:20]
        stood = raw(before)
        assert (next_member(stood, Packing(GZIP), opens), stood.at) == (zeros, len(before)), before[:20]


def test_frame_to_skip_that_reaches_beyond_the_file_hides_nothing() -> None:
    """Its length is damaged: what it would hide is read, and it is named."""
    frames = [zstd_with(None, record(n)) for n in (1, 2)]
    good, huge = skippable(b"note", 0x184D2A50), b"\x50\x2a\x4d\x18" + b"\xff" * 4
    at = len(frames[0] + good)
    assert read(frames[0] + good + huge + frames[1], "x.warc.zst") == [
        (0, len(frames[0]), "userobject1ai1.html"),
        (at, at + 8, "damaged: no record begins here"),
        (at + 8, at + 8 + len(frames[1]), "userobject1ai2.html"),
    ]


def test_frame_to_skip_that_ends_within_another_frame_hides_nothing() -> None:
    """Its length is damaged though it lies within the file: the record it would pass over is read."""
    frames = [zstd_with(None, record(n)) for n in (1, 2)]
    lying = b"\x50\x2a\x4d\x18" + len(frames[0]).to_bytes(4, "little") + b"note"
    at, then = len(lying), len(lying + frames[0])
    assert read(lying + frames[0] + frames[1], "x.warc.zst") == [
        (0, at, "damaged: no record begins here"),
        (at, then, "userobject1ai1.html"),
        (then, then + len(frames[1]), "userobject1ai2.html"),
    ]


def test_file_packed_as_one_member_is_read_without_holding_it() -> None:
    """Beyond 65 MB the records come before the end is seen; a record too large is passed over."""
    zeros = record(2, http(bytes(70 << 20)))
    data = gz(record(1) + zeros + record(3), 1)
    assert [(start, said) for start, _, said in read(data, "x.warc.gz")] == [
        (0, "userobject1ai1.html"),
        (0, f"it has {len(http(bytes(70 << 20))):,} bytes (at {len(record(1)):,} within it)"),
        (0, "userobject1ai3.html"),
    ]


def test_large_member_without_records_is_given_up_and_the_next_is_read() -> None:
    """After so many bytes as no junk has, the next member is looked for."""
    data = gz(record(1)) + gz_blanks(400) + gz(record(2))
    first, large, last = read(data, "x.warc.gz")
    assert (first[2], last[2]) == ("userobject1ai1.html", "userobject1ai2.html")
    assert large == (first[1], last[0], "damaged: it holds no record in 268,435,456 bytes")


def test_damaged_member_gives_its_records_before_the_damage() -> None:
    """They are sure only where the file just breaks off: other damage may have begun before it shows."""
    one = gz(b"".join(map(record, range(10, 90))), 0)
    for data, unsure in ((flip(one, 60_000), True), (one[:60_000], False)):
        *before, last = read_blocks(io.BytesIO(data), "x.warc.gz")
        assert [type(last), last.start, last.end] == [Gap, 0, len(data)]
        assert [each.content for each in before] == [http(page(n)) for n in range(10, 10 + len(before))]
        assert (len(before) > 45, {each.unsure for each in before}) == (True, {unsure})


def test_bytes_are_taken_wherever_the_place_is_moved(rng: Random) -> None:
    """As from all of them at once, up to where the file is taken to end."""
    data = rng.randbytes(300_000)
    stood, at = raw(data, 0, 250_000), 0
    for _ in range(3000):
        size = rng.choice((0, 1, 5, 4096, 70_000))
        match rng.randrange(4):
            case 0:
                at = rng.randrange(260_000)
                stood.move(at)
            case 1:
                assert stood.peek(size) == data[at : min(at + size, 250_000)]
            case 2:
                piece = stood.take(size)
                assert data[at:250_000].startswith(piece)
                at += len(piece)
                if rng.random() < 0.3:
                    stood.give_back(piece[len(piece) // 2 :])
                    at -= len(piece) - len(piece) // 2
            case _:
                wanted = rng.choice((b"\x00\x01", data[123_456:123_466]))
                found = data.find(wanted, at, 250_000)
                stood.pass_to(wanted)
                at = found if found >= 0 else max(at, 250_000)
        assert stood.at == at
    assert page(1) not in data


def test_line_of_a_record_before_packed_ones_takes_none_of_them() -> None:
    """Not even where the last one is stored as it stands, and its header may be read through the others."""
    stored = zlib.compressobj(0, wbits=31)
    last = stored.compress(record(3)) + stored.flush()
    data = b"WARC/1.0\r\n" + gz(record(1)) + gz(record(2)) + last
    found = list(read_records(io.BytesIO(data), "x.warc.gz"))
    assert {url(n) for n in (1, 2, 3)} <= {each.capture.url for each in found if isinstance(each, Stored)}
