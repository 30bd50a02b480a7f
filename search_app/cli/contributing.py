"""Defines the commands by which people decide who the printed names of contributors are."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict

import click

from indexer.authority import Person, years_said
from indexer.files.contributors import read_contributors
from indexer.search.query.tree import SearchRequest
from indexer.stages.attributing import Candidate, Contributor, candidates, contributors
from indexer.stages.identifying import merge_forms, split_entries, split_forms
from indexer.text.resemblance import Kind
from search_app.cli.session import Session
from search_app.cli.speaking.commands import Group, argument, option
from search_app.words.language import N_, Worded, gettext, ngettext

_SHOWN = 50
"""How many candidates are listed on a terminal."""
_FEW = 3
"""How many sections of a contributor are."""
_KINDS: Mapping[Kind, str] = Worded(
    {
        Kind.SPACING: N_("spaces or dots"),
        Kind.VARIANT: N_("traditional or simplified"),
        Kind.ROLE_WORD: N_("role word or brackets"),
        Kind.LOOK_ALIKE: N_("look-alikes"),
        Kind.ONE_EDIT: N_("one character"),
    }
)
"""In what the names of a candidate differ."""


@click.group(cls=Group, no_args_is_help=False)
def contributor() -> None:
    """Say who is who: one person under several printed names, or several persons under one.

    It is kept in contributors.toml, which may be written by hand, too.  Nothing is decided by itself: `candidates`
    lists what may be one person, `merge` and `split` note what you have found.
    """


@contributor.command("merge")
@argument("name")
@argument("forms", metavar="FORM…", nargs=-1, required=True)
@click.pass_obj
def merge_command(session: Session, name: str, forms: tuple[str, ...]) -> None:
    """Note that entries signed FORM are by the person NAME.

    NAME is what the person is called from now on, printed so or not.  A FORM that had forms of its own brings them along.
    """
    _check_name(name)
    printed = _printed(session)
    merge_forms(session.data, printed, name, forms)
    said = gettext("{forms}: that is {name} from now on.")
    click.echo(said.format(forms=_listed(forms), name=name))
    if name not in printed:
        click.echo(gettext("No entry is signed {name} itself.").format(name=name))
    session.end_degraded()


@contributor.command("split")
@argument("names", metavar="NAME FORM…", nargs=-1, required=True)
@option("--as", "as_name", metavar="NAME", help="Name of the other person whom some entries signed FORM are by.")
@option("--section", multiple=True, help="With --as: these are in this section, as printed; may be repeated (or).")
@option("--years", help="With --as: in volumes of these years, as 2001-2003 or 2001.")
@option("--unit", multiple=True, help="With --as: with this in heading or signature; may be repeated (or).")
@click.pass_obj
def split_command(
    session: Session,
    names: tuple[str, ...],
    as_name: str | None,
    section: tuple[str, ...],
    years: str | None,
    unit: tuple[str, ...],
) -> None:
    """Tell persons apart.

    \b
    split NAME FORM…        entries signed FORM are not by NAME: taken out of that person, or only noted, so that
                            `candidates` does not offer it again
    split FORM --as NAME    entries signed FORM are by NAME where they meet all of --section, --years and --unit
    """
    has_conditions = bool(section or years or unit)
    if as_name is None:
        if has_conditions:
            raise click.UsageError(gettext("--section, --years and --unit are conditions: give --as NAME, too"))
        if len(names) < 2:
            raise click.UsageError(gettext("FORM is missing: which printed name is not this person's; or --as NAME"))
        _check_name(names[0])
        split_forms(session.data, _printed(session), names[0], names[1:])
        said = gettext("{forms}: that is not {name}.")
        click.echo(said.format(forms=_listed(names[1:]), name=names[0]))
    else:
        _check_name(as_name)
        if len(names) > 1:
            said = gettext("--as is about one printed name: give {name} alone, then the others")
            raise click.UsageError(said.format(name=names[0]))
        if not has_conditions:
            said = gettext("--as needs --section, --years or --unit; if all entries are meant, merge them")
            raise click.UsageError(said)
        person = Person(as_name, names, _filled("--section", section), _years(years), _filled("--unit", unit))
        met = split_entries(session.data, session.searcher(as_printed=True).entries(SearchRequest()), person)
        said = ngettext(
            "{n} entry signed {form}: by {name} from now on.", "{n} entries signed {form}: by {name} from now on.", met
        )
        click.echo(said.format(n=met, form=names[0], name=as_name))
    session.end_degraded()


@contributor.command("list")
@argument("text", default="")
@option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def list_command(session: Session, text: str, as_json: bool) -> None:
    """List who signed entries: their number, the printed names, sections and years.

    With TEXT, those in whose names it stands.
    """
    known = read_contributors(session.data.contributors)
    searcher = session.searcher(as_printed=True)
    found = contributors(searcher.entries(SearchRequest()), known, text)
    printed = {each.form for person in found for each in person.forms} if not text else _printed(session)
    missing = known.missing(printed)
    if as_json:
        listed = [{"form": form, "name": name} for form, name in missing]
        told = {"contributors": [asdict(each) for each in found], "missing": listed}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for each in found:
            _say_contributor(each)
        if missing:
            said = gettext("Not printed any more; take them out of {path}:")
            click.echo(said.format(path=session.data.contributors))
        for form, name in missing:
            click.echo(f"       {form}  ({name})")
    session.end_degraded()


@contributor.command("candidates")
@option("--json", "as_json", is_flag=True, help="Print all of them as JSON.")
@click.pass_obj
def candidates_command(session: Session, as_json: bool) -> None:
    """List pairs of printed names that may be one person, best evidence first.

    Two that nobody has decided about yet: in what they differ, how many entries each signs, and where both do.
    """
    known = read_contributors(session.data.contributors)
    found = candidates(session.searcher(as_printed=True).entries(SearchRequest()), known)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found[:_SHOWN]:
            _say_candidate(each)
        if len(found) > _SHOWN:
            click.echo(gettext("… and {n} more (--json has all)").format(n=len(found) - _SHOWN))
        if not found:
            click.echo(gettext("No two names are alike that nobody has decided about."))
    session.end_degraded()


def _say_contributor(each: Contributor) -> None:
    forms = ""
    if [printed.form for printed in each.forms] != [each.name]:
        forms = f"  ({', '.join(f'{printed.form} {printed.entries}' for printed in each.forms)})"
    sections = "; ".join(each.sections[:_FEW]) + (" …" if len(each.sections) > _FEW else "")
    click.echo(f"{each.entries:>5}  {each.name}{forms}  {sections}  {_range(each.years)}".rstrip())


def _say_candidate(each: Candidate) -> None:
    (one, other), (more, fewer) = each.forms, each.entries
    differ = gettext("differ in {what}").format(what=_KINDS[each.kind])
    click.echo(f"{one} ({more})  {other} ({fewer})  {differ}")
    shared = (gettext("in {sections}"), each.sections), (gettext("volumes {volumes}"), each.volumes)
    if said := "; ".join(how.format(sections=_listed(where), volumes=_listed(where)) for how, where in shared if where):
        click.echo("       " + gettext("both {where}").format(where=said))
    if each.together:
        against = gettext("against it: both sign {n} of the same entries")
        click.echo("       " + against.format(n=each.together))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _range(years: tuple[int, ...]) -> str:
    return "-".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else ""


def _printed(session: Session) -> Counter[str]:
    """Return all names that entries are signed with."""
    return Counter(
        form for entry in session.searcher(as_printed=True).entries(SearchRequest()) for form in entry.authors
    )


def _check_name(name: str) -> None:
    if not name.strip():
        raise click.UsageError(gettext("NAME is empty; say what the person is called"))


def _filled(option: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if not all(value.strip() for value in values):
        said = gettext("{option} is empty; give what is printed, or leave the option out")
        raise click.UsageError(said.format(option=option))
    return values


def _years(text: str | None) -> tuple[int, int] | None:
    try:
        return None if text is None else years_said(text)
    except ValueError:
        said = gettext("--years {text!r} is no range of years; give it as 2001-2003 or 2001")
        raise click.UsageError(said.format(text=text)) from None
