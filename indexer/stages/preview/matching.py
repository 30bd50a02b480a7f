"""Finds the pieces of a text again in the lines of its page, character by character; knows no layout."""

from collections.abc import Sequence

from indexer.parse.entries.drafts import Kind, Piece, Rule


def bare(text: str) -> str:
    """Leave out white space, which mending line breaks adds and takes."""
    return "".join(text.split())


class Pieces:
    """Pieces that are taken one after the other as a page's lines show them, with what stands between."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Take the pieces of a text in order; those of other parts of the frame may stand anywhere among them."""
        self._pieces = pieces
        self._bare = [bare(piece.text) for piece in pieces]
        self._used = [0] * len(pieces)
        self._first = 0
        """All pieces before it are used up."""
        self._taken: list[tuple[int, int, int] | Piece] = []
        """Number, and which of its characters without white space; or what is no piece of the text."""

    def put(self, piece: Piece) -> None:
        """Put what is no piece of the text between them."""
        self._taken.append(piece)

    def take(self, text: str) -> None:
        """Take what a line shows; what no piece has is not understood."""
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
        """Give all in the page's order; a piece is in parts where something else stands in it."""
        return [each if isinstance(each, Piece) else self._part(*each) for each in self._taken]

    def _part(self, number: int, start: int, end: int) -> Piece:
        piece = self._pieces[number]
        if (start, end) == (0, len(self._bare[number])):
            return piece
        places = [at for at, char in enumerate(piece.text) if not char.isspace()]
        return Piece(piece.kind, piece.text[places[start] : places[end - 1] + 1], piece.rule)

    def _showing(self, text: str) -> int | None:
        """Give the first piece that goes on as the text does to the end of either, else the one that does longest."""
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
    """Count the characters that `text` shares with `whole` from `start` on."""
    most = min(len(text), len(whole) - start)
    if text[:most] == whole[start : start + most]:
        return most
    return next(at for at in range(most) if text[at] != whole[start + at])
