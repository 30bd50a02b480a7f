"""Writes a list of hits in HTML, by the patterns of `_hits.html`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from types import SimpleNamespace

from jinja2 import Environment

from indexer.model import Entry
from indexer.search.cache import Memo
from indexer.search.shown.results import Form, Hit, Snippet
from search_app.shown.naming import Names
from search_app.web.reader.mixing import mixed_html
from search_app.web.reader.patterns import Patterns
from search_app.words import answers
from search_app.words.language import gettext

_FILE = "_hits.html"
_KEPT = 2048
"""Origins of entries that are kept as written, some 500 bytes each: many entries have the same."""
_LONGEST = 4096
"""Bytes of a hit that is kept; most have a thousand, one with many authors is written anew."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What all hits of a list have in common."""

    version: str
    """Of the answers; names and persons are those of it."""
    is_compact: bool
    with_volume: bool
    """Whether each says of which volume it is."""
    names: Names
    args: str
    """What all have in their addresses: as `hit_args` gives it or, of entries that only come near, the query's text."""


class HitList:
    """The hits of a page in one language; `links` are the addresses of the app."""

    def __init__(self, environment: Environment, links: SimpleNamespace, language: str, kept: Memo[bytes]) -> None:
        """Take the language's environment, and where hits are kept; nothing is read yet."""
        self._environment = environment
        self._links = links
        self._language = language
        self._kept = kept
        self._patterns = Patterns(environment, _FILE)
        self._origins = lru_cache(_KEPT)(self._write_origin)

    def __call__(self, hits: Sequence[tuple[int, Hit]], first: int, of: Listing) -> bytes:
        """Return a list of hits, each with its place among them.

        `first` numbers them; 0 stands for entries that only come near, whose addresses have the query's text alone
        and not what all hits of a search have in theirs.
        """
        begin = self._patterns.get_bytes("hit", of.is_compact, bool(first))
        written = []
        for at, hit in hits:
            number, entry_id = first + at if first else 0, hit.entry.id
            url = self._links.hit_url(entry_id, of.args, number) if first else self._links.entry_url(entry_id, of.args)
            begun = begin(
                {
                    "number": b"%d" % number,
                    "said": b"%d" % number if number < 1000 else answers.number(number).encode(),
                    "id": escape(entry_id).encode(),
                    "url": escape(url).encode(),
                }
            )
            written.append(begun + self._told(hit, bool(number), of))
        fill = self._patterns.get_bytes("list", of.is_compact, bool(first))
        return fill({"first": b"%d" % (first + hits[0][0]), "hits": b"\n".join(written)})

    def _told(self, hit: Hit, is_numbered: bool, of: Listing) -> bytes:
        """Return a hit from its title on; of an entry that the same is found in, it is the same in any list."""
        if hit.parts:  # a score is explained to few
            return self._write_told(hit, is_numbered, of).encode()
        found = hit.title, hit.snippet, hit.reasons, hit.has, hit.lacks
        key = of.version, hit.entry.id, self._language, of.is_compact, of.with_volume, is_numbered, found
        kept = self._kept.get(key)
        if kept is None:
            kept = self._write_told(hit, is_numbered, of).encode()
            if len(kept) <= _LONGEST:
                self._kept.put(key, kept)
        return kept

    def _write_told(self, hit: Hit, is_numbered: bool, of: Listing) -> str:
        places, fields = answers.places(hit.reasons) if is_numbered and hit.reasons else ("", "")
        return self._patterns.get("told", bool(places))(
            {
                "title": _spans(hit.title) or escape(answers.title("")),
                "origin": self._origin(hit.entry, of),
                "snippet": _spans(hit.snippet),
                "why": self._why(hit),
                "places": escape(places),
                "fields": escape(fields),
            }
        )

    def _origin(self, entry: Entry, of: Listing) -> str:
        """Return from where an entry is, and who signed it."""
        heading = "" if of.is_compact or entry.heading == entry.title else entry.heading
        volume = of.names.badge(entry) if of.with_volume else ""
        return self._origins(volume, entry.section, heading, tuple(of.names.signers(entry)) if entry.authors else ())

    def _write_origin(self, volume: str, section: str, heading: str, signers: tuple[tuple[str, str], ...]) -> str:
        fill = self._patterns.get("origin", bool(volume), bool(heading), bool(signers))
        return fill(
            {
                "volume": mixed_html(volume),
                "section": mixed_html(section or answers.section("")),
                "heading": mixed_html(heading),
                "authors": escape(gettext("、")).join([self._author(form, person) for form, person in signers]),
            }
        )

    def _author(self, form: str, person: str) -> str:
        fill = self._patterns.get("author", person != form)
        return fill({"url": escape(self._links.author_url(person)), "person": escape(person), "form": escape(form)})

    def _why(self, hit: Hit) -> str:
        """Return what is said of a hit that has not all words as they were typed, and of its score if it is explained."""
        said = [answers.having(hit)] if hit.has or hit.lacks else []
        said += [answers.reason(each) for each in hit.reasons if each.form is not Form.PRINTED]
        written = [self._patterns.get("why")({"said": mixed_html(each)}) for each in said]
        if hit.parts:
            written.append(str(self._environment.get_template(_FILE).module.score(hit)))  # type: ignore[attr-defined]
        return "".join(written)


def _spans(spans: Snippet) -> str:
    """Return a stretch of an entry with what was found marked."""
    whole = "".join([each.text for each in spans])
    if "&" in whole or "<" in whole or ">" in whole:  # of all at once, since few texts have one
        return "".join([_marked(escape(each.text, False), each.marked) for each in spans])
    return "".join([f"<mark>{each.text}</mark>" if each.marked else each.text for each in spans])


def _marked(text: str, is_marked: bool) -> str:
    return f"<mark>{text}</mark>" if is_marked else text
