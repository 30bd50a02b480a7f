"""Says which person an entry's printed author is, by what people have decided; nothing here is guessed.

A form is an author's name as an entry prints it.  This module knows no file and no engine.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.model import Entry
from indexer.text.fold import fold

_YEARS = re.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?")
_NOBODY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Person:
    """A person, the printed forms that are theirs, and the conditions under which they are."""

    name: str
    """What the person is called; where an entry prints it, it is theirs without being listed."""
    forms: tuple[str, ...]
    """Other printed forms, compared as they stand."""
    sections: tuple[str, ...] = ()
    """Conditions, all of which an entry must meet: its section is one of these."""
    years: tuple[int, int] | None = None
    """The first and the last year of volumes."""
    units: tuple[str, ...] = ()
    """One of these stands in the entry's heading or signature, compared folded."""
    note: str = ""
    apart: tuple[str, ...] = ()
    """Forms that look like this person's, and were found to be somebody else's."""

    @property
    def has_conditions(self) -> bool:
        """Whether only some of the entries signed with a form are this person's."""
        return bool(self.sections or self.years or self.units)

    def meets(self, entry: Entry) -> bool:
        """Return whether an entry meets all conditions; one without conditions meets everything."""
        if self.sections and entry.section not in self.sections:
            return False
        if self.years and not self.years[0] <= entry.year <= self.years[1]:
            return False
        if not self.units:
            return True
        places = fold(entry.heading), fold(entry.signature)
        return any(unit in place for unit in map(fold, self.units) for place in places)


@dataclass(frozen=True, slots=True)
class Authority:
    """All that people have decided about who is who; false where that is nothing.

    Persons are taken to be free of contradictions, as `indexer.files.contributors` reads them.
    """

    persons: tuple[Person, ...] = ()
    """The persons in the file's order."""
    plain: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """The person's name for each form that is claimed without conditions; a name itself is no key."""
    conditional: Mapping[str, tuple[Person, ...]] = field(init=False, repr=False, compare=False)
    """The persons with conditions, in the file's order, for each form that they claim; they come before `plain`."""
    claimed: frozenset[str] = field(init=False, repr=False, compare=False)
    """All forms and names in the file."""
    _changing: frozenset[str] = field(init=False, repr=False, compare=False)
    """The forms that may mean somebody of another name."""
    _meant: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    """The names of all persons who may be meant by a form or name."""
    _apart: frozenset[tuple[str, str]] = field(init=False, repr=False, compare=False)
    """Names of persons, each with a form that is not theirs, or with the name of a person whose form that is."""

    def __post_init__(self) -> None:
        """Look forms up by what they are, once."""
        plain: dict[str, str] = {}
        conditional: dict[str, tuple[Person, ...]] = {}
        for person in self.persons:
            for form in dict.fromkeys(person.forms):
                if person.has_conditions:
                    conditional[form] = (*conditional.get(form, ()), person)
                elif form != person.name:
                    plain.setdefault(form, person.name)
        meant: dict[str, frozenset[str]] = {}
        for person in self.persons:
            for form in (person.name, *person.forms):
                meant[form] = meant.get(form, _NOBODY) | {person.name}
        apart = (
            (person.name, each)
            for person in self.persons
            for form in person.apart
            for each in (form, *meant.get(form, _NOBODY))
        )
        object.__setattr__(self, "plain", plain)
        object.__setattr__(self, "conditional", conditional)
        object.__setattr__(self, "claimed", frozenset(meant))
        object.__setattr__(self, "_changing", frozenset((*plain, *conditional)))
        object.__setattr__(self, "_meant", meant)
        object.__setattr__(self, "_apart", frozenset(apart))

    def __bool__(self) -> bool:
        """Return whether anything has been decided."""
        return bool(self.persons)

    def persons_of(self, entry: Entry) -> tuple[str, ...]:
        """Return the names of the persons who signed an entry, each once, in printed order."""
        if self._changing.isdisjoint(entry.authors):
            return entry.authors
        return tuple(dict.fromkeys(self.person_of(form, entry) for form in entry.authors))

    def person_of(self, form: str, entry: Entry) -> str:
        """Return the name of the person whom a printed form means on an entry; the form itself if nobody claims it."""
        for person in self.conditional.get(form, ()):
            if person.meets(entry):
                return person.name
        return self.plain.get(form, form)

    def person_named(self, value: str) -> str:
        """Return the person whom a form means wherever nobody's conditions are met; anything else stands for itself."""
        return self.plain.get(value, value)

    def missing(self, printed: Container[str]) -> tuple[tuple[str, str], ...]:
        """Return the forms that are not among the printed ones, each with the name of its person."""
        listed = ((form, person.name) for person in self.persons for form in dict.fromkeys(person.forms))
        return tuple((form, name) for form, name in listed if form not in printed)

    def named(self, name: str) -> Person | None:
        """Return the person of this name, or None if the file has none."""
        return next((person for person in self.persons if person.name == name), None)

    def owner(self, form: str) -> Person | None:
        """Return the person without conditions to whom a form belongs, by name or as a form; None if nobody."""
        plain = (person for person in self.persons if not person.has_conditions)
        return next((person for person in plain if form in (person.name, *person.forms)), None)

    def are_decided(self, one: str, other: str) -> bool:
        """Return whether people have decided about two forms: that they are one person, or that they are not."""
        ones, others = self._meant.get(one, _NOBODY), self._meant.get(other, _NOBODY)
        if not ones.isdisjoint(others):
            return True
        return any(
            (name, form) in self._apart
            for names, forms in ((ones, others | {other}), (others, ones | {one}))
            for name in names
            for form in forms
        )


NOBODY = Authority()
"""Nothing has been decided about who is who."""


def years_said(text: str) -> tuple[int, int]:
    """Return the first and the last year of `2001-2003` or `2001`; raise `ValueError` for anything else."""
    found = _YEARS.fullmatch(text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if first > last:
        raise ValueError(text)
    return first, last


def merged(authority: Authority, name: str, forms: Sequence[str]) -> tuple[Person, ...]:
    """Return the persons after a decision that printed forms are one person's.

    A form that is a person without conditions brings its own forms along, and is no person any more.
    """
    gone = [each for each in authority.persons if each.name in forms and each.name != name and not each.has_conditions]
    person = authority.named(name) or Person(name, ())
    found = dict.fromkeys((*forms, *(form for each in gone for form in each.forms)))
    more = (form for form in found if form not in (name, *person.forms))
    theirs = (*person.forms, *more)
    apart = (*person.apart, *(form for each in gone for form in each.apart if form not in person.apart))
    after = replace(person, forms=theirs, apart=tuple(form for form in apart if form not in (name, *theirs)))
    return _with(authority, after, without=gone)


def parted(authority: Authority, name: str, forms: Sequence[str]) -> tuple[Person, ...]:
    """Return the persons after a decision that printed forms are not this person's.

    One with conditions who has no form left is no person any more.
    """
    person = authority.named(name) or Person(name, ())
    more = (form for form in dict.fromkeys(forms) if form not in person.apart)
    theirs = tuple(form for form in person.forms if form not in forms)
    after = replace(person, forms=theirs, apart=(*person.apart, *more))
    if after.has_conditions and not theirs:
        return tuple(each for each in authority.persons if each.name != name)
    return _with(authority, after)


def _with(authority: Authority, person: Person, without: Sequence[Person] = ()) -> tuple[Person, ...]:
    """Return the persons with one put in the place of its namesake, or at the end."""
    kept = [person if each.name == person.name else each for each in authority.persons if each not in without]
    return tuple(kept) if authority.named(person.name) else (*kept, person)
