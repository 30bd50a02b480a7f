"""Carries out what people decide about contributors: which printed names are one person, and which are several.

What a decision names is compared with the entries first, so that a slip of the hand changes nothing.
"""

from collections.abc import Collection, Iterable, Sequence

from indexer.authority import Authority, Person
from indexer.config import DataFolder
from indexer.errors import ConfigError, near_word
from indexer.files.contributors import add_person, merge, read_contributors, split
from indexer.model import Entry


def merge_forms(data: DataFolder, printed: Collection[str], name: str, forms: Sequence[str]) -> None:
    """Note that printed forms are the person of this name; `printed` are all forms that entries are signed with.

    The name need not be printed.  A form that is a person without conditions brings its own forms along.

    Raises `ConfigError` if there is nothing to merge, or a form is not printed or somebody else's.
    """
    known = read_contributors(data.contributors)
    _check_name(known, name)
    _check_others(name, forms)
    person = known.named(name)
    if person is not None and person.has_conditions:
        raise ConfigError("contributors-merge-conditional", name=name, path=data.contributors)
    theirs = () if person is None else person.forms
    if all(form in theirs for form in forms):
        raise ConfigError("contributors-merged-already", name=name, form=forms[0])
    for form in forms:
        _check_free(data, known, name, form)
        if form not in theirs and not known.owner(form):
            _check_printed(printed, form)
    merge(data.contributors, name, forms)


def split_forms(data: DataFolder, printed: Collection[str], name: str, forms: Sequence[str]) -> None:
    """Note that printed forms are not the person of this name, whether or not they were taken to be.

    Raises `ConfigError` if there is no such person, a form is not printed, or all of this is noted already.
    """
    known = read_contributors(data.contributors)
    _check_name(known, name)
    _check_others(name, forms)
    person = known.named(name)
    if person is None and name not in printed:
        raise _not_printed(name, printed)
    if person is not None and all(form in person.apart for form in forms):
        raise ConfigError("contributors-split-already", name=name, form=forms[0])
    for form in forms:
        if person is None or form not in person.forms:
            _check_printed(printed, form)
    split(data.contributors, name, forms)


def split_entries(data: DataFolder, entries: Iterable[Entry], person: Person) -> int:
    """Note that those entries are a person of another name which are signed with the form and meet the conditions.

    Return how many entries they are.  Raises `ConfigError` if none is, or the name is in use.
    """
    known = read_contributors(data.contributors)
    if known.named(person.name) is not None:
        raise ConfigError("contributors-name-taken", name=person.name, path=data.contributors)
    _check_name(known, person.name)
    _check_others(person.name, person.forms)
    (form,) = person.forms
    printed: set[str] = set()
    signed = met = 0
    for entry in entries:
        printed.update(entry.authors)
        if form in entry.authors:
            signed += 1
            met += person.meets(entry)
    _check_printed(printed, form)
    if not met:
        raise ConfigError("contributors-none-met", form=form, count=signed)
    add_person(data.contributors, person)
    return met


def _check_name(known: Authority, name: str) -> None:
    """Raise `ConfigError` if a name is a form of somebody else."""
    owner = known.owner(name)
    if owner is not None and owner.name != name:
        raise ConfigError("contributors-name-owned", name=name, owner=owner.name)


def _check_others(name: str, forms: Sequence[str]) -> None:
    if name in forms:
        raise ConfigError("contributors-own-name", name=name)


def _check_free(data: DataFolder, known: Authority, name: str, form: str) -> None:
    """Raise `ConfigError` if a form is somebody else's, or a person with more than forms."""
    other = known.named(form)
    if other is not None and (other.has_conditions or other.note):
        raise ConfigError("contributors-person-described", form=form, path=data.contributors)
    owner = known.owner(form)
    if owner is not None and owner.name not in (name, form):
        raise ConfigError("contributors-form-owned", form=form, owner=owner.name)


def _check_printed(printed: Collection[str], form: str) -> None:
    if form not in printed:
        raise _not_printed(form, printed)


def _not_printed(form: str, printed: Collection[str]) -> ConfigError:
    near = near_word(form[:80], printed)
    if not near:
        return ConfigError("contributors-form-unknown", form=form[:80])
    return ConfigError("contributors-form-unknown-nearest", form=form[:80], nearest=near)
