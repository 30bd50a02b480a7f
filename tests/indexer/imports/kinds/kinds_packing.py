"""Packs bytes by hand, rightly or wrongly, so that every odd byte can be seen."""

import base64
import hashlib
import struct
import zlib
from dataclasses import dataclass

from kinds_making import HOST, PATH, page


def brotli_stored(data: bytes) -> bytes:
    """RFC 7932: window bits 16, one meta-block that is not compressed, one that is last and empty."""
    assert len(data) <= 65536
    return ((len(data) - 1) << 4 | 1 << 20).to_bytes(3, "little") + data + b"\x03"


def zstd_stored(data: bytes) -> bytes:
    """RFC 8878: a frame with its size, of one raw block."""
    return b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", len(data)) + (1 | len(data) << 3).to_bytes(3, "little") + data


def zstd_blanks(mib: int) -> bytes:
    """A frame of a few kilobytes that unpacks to `mib` MiB: RLE blocks of 128 KiB each."""
    block = (1 << 1 | 131072 << 3).to_bytes(3, "little") + b" "
    return b"\x28\xb5\x2f\xfd\x00\x38" + block * (8 * mib) + b"\x01\x00\x00"


def deflated_blanks(mib: int) -> bytes:
    """Raw deflate that unpacks to `mib` MiB of blanks."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (pack.compress(b" " * 2**20) + pack.flush(zlib.Z_FULL_FLUSH)) * mib + b"\x03\x00"


def crc_of_blanks(mib: int) -> int:
    """Give the CRC of so many MiB of blanks."""
    crc = 0
    for _ in range(mib):
        crc = zlib.crc32(b" " * 2**20, crc)
    return crc


def gz_blanks(mib: int) -> bytes:
    """One gzip member that unpacks to `mib` MiB of blanks."""
    trailer = struct.pack("<II", crc_of_blanks(mib), mib << 20 & 0xFFFFFFFF)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + deflated_blanks(mib) + trailer


def raw_deflate(data: bytes) -> bytes:
    """Deflate without a frame."""
    return zlib.compress(data)[2:-4]


def skippable(data: bytes, magic: int = 0x184D2A5D) -> bytes:
    """Make a skippable frame."""
    return struct.pack("<II", magic, len(data)) + data


def b32(algorithm: str, data: bytes) -> str:
    """Give a digest in base 32."""
    return base64.b32encode(hashlib.new(algorithm, data).digest()).decode()


def hexed(algorithm: str, data: bytes) -> str:
    """Give a digest in hexadecimal digits."""
    return hashlib.new(algorithm, data).hexdigest()


DAY = (2006 - 1980) << 9 | 5 << 5 | 1  # 2006-05-01 as DOS counts


@dataclass(frozen=True)
class Member:
    """One member of a zip; what is None is filled in rightly."""

    name: bytes
    body: bytes = b""
    method: int = 0
    packed: bytes | None = None
    flags: int = 0
    time: int = 0
    date: int = DAY
    size: int | None = None  # what the headers say
    crc: int | None = None
    extra: bytes = b""
    descriptor: bool = False

    def fields(self, bare: bool = False) -> bytes:
        packed = self.body if self.packed is None else self.packed
        size = len(self.body) if self.size is None else self.size
        crc = zlib.crc32(self.body) if self.crc is None else self.crc
        sums = (0, 0, 0) if bare else (crc, len(packed), size)
        flags = self.flags | (8 if self.descriptor else 0)
        return struct.pack(
            "<HHHHHIIIHH", 20, flags, self.method, self.time, self.date, *sums, len(self.name), len(self.extra)
        )

    def local(self) -> bytes:
        packed = self.body if self.packed is None else self.packed
        after = b"PK\x07\x08" + self.fields()[10:22] if self.descriptor else b""
        return b"PK\x03\x04" + self.fields(bare=self.descriptor) + self.name + self.extra + packed + after

    def central(self, at: int) -> bytes:
        return b"PK\x01\x02\x14\x00" + self.fields() + struct.pack("<HHHII", 0, 0, 0, 0, at) + self.name + self.extra


def zipped(*members: Member, before: bytes = b"", moved: bool = False, comment: bytes = b"") -> bytes:
    """A zip by APPNOTE; `moved`: the offsets count the bytes before it, as self-extracting tools write them."""
    data, directory = b"", b""
    for member in members:
        directory += member.central(len(data) + (len(before) if moved else 0))
        data += member.local()
    at = len(data) + (len(before) if moved else 0)
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), at, len(comment))
    return before + data + directory + b"PK\x05\x06" + end + comment


def inside(name: str | bytes) -> bytes:
    """A name below the host's folder."""
    return (HOST + PATH).encode() + (name.encode() if isinstance(name, str) else name)


def in_zip(n: int, **more) -> Member:
    """Make the member of page n."""
    return Member(inside(f"userobject1ai{n}.html"), page(n), **more)
