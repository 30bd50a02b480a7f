"""Finds the likeliest reading of a run of bytes that may be UTF-8, GB 18030, both, or damaged.

Every way to read the run has a cost: that of its characters, changes of encoding and bad bytes.  The cheapest is taken
(Viterbi's algorithm).  So the text after damage stays in step, and a part in another encoding is found though nothing
marks it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.parse.page.decoding.gb import meant
from indexer.parse.page.decoding.likely import cost

UTF8, GB, UTF16LE, UTF16BE = range(4)
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_BOM = b"\xef\xbb\xbf"
_INSIDE = bytes(range(0x80, 0xC0))
"""Bytes that UTF-8 uses only inside characters."""
_BAD, _SWITCH, _OTHER = 6.0, 6.0, 4.0
"""Costs of a bad byte, of a change of encoding inside a run, and of a run not in the page's encoding.  A rare character
costs up to 2, so one odd character is still likelier than damage, but four in a row are not."""
_ODD = 1.0
"""Cost of € as one byte, and of a byte order mark inside a page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a run."""

    start: int
    """Offset of its first byte in the run."""
    text: str
    encoding: int | None
    """`UTF8`, `GB` or another index into `ENCODINGS`; None for ASCII, damage (U+FFFD) and a byte order mark (empty
    text)."""


def likeliest(run: bytes, base: int | None) -> list[Part]:
    """Return the likeliest reading of a run, as parts in order; `base` is the page's encoding, None if unknown."""
    best: list[dict[int | None, tuple[float, int, int | None, Part | None]]] = [{} for _ in range(len(run) + 1)]
    best[0][None] = (0.0, 0, None, None)
    for at in range(len(run)):
        steps = list(_steps(run, at))
        for state, (spent, *_) in best[at].items():
            for end, price, part in steps:
                after = state if part.encoding is None else part.encoding
                total = spent + price
                if after != state:
                    total += _SWITCH if state is not None else 0.0 if base in (None, after) else _OTHER
                known = best[end].get(after)
                if known is None or total < known[0]:
                    best[end][after] = (total, at, state, part)
    parts: list[Part] = []
    end, state = len(run), min(best[-1], key=lambda each: best[-1][each][0])
    while end:
        _, end, state, step = best[end][state]
        assert step is not None
        parts.append(step)
    return parts[::-1]


def _steps(run: bytes, at: int) -> Iterator[tuple[int, float, Part]]:
    """Yield the ways to read on from byte `at`: where each ends, what it costs, what it reads."""
    first = run[at]
    if first < 0x80:
        yield at + 1, 0.0, Part(at, chr(first), None)
        return
    late = at / len(run) / 100  # if either of two places may be the damaged one, prefer the later
    for size in _bad_lengths(run, at):
        yield at + size, _BAD - late, Part(at, "\ufffd", None)
    if first == 0x80:
        yield at + 1, _ODD, Part(at, "€", GB)
    if run.startswith(_BOM, at):
        yield at + 3, _ODD, Part(at, "", None)
    for size, encoding in ((2 + (first > 0xDF) + (first > 0xEF), UTF8), (2, GB), (4, GB)):
        try:
            char = run[at : at + size].decode(ENCODINGS[encoding])
        except UnicodeDecodeError:
            continue
        if len(char) == 1 and len(run) >= at + size:
            char = meant(char) if encoding == GB else char
            yield at + size, cost(char, letters_tell=encoding != GB), Part(at, char, encoding)


def _bad_lengths(run: bytes, at: int) -> range:
    """Return how many bytes one bad character may take; the rest of a UTF-8 sequence counts as one."""
    if run[at + 1 : at + 2] == b"\xff":
        return range(2, 3)
    if run[at] < 0xC0:  # its first byte may be lost
        return range(1, 1 + len(run[at : at + 3]) - len(run[at : at + 3].lstrip(_INSIDE)))
    try:
        run[at : at + 4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start == 0:
            return range(error.end, error.end + 1)
    return range(1, 2)
