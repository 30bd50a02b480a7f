"""Reads and changes `contributors.toml`, in which people say who the printed names of contributors are.

People may edit the file: comments and order are kept.  Nothing else than a person's decision is ever written.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from indexer.authority import Authority, Person, merged, parted, years_said
from indexer.errors import ConfigError, StoreError, near_word, told
from indexer.files.durable import FolderBusy
from indexer.files.tomltext import (
    NoToml,
    NotText,
    NotUtf8,
    TooDeep,
    TooLong,
    changing,
    parse_toml,
    quoted,
    read_text,
    replace_text,
    split_at_table,
    with_table,
    without_tables,
)
from indexer.text.fold import fold

_TABLE = "person"
_KEYS = tuple(each.name for each in fields(Person))
_TEXTS = ("name", "years", "note")
_LISTS = ("forms", "apart")
"""Keys that commands change in a table."""
_LONGEST = 16 << 20
"""Longest file in bytes; a person takes one or two hundred."""
_ABOUT = """\
# Who the printed names of contributors are.  `nianjian contributor` changes it, and so may you: a table [[person]] for
# each, with name and forms (other printed forms that are theirs); for one of several persons of one name also sections,
# years and units, which an entry must meet; apart has forms that are somebody else's; a note, if you like.
"""


def read_contributors(path: Path) -> Authority:
    """Return what people have decided; nothing if there is no file.

    Raises `StoreError` naming what is wrong, or contradicts itself.
    """
    with _said_of(path):
        return _parsed(path, read_text(path, _LONGEST))


def merge(path: Path, name: str, forms: Sequence[str]) -> None:
    """Note that printed forms are one person's, as `indexer.authority.merged` has it.

    Raises `StoreError` if the file cannot be read or would contradict itself, `ConfigError` if it cannot be written or
    has a form that cannot be changed; the file then stays as it is.
    """
    _change(path, lambda known: merged(known, name, forms))


def split(path: Path, name: str, forms: Sequence[str]) -> None:
    """Note that printed forms are not a person's; raises as `merge` does."""
    _change(path, lambda known: parted(known, name, forms))


def add_person(path: Path, person: Person) -> None:
    """Add a person at the end; raises as `merge` does."""
    _change(path, lambda known: (*known.persons, person))


def _change(path: Path, decide: Callable[[Authority], tuple[Person, ...]]) -> None:
    """Replace the file by one that says what is decided, after reading that again."""
    with _said_of(path), changing(path):
        old = read_text(path, _LONGEST)
        before = _parsed(path, old)
        after = decide(before)
        _check(path, after)
        try:
            text = _changed(old, before.persons, after)
            is_right = _parsed(path, text).persons == after
        except (StoreError, NoToml, ValueError, LookupError, TypeError):  # the last three are tomlkit's
            is_right = False
        if not is_right:
            raise ConfigError("contributors-written-otherwise", path=path)
        try:
            replace_text(path, text)
        except NotText as error:
            raise ConfigError("contributors-not-text", found=error.found) from error


def _changed(text: str, before: Sequence[Person], after: Sequence[Person]) -> str:
    """Return the text with the tables of persons changed, removed and added at the end, and all else as it was."""
    known = {each.name: each for each in after}
    for number, person in enumerate(before):
        then = known.get(person.name)
        if then is not None and then != person:
            head, table, tail = split_at_table(text, _TABLE, number)
            text = head + _with_lists(table, then) + tail
    text = without_tables(text, _TABLE, [each.name not in known for each in before])
    names = {each.name for each in before}
    for person in after:
        if person.name not in names:
            text = with_table(text, _ABOUT, _written(person))
    return text


def _with_lists(text: str, person: Person) -> str:
    """Return the text of a table with the person's forms put in and taken out one by one."""
    import tomlkit  # some 30 ms, which no command that only reads has to pay
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text if text.endswith("\n") else f"{text}\n")
        table = document[_TABLE][0]
        for key in _LISTS:
            _put(table, key, getattr(person, key))
        return tomlkit.dumps(document)
    except TOMLKitError as error:
        raise NoToml(told(error)) from error


def _put(table: MutableMapping[str, Any], key: str, wanted: Sequence[str]) -> None:
    """Change a list in a table to what is wanted; one that is not there is added, unless it would be empty."""
    there = table.get(key)
    if there is None:
        if wanted:
            table[key] = list(wanted)
        return
    for each in [each for each in there if each not in wanted]:
        there.remove(each)
    for each in wanted:
        if each not in there:
            there.append(each)


def _written(person: Person) -> str:
    """Return a person as a table of a few lines."""
    years = "" if person.years is None else "-".join(map(str, dict.fromkeys(person.years)))
    said = {key: years if key == "years" else getattr(person, key) for key in _KEYS}
    lines = (f"{key} = {_value(value)}" for key, value in said.items() if value)
    return "\n".join((f"[[{_TABLE}]]", *lines))


def _value(value: str | tuple[str, ...]) -> str:
    return quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """Say as our own error what is wrong with the file."""
    try:
        yield
    except FolderBusy as error:
        raise ConfigError("contributors-busy", path=path) from error
    except TooLong as error:
        raise StoreError("contributors-too-long", path=path, limit=_LONGEST) from error
    except NotUtf8 as error:
        raise StoreError("contributors-not-utf8", path=path, line=error.line) from error
    except TooDeep as error:
        raise StoreError("contributors-too-deep", path=path) from error
    except NoToml as error:
        raise StoreError("contributors-not-toml", path=path, reason=str(error)) from error


def _parsed(path: Path, text: str) -> Authority:
    table = parse_toml(text)
    if unknown := [key for key in table if key != _TABLE]:
        raise StoreError("contributors-key-outside", path=path, key=unknown[0][:80])
    tables = table.get(_TABLE, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise StoreError("contributors-no-tables", path=path)
    persons = tuple(_person(path, number, each) for number, each in enumerate(tables, 1))
    _check(path, persons)
    return Authority(persons)


def _person(path: Path, number: int, table: Mapping[str, Any]) -> Person:
    for key, value in table.items():
        if key not in _KEYS:
            raise _unknown_key(path, number, key)
        if key in _TEXTS and not isinstance(value, str):
            raise StoreError("contributors-value-no-text", path=path, number=number, key=key)
        if key not in _TEXTS:
            _check_list(path, number, key, value)
    if not fold(table.get("name", "")):
        raise StoreError("contributors-name-missing", path=path, number=number)
    years = table.get("years")
    given = {key: value if key in _TEXTS else tuple(value) for key, value in table.items()}
    person = Person(**{"forms": ()} | given | {"years": None if years is None else _years(path, number, years)})
    if not person.forms and (person.has_conditions or not person.apart):
        raise StoreError("contributors-forms-missing", path=path, number=number, name=person.name[:80])
    if both := [form for form in person.apart if form in (person.name, *person.forms)]:
        raise StoreError("contributors-form-apart", path=path, name=person.name[:80], form=both[0][:80])
    return person


def _check_list(path: Path, number: int, key: str, value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise StoreError("contributors-value-no-list", path=path, number=number, key=key)
    if not all(map(fold, value)):
        raise StoreError("contributors-value-empty", path=path, number=number, key=key)


def _years(path: Path, number: int, text: str) -> tuple[int, int]:
    try:
        return years_said(text)
    except ValueError as error:
        raise StoreError("contributors-years-wrong", path=path, number=number, found=text[:80]) from error


def _unknown_key(path: Path, number: int, key: str) -> StoreError:
    known, near, key = ", ".join(_KEYS), near_word(key[:80], _KEYS), key[:80]
    if not near:
        return StoreError("contributors-key-unknown", path=path, number=number, key=key, known=known)
    return StoreError("contributors-key-unknown-nearest", path=path, number=number, key=key, known=known, nearest=near)


def _check(path: Path, persons: Sequence[Person]) -> None:
    """Raise `StoreError` if persons contradict one another: every form must mean one of them on each entry."""
    named: dict[str, Person] = {}
    for person in persons:
        if named.setdefault(person.name, person) is not person:
            raise StoreError("contributors-name-twice", path=path, name=person.name[:80])
    owners: dict[str, Person] = {}
    for person in persons:
        for form in person.forms:
            other = named.get(form)
            if other is not None and other.has_conditions:
                raise StoreError("contributors-name-a-form", path=path, name=form[:80], other=person.name[:80])
            if person.has_conditions:
                continue
            if other is not None and other is not person:
                raise StoreError("contributors-chained", path=path, form=form[:80], name=person.name[:80])
            if (owner := owners.setdefault(form, person)) is not person:
                raise StoreError(
                    "contributors-form-twice",
                    path=path,
                    form=form[:80],
                    name=owner.name[:80],
                    other=person.name[:80],
                )
