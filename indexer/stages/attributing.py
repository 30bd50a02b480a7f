"""Says who signed the entries of an archive, and which printed names may be one person's.

Entries are passed in, so that no engine is known here; what people have decided is an `Authority`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from indexer.authority import Authority
from indexer.model import Entry
from indexer.text.fold import fold
from indexer.text.resemblance import Kind, resembling


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed form of a name."""

    form: str
    entries: int
    """How many entries are signed so."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person, or an organisation, who signed entries."""

    name: str
    entries: int
    forms: tuple[Printed, ...]
    """The printed forms that mean this person on some entry, most frequent first."""
    sections: tuple[str, ...]
    """Sections of the entries, most frequent first."""
    years: tuple[int, ...]
    """Years of the volumes, in order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two printed forms that may be one person, with what speaks for it and against it."""

    forms: tuple[str, str]
    """The more frequent one first."""
    kind: Kind
    entries: tuple[int, int]
    """How many entries are signed with each."""
    sections: tuple[str, ...]
    """Sections in which both sign, in order; the same of volumes and years."""
    volumes: tuple[str, ...]
    years: tuple[int, ...]
    together: int
    """How many entries both sign, which speaks against it."""


@dataclass(slots=True)
class _Signed:
    """What is signed by one form or person, gathered entry by entry."""

    entries: set[int] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    sections: Counter[str] = field(default_factory=Counter)
    volumes: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def add(self, number: int, entry: Entry, form: str) -> None:
        """Add an entry, once for each form on it."""
        self.forms[form] += 1
        if number in self.entries:
            return
        self.entries.add(number)
        self.sections[entry.section] += 1
        self.volumes.add(entry.volume)
        self.years.add(entry.year)


def contributors(entries: Iterable[Entry], authority: Authority, text: str = "") -> tuple[Contributor, ...]:
    """Return who signed the entries, those with most entries first.

    With `text`, only those in whose name or printed forms it stands, compared folded.
    """
    signed: dict[str, _Signed] = {}
    for number, entry in enumerate(entries):
        for form in dict.fromkeys(entry.authors):
            signed.setdefault(authority.person_of(form, entry), _Signed()).add(number, entry, form)
    wanted = fold(text)
    found = (
        _contributor(name, each)
        for name, each in signed.items()
        if any(wanted in fold(form) for form in (name, *each.forms))
    )
    return tuple(sorted(found, key=lambda each: (-each.entries, each.name)))


def candidates(entries: Iterable[Entry], authority: Authority) -> tuple[Candidate, ...]:
    """Return the pairs of printed forms that may be one person and that nobody has decided about, best evidence first.

    Those that sign an entry together come last.  Then what counts is the kind of likeness, whether both sign in one
    section and in one volume, and how rare the rarer form is: a misprint is rare.
    """
    signed = _signed(entries)
    pairs = resembling({form: len(each.entries) for form, each in signed.items()})
    found = (_candidate(pair, kind, signed) for pair, kind in pairs.items() if not authority.are_decided(*pair))
    return tuple(sorted(found, key=_weight))


def _weight(each: Candidate) -> tuple[object, ...]:
    more, fewer = each.entries
    return each.together > 0, _ORDER[each.kind], not each.sections, not each.volumes, fewer, -more, each.forms


_ORDER: Mapping[Kind, int] = {kind: place for place, kind in enumerate(Kind)}


def _candidate(pair: tuple[str, str], kind: Kind, signed: Mapping[str, _Signed]) -> Candidate:
    one, other = (signed[form] for form in pair)
    return Candidate(
        forms=pair,
        kind=kind,
        entries=(len(one.entries), len(other.entries)),
        sections=tuple(sorted((one.sections.keys() & other.sections.keys()) - {""})),
        volumes=tuple(sorted((one.volumes & other.volumes) - {""})),
        years=tuple(sorted((one.years & other.years) - {0})),
        together=len(one.entries & other.entries),
    )


def _contributor(name: str, signed: _Signed) -> Contributor:
    return Contributor(
        name=name,
        entries=len(signed.entries),
        forms=tuple(Printed(form, count) for form, count in _commonest_first(signed.forms)),
        sections=tuple(section for section, _ in _commonest_first(signed.sections) if section),
        years=tuple(sorted(signed.years - {0})),
    )


def _signed(entries: Iterable[Entry]) -> dict[str, _Signed]:
    """Return what is signed by each printed form."""
    signed: dict[str, _Signed] = {}
    for number, entry in enumerate(entries):
        for form in dict.fromkeys(entry.authors):
            signed.setdefault(form, _Signed()).add(number, entry, form)
    return signed


def _commonest_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))
