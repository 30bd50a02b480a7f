"""Writes down where a walk over everything found has come to, as a text that whoever walks sends back."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from typing import Annotated

import msgspec

from search_app.following.versions import digest_of
from search_app.shown.links import SearchState

_CHECKED = 8
"""Characters of the digest by which a text that was cut or changed is told."""
_LONGEST = 1000
"""Characters of a cursor that are looked at; ours have some 150."""

_WRITTEN = tuple[str, str, str, Annotated[int, msgspec.Meta(ge=0)]]
"""What a cursor holds.  Anybody can make one that was not given, and lists count from their end below 0."""


class CursorError(ValueError):
    """A text that is no cursor, or not as it was given."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place among all that a search finds, which is the same place only while the same things are found."""

    generation: str
    """The generation that answered, for whoever is told that it no longer does."""
    found: str
    """`Version.found` of what answered."""
    search: str
    """A digest of what was asked, without how much of it at once."""
    first: int
    """How many entries come before."""

    @classmethod
    def beginning(cls, generation: str, found: str, state: SearchState) -> "Cursor":
        """Return the place before the first entry that a search finds."""
        return cls(generation, found, digest_of(state.text, state.sort, repr(state.filters)), 0)

    def moved(self, by: int) -> "Cursor":
        """Return the place so many entries further on."""
        return replace(self, first=self.first + by)

    def __str__(self) -> str:
        """Return the cursor as it is sent: letters, digits, `-` and `_`."""
        text = msgspec.json.encode((self.generation, self.found, self.search, self.first)).decode()
        return urlsafe_b64encode((digest_of(text)[:_CHECKED] + text).encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Read a cursor; raise `CursorError` for any text that `str` has not made of one."""
    try:
        told = urlsafe_b64decode(text[:_LONGEST] + "=" * (-len(text) % 4)).decode()
        if told[:_CHECKED] != digest_of(told[_CHECKED:])[:_CHECKED]:
            raise CursorError
        cursor = Cursor(*msgspec.json.decode(told[_CHECKED:], type=_WRITTEN))
    except (ValueError, msgspec.MsgspecError) as error:
        raise CursorError from error
    if str(cursor) != text:  # Base64 is read past what does not belong to it
        raise CursorError
    return cursor
