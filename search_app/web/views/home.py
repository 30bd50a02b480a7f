"""The front page: the shelf of yearbooks, what is held of each, and searches to begin with."""

from collections import Counter
from dataclasses import dataclass

from search_app.shown.browsing.examples import examples
from search_app.shown.naming import Names, Shelved
from search_app.web.current import current_archive
from search_app.web.holding import Held, current_holdings
from search_app.web.reader.rendering import render


@dataclass(frozen=True, slots=True)
class Book:
    """A yearbook on the shelf."""

    name: str
    """Empty if unknown."""
    editor: str
    """Empty if the manifest does not give it, or its volumes had several."""
    volumes: list[Shelved]
    sums: Counter[str]
    """What is held of all its volumes together; empty if that is not known."""

    @property
    def entries(self) -> int:
        """Number of entries."""
        return sum(each.entries for each in self.volumes)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of its volumes, each once, in order; unknown ones are left out."""
        return tuple(sorted({each.year for each in self.volumes if each.year}))


def front() -> str:
    """Show the front page."""
    searcher, names = current_archive().open()
    held = current_holdings().lately()
    books = [_book(name, volumes, names, held) for name, volumes in names.shelf()]
    return render(
        "home.html",
        books=books,
        total=len(searcher),
        several=names.several,
        examples=current_archive().once(examples),
    )


def _book(name: str, volumes: list[Shelved], names: Names, held: Held) -> Book:
    known = [found for each in volumes if (found := names.described(each.id, name))]
    editors = {each.editor for each in known}
    return Book(
        name=name,
        editor=editors.pop() if len(editors) == 1 else "",
        volumes=volumes,
        sums=held.sums(each.id for each in known),
    )
