"""Finds the pieces of a text again in the lines of its page, character by character."""

from collections.abc import Sequence

from indexer.parse.entries.drafts import Kind, Piece, Rule


def bare(text: str) -> str:
    """Return a text without white space, which mending line breaks adds and removes."""
    return "".join(text.split())


class Pieces:
    """Pieces of a text, matched one after the other to the lines of their page."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Start with the pieces of a text in order; pieces of the frame may come anywhere among them."""
        self._pieces = pieces
        self._bare = [bare(piece.text) for piece in pieces]
        self._used = [0] * len(pieces)
        self._first = 0
        """Index of the first piece that is not used up."""
        self._taken: list[tuple[int, int, int] | Piece] = []
        """What was matched so far: a piece's index and a range of its characters without white space, or a piece added
        by `put`."""

    def put(self, piece: Piece) -> None:
        """Insert a piece that is not part of the text."""
        self._taken.append(piece)

    def take(self, text: str) -> None:
        """Match the text of a line; what no piece contains is added as not understood."""
        rest = bare(text)
        while rest:
            number = self._showing(rest)
            if number is None:
                self.put(Piece(Kind.UNKNOWN, rest, Rule.NOTHING))
                return
            start = self._used[number]
            end = start + _shared(rest, self._bare[number], start)
            rest = rest[end - start :]
            self._used[number] = end
            last = self._taken[-1] if self._taken else None
            if isinstance(last, tuple) and last[0] == number and last[2] == start:
                self._taken[-1] = number, last[1], end
            else:
                self._taken.append((number, start, end))

    def taken(self) -> list[Piece]:
        """Return all pieces in the page's order; a piece is split where something else stands inside it."""
        return [each if isinstance(each, Piece) else self._part(*each) for each in self._taken]

    def _part(self, number: int, start: int, end: int) -> Piece:
        piece = self._pieces[number]
        if (start, end) == (0, len(self._bare[number])):
            return piece
        places = [at for at, char in enumerate(piece.text) if not char.isspace()]
        return Piece(piece.kind, piece.text[places[start] : places[end - 1] + 1], piece.rule)

    def _showing(self, text: str) -> int | None:
        """Return the index of the piece that matches the text: the first that matches to an end, or the longest."""
        while self._first < len(self._pieces) and self._used[self._first] == len(self._bare[self._first]):
            self._first += 1
        best, longest = None, 0
        for number in range(self._first, len(self._pieces)):
            used, whole = self._used[number], self._bare[number]
            if used == len(whole) or whole[used] != text[0]:
                continue
            shared = _shared(text, whole, used)
            if shared in (len(text), len(whole) - used):
                return number
            if shared > longest:
                best, longest = number, shared
        return best


def _shared(text: str, whole: str, start: int) -> int:
    """Return how many characters `text` and `whole`, from `start` on, have in common."""
    most = min(len(text), len(whole) - start)
    if text[:most] == whole[start : start + most]:
        return most
    return next(at for at in range(most) if text[at] != whole[start + at])
