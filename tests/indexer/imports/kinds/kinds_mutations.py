"""Makes inputs of every kind with something wrong, at random, and says what of them must come out all the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from kinds_arc import arc_head, arc_record
from kinds_making import CRLF, flip, gz, http, page, record, url
from kinds_packing import gz_blanks, raw_deflate, skippable, zstd_blanks, zstd_stored
from kinds_zst import zstd_with

NUMBERS = (
    *(b"", b"-1", b"0", b"1", b"00", b"+5", b"1e3", b"0x10", b"1_0", b"12 34", b"nan", b"\xb2", b"4294967295"),
    *(b"2147483648", b"18446744073709551616", b"9" * 18, b"9" * 5000, b"68157440", b"67108865", "１２".encode()),
)
WORDS = (
    *(b"", b" ", b"\0", b"\xff\xfe", b"\r", b"\n", b"\r\n\r\n", b"WARC/1.0\r\n", b"HTTP/1.1 200 OK\r\n", b"http://"),
    *(
        b"http://[::1",
        b"http://a:99999999/",
        b"dns:a",
        b"filedesc://x",
        b"<urn:uuid:x>",
        b"sha1:",
        b"sha256:" + b"0" * 64,
    ),
    *(b"revisit", b"response", b"resource", b"continuation", b"0000-00-00T00:00:00Z", b"9999-12-31T23:59:59-23:59"),
    *(b"0001-01-01T00:00:00+23:59", b"gzip", b"br", b"deflate, gzip", b"zstd", b"chunked", b"x" * 70000, b"\xd0\xd0"),
    *("年鉴".encode(), "年鉴".encode("gbk"), b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"\xed\xa0\x80"),
)
SKIPPABLE = (skippable(b"12345"), skippable(b"", 0x184D2A50), b"\x50\x2a\x4d\x18" + b"\xff" * 4)
OTHERWISE = {
    ".gz": (b"WARC", b"file", b"\x28\xb5\x2f\xfd", *(bytes([n]) + b"\x2a\x4d\x18" for n in range(0x50, 0x60))),
    ".zst": (b"WARC", b"file", b"\x1f\x8b\x08", b"\x5d\x2a\x4d\x18"),
}
"""By what a file is packed with: how it begins when it seems to be something else."""
FIELDS = (
    *(b"Content-Length", b"WARC-Type", b"WARC-Date", b"WARC-Target-URI", b"Content-Type", b"WARC-Payload-Digest"),
    *(b"WARC-Block-Digest", b"WARC-Refers-To-Date", b"WARC-Refers-To-Target-URI", b"WARC-Segment-Number", b"X"),
    *(b"Content-Encoding", b"Transfer-Encoding", b"WARC-Refers-To", b"WARC-Record-ID"),
)


@dataclass
class Input:
    """A file, or a folder of files, with what must come out of it."""

    files: dict[str, bytes]
    """By path; a folder where there are several."""
    sure: dict[str, bytes] = field(default_factory=dict)
    """Pages whose bytes nothing has touched, where what is wrong elsewhere does not reach."""
    done: list[str] = field(default_factory=list)
    """What was changed, for who reads of a failure."""


def scattered(rng: Random, data: bytes) -> bytes:
    """Change bytes anywhere: turn, cut out, repeat, put in, break off."""
    for _ in range(rng.randint(1, 3)):
        at, size = rng.randrange(len(data) + 1), rng.choice((1, 2, 4, 30, 300))
        match rng.randrange(6):
            case 0:
                data = flip(data, at) if at < len(data) else data
            case 1:
                data = data[:at] + data[at + size :]
            case 2:
                data = data[: at + size] + data[at:]
            case 3:
                data = data[:at] + rng.randbytes(size) + data[at:]
            case 4:
                data = data[:at] + rng.choice((*NUMBERS, *WORDS)) + data[at:]
            case _:
                data = data[:at] if rng.random() < 0.3 else data[:at] + bytes(size) + data[at + size :]
    return data


def odd_lines(rng: Random, lines: Sequence[bytes]) -> list[bytes]:
    """Drop, repeat, move, join, fold or fill header lines."""
    lines = list(lines)
    for _ in range(rng.randint(1, 3)):
        if not lines:
            break
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        match rng.randrange(8):
            case 0:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                name = lines[at].partition(b":")[0]
                lines[at] = name + b": " + rng.choice(NUMBERS if b"ength" in name else WORDS)
            case 4:
                lines.insert(at, rng.choice(FIELDS) + b": " + rng.choice((*NUMBERS, *WORDS)))
            case 5:
                lines[at] = rng.choice((b" ", b"\t", b":", b"")) + lines[at]
            case 6:
                lines[at] = lines[at].replace(b":", b"", 1)
            case _:
                lines[at] = scattered(rng, lines[at])
    return lines


def odd_body(rng: Random, n: int) -> bytes:
    """Make an HTTP answer whose codings are wrong, broken or piled up."""
    body, names = page(n), []
    for _ in range(rng.randint(0, 3)):
        name, code = rng.choice(CODINGS)
        body = code(body)
        names.append(name)
    if rng.random() < 0.5:
        body = scattered(rng, body)
    if rng.random() < 0.3:
        names.append(rng.choice((b"gzip", b"br", b"deflate", b"zstd", b"foo", b"x-gzip", b"gzip;q=1")))
    header = rng.choice((b"Content-Encoding", b"Content-Encoding", b"Transfer-Encoding")) + b": " + b", ".join(names)
    made = http(body, header, *rng.choice(((), (b"X-\xff: 1",), ("年: 鉴; a=年; 鉴".encode("gbk"),))))
    if rng.random() < 0.2:
        head, _, body = made.partition(CRLF + CRLF)
        made = CRLF.join([*odd_lines(rng, head.split(CRLF)), b"", body])
    return made


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


CODINGS: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"gzip", gz),
    (b"zstd", zstd_stored),
    (b"deflate", raw_deflate),
    (b"chunked", _chunked),
)


def odd_record(rng: Random, n: int) -> bytes:
    """Make a WARC record with something wrong."""
    match rng.randrange(5):
        case 0:
            made = record(n, odd_body(rng, n))
        case 1:
            made = record(n, http(record(90) + page(n) + CRLF + record(91)))
        case 2:
            made = record(n, edit={"Content-Length": rng.choice(NUMBERS).decode("latin-1")})
        case 3:
            kind = rng.choice(("revisit", "resource", "continuation", "warcinfo", "fnord", ""))
            made = record(n, rng.choice((b"", page(n), http(b""), rng.randbytes(50))), {"WARC-Type": kind})
        case _:
            made = record(n)
    head, _, rest = made.partition(CRLF + CRLF)
    if rng.random() < 0.6:
        made = CRLF.join(odd_lines(rng, head.split(CRLF))) + CRLF + CRLF + rest
    return scattered(rng, made) if rng.random() < 0.3 else made


def odd_arc_record(rng: Random, n: int) -> bytes:
    """Make an ARC record with something wrong."""
    made = arc_record(n, rng.choice((None, page(n), odd_body(rng, n), b"")))
    line, _, rest = made.partition(b"\n")
    if rng.random() < 0.7:
        fields = odd_lines(rng, line.split(b" "))
        fields[-1:] = [rng.choice(NUMBERS)] if rng.random() < 0.5 else fields[-1:]
        made = b" ".join(fields) + b"\n" + rest
    return scattered(rng, made) if rng.random() < 0.3 else made


def junk(rng: Random, packed: bytes) -> bytes:
    """Give bytes that are no record, as they are found between some."""
    return rng.choice(
        (
            rng.randbytes(rng.choice((1, 5, 100, 3000))),
            bytes(rng.choice((1, 512, 70000))),
            packed[: rng.randrange(len(packed) + 1)],
            packed[rng.randrange(len(packed) + 1) :],
            rng.choice(WORDS),
            gz(rng.choice(WORDS)),
            gz(b""),
            b"\x1f\x8b\x08" * rng.randint(1, 500),
            rng.choice(SKIPPABLE),
            CRLF * rng.randint(1, 5),
        )
    )


def record_file(rng: Random) -> Input:
    """Make a WARC or ARC file with something wrong, plain or packed."""
    is_arc, packing = rng.random() < 0.3, rng.choice(("", ".gz", ".gz", ".gz", ".zst"))
    pack = {"": bytes, ".gz": lambda data: gz(data, rng.choice((0, 9))), ".zst": lambda data: zstd_with(None, data)}[
        packing
    ]
    make, odd = (arc_record, odd_arc_record) if is_arc else (record, odd_record)
    count = rng.randint(2, 5)
    whole = dict.fromkeys(range(1, count + 1), True)
    raw = {n: make(n) for n in whole}
    made = Input({})
    for n in rng.sample(sorted(raw), rng.randint(0, 2)):
        raw[n], whole[n] = odd(rng, n), False
        made.done.append(f"record {n} is odd")
    parts = {n: pack(data) for n, data in raw.items()}
    order = sorted(parts)
    for _ in range(rng.randint(0, 2)):
        _damage(rng, parts, whole, order, made)
    data = b"".join(parts[n] for n in order)
    opening = pack(arc_head()) if is_arc else b""
    made.files[("x.arc" if is_arc else "x.warc") + packing] = opening + data
    # What a file is packed with its first bytes say: where these are changed to say something else, nothing is sure.
    if packing and not (opening + data).startswith(OTHERWISE[packing]):
        made.sure = {url(n): page(n) for n in order if whole.get(n)}
    return made


def _damage(rng: Random, parts: dict[int, bytes], whole: dict[int, bool], order: list[int], made: Input) -> None:
    """Change members of a file, and what lies between them."""
    n, other = rng.choice(order), rng.choice(order)
    kind = rng.choice(("junk", "junk", "scatter", "splice", "swap", "repeat", "repack", "cut"))
    made.done.append(f"{kind} {n} {other}")
    match kind:
        case "junk":
            new = max(parts) + 100
            parts[new] = junk(rng, parts[n]) or b"\0"
            order.insert(rng.randrange(len(order) + 1), new)
        case "scatter":
            parts[n], whole[n] = scattered(rng, parts[n]), False
        case "splice":
            there, here = rng.randrange(len(parts[other]) + 1), rng.randrange(len(parts[n]) + 1)
            parts[n], whole[n] = parts[n][:here] + parts[other][there:], False
        case "swap":
            first, second = order.index(n), order.index(other)
            order[first], order[second] = order[second], order[first]
        case "repeat":
            order.insert(rng.randrange(len(order) + 1), n)
        case "repack":
            parts[n], whole[n] = rng.choice((gz, zstd_with_checksum))(parts[n]), False
        case _:
            n = order[-1]
            parts[n], whole[n] = parts[n][: rng.randrange(len(parts[n]) + 1)], False


def zstd_with_checksum(data: bytes) -> bytes:
    """Pack into a frame of zstd."""
    return zstd_with(None, data)


def bomb(rng: Random) -> Input:
    """Make a small file that unpacks to much, beside a page."""
    mib = rng.choice((66, 130))
    packed = rng.choice((gz_blanks, zstd_blanks))(mib)
    if rng.random() < 0.5:
        return Input(
            {"x.warc.gz": gz(record(1)) + packed + gz(record(2))}, {url(1): page(1)}, [f"a member of {mib} MiB"]
        )
    body = http(packed, b"Content-Encoding: " + (b"gzip" if packed.startswith(b"\x1f") else b"zstd"))
    data = gz(record(1)) + gz(record(3, body)) + gz(record(2))
    return Input({"x.warc.gz": data}, {url(n): page(n) for n in (1, 2)}, [f"a body of {mib} MiB"])
