"""States entries, volumes and where they stand in the vocabulary of schema.org.  Knows no HTML beside its danger."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from indexer.parse.entries.names import is_name, is_organisation
from search_app.shown.citing.reference import Reference

Thing = dict[str, Any]
"""A JSON-LD object."""
Step = tuple[str, str]
"""Name and whole address of a page on the way to the one that is shown."""


def article(cited: Reference, address: str, inside: Thing) -> Thing:
    """Return an entry; `address` is its page's, `inside` the book it is printed in."""
    return _known(
        {
            "@type": "Article",
            "@id": address,
            "url": address,
            "headline": cited.title,
            "identifier": cited.id,
            "inLanguage": cited.language,
            "author": [_party(name) for name in cited.authors],
            "articleSection": cited.section,
            "datePublished": str(cited.printed or ""),
            "isPartOf": inside,
        }
    )


def book(cited: Reference, title: str, address: str) -> Thing:
    """Return a volume, as a reference to one of its entries knows it, under its title; `address` is its page's."""
    return _known(
        {
            "@type": "Book",
            "@id": address,
            "url": address,
            "name": title,
            "editor": _party(cited.editor) if cited.editor else None,
            "publisher": {"@type": "Organization", "name": cited.publisher} if cited.publisher else None,
            "datePublished": str(cited.printed or ""),
            "isbn": cited.isbn,
            "isPartOf": {"@type": "BookSeries", "name": cited.yearbook} if cited.yearbook else None,
        }
    )


def breadcrumbs(way: Iterable[Step]) -> Thing:
    """Return the way to a page, from the front page to itself."""
    steps = [
        {"@type": "ListItem", "position": at, "name": name, "item": address}
        for at, (name, address) in enumerate(way, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def json_ld(*things: Thing) -> str:
    """Return things as a JSON-LD document that can stand in a `script` element: it holds no `<`."""
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


@lru_cache(1024)
def _party(name: str) -> Thing | str:
    """Return whoever signed or edited something: a person or an organisation if the name can be of one alone.

    Else the name without a type, as a text, which schema.org takes in the place of any thing: nothing is claimed.
    """
    is_person, is_office = is_name(name), is_organisation(name)
    if is_person == is_office:
        return name
    return {"@type": "Person" if is_person else "Organization", "name": name}


def _known(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value}
