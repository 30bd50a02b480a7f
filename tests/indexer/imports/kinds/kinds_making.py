"""Makes WARC records of invented pages, and cases of them; all text is invented, every byte is made by hand."""

import os
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One input with its right answer.

    A key of pages, also and instead is a canonical URL; two URLs with a space between: either will do.
    A piece of `named` may hold several forms with | between: one of them must be printed; digits are a byte offset.
    """

    name: str
    why: str
    files: dict[str | bytes, bytes]  # path → bytes; a path of bytes is a name that is not UTF-8
    args: tuple[str, ...] = ()  # what import is given; empty: the one file or folder on top
    pages: dict[str, bytes] = field(default_factory=dict)  # must be held, with this body (or that of `also`)
    named: tuple[str, ...] = ()  # must be printed
    exit: int = 0
    also: dict[str, bytes] = field(default_factory=dict)  # may be held or not; excuses nothing
    instead: dict[str, bytes] = field(default_factory=dict)  # all held: `named` is excused, and exit 0 is right too
    exit_also: tuple[int, ...] = ()
    unsaid: tuple[str, ...] = ()  # must not be printed; nor "damaged" where exit is 0
    dates: dict[str, str] = field(default_factory=dict)  # URL → how the WARC-Date kept for it must begin
    links: dict[str, str] = field(default_factory=dict)  # path → what the symbolic link there says
    modes: dict[str, int] = field(default_factory=dict)  # path → permissions; means nothing to root

    def paths(self) -> tuple[str, ...]:
        """What import is given, relative to the folder that the files were written to."""
        tops = {os.fsdecode(path).split("/")[0] for path in [*self.files, *self.links]}
        return self.args or tuple(sorted(tops))

    def write(self, folder: Path) -> None:
        """Write files, links and permissions below a folder."""
        for path, body in self.files.items():
            at = folder / os.fsdecode(path)
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(body)
        for name, target in self.links.items():
            (folder / name).symlink_to(target)
        for name, mode in self.modes.items():
            (folder / name).chmod(mode)


HOST = "nianjian.cangpu.example"
PATH = "/node6000/node6056/node6501/"
BASE = f"http://{HOST}{PATH}"
CRLF = b"\r\n"


def url(n: int) -> str:
    """Give the URL of page n."""
    return f"{BASE}userobject1ai{n}.html"


def text(n: int) -> str:
    """Give page n as characters."""
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"<title>题{n}</title></head><body>\n"
        '<table><tr><td>当前位置： <a href="/index.html">首页</a> &gt;&gt;<font>2005年鉴综合</font></td></tr>\n'
        f"<tr><td align=center><b>题{n}</b></td></tr>\n"
        f"<tr><td align=center>{'-' * 77}</td></tr>\n"
        f"<tr><td class=f14><p>　　第{n}号标记文字在此，全市职工参加活动。</p><p>（王刚）</p></td></tr>\n"
        '<tr><td align=center><a href="javascript:closewin()">【关闭窗口】</a></td></tr></table>\n'
        "<table align=center><tr><td>沧浦市总工会 2006年版权所有</td></tr></table></body></html>"
    )


def page(n: int) -> bytes:
    """Give page n as bytes."""
    return text(n).encode("gbk")


def pages(*numbers: int) -> dict[str, bytes]:
    """Give pages by URL."""
    return {url(n): page(n) for n in numbers}


def http(body: bytes, *lines: bytes, status: bytes = b"HTTP/1.1 200 OK", eol: bytes = CRLF) -> bytes:
    """Make an HTTP answer."""
    return eol.join([status, b"Content-Type: text/html", *lines, b"", body])


def record(n: int, block: bytes | None = None, edit: dict | None = None, version=b"WARC/1.0", eol=CRLF) -> bytes:
    """A WARC record of page n; `edit` changes header fields, None takes one out."""
    block = http(page(n)) if block is None else block
    head = {
        "WARC-Type": "response",
        "WARC-Target-URI": url(n),
        "WARC-Date": "2006-05-01T00:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{n:012d}>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    } | (edit or {})
    lines = [f"{name}: {value}".encode("utf-8", "surrogateescape") for name, value in head.items() if value is not None]
    return eol.join([version, *lines, b"", b""]) + block + eol + eol


def gz(data: bytes, level: int = 9, flags: int = 0, extra: bytes = b"") -> bytes:
    """One gzip member; `extra` holds what the flags announce."""
    pack = zlib.compressobj(level, zlib.DEFLATED, -15)
    head = b"\x1f\x8b\x08" + bytes([flags]) + b"\0\0\0\0\0\xff" + extra
    return head + pack.compress(data) + pack.flush() + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def flip(data: bytes, at: int) -> bytes:
    """Turn all bits of one byte."""
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


AT2 = len(record(1))  # where the second record of `around` starts


def around(second: bytes) -> bytes:
    """Put a record between two good ones."""
    return record(1) + second + record(3)


def by(n: int, *offsets: int) -> str:
    """Page n's name, or one of these byte offsets."""
    return "|".join([f"userobject1ai{n}.html", *map(str, offsets)])


def good(name: str, second: bytes, why: str, **more) -> Case:
    """The second record can be read."""
    return Case(name, why, {"x.warc": around(second)}, **{"pages": pages(1, 2, 3)} | more)


def bad(name: str, second: bytes, why: str, **more) -> Case:
    """The second record cannot be read: it is named, the others come."""
    answer = {"pages": pages(1, 3), "named": (by(2, AT2),), "exit": 1}
    return Case(name, why, {"x.warc": around(second)}, **answer | more)
