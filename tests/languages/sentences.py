"""Finds what this program says to readers, sentence by sentence, and what it says past the catalogues."""

import ast
import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from inspect import unwrap
from pathlib import Path
from typing import NamedTuple

import click
from jinja2 import Environment, nodes

from indexer.errors import sentences as errors
from search_app.cli import cli
from search_app.cli.speaking.layout import paragraphs
from search_app.words.language import ENGLISH, speak

ROOT = Path(__file__).parents[2]
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff“”]")
"""A character by which a sentence is told to be Chinese; typographic quotation marks are, as English ones are straight."""
_LOOKED_UP = {"gettext": 1, "N_": 1, "_": 1, "ngettext": 2}
"""Functions whose first arguments are sentences, with how many are."""
_CLICK = ("core", "exceptions", "types", "parser", "formatting")
"""Modules of click that speak to whoever types a command; the others do to somebody who is asked, or writes one."""
_TYPED = re.compile(r"[A-Za-z]{2}")


class Sentence(NamedTuple):
    """A sentence as it stands in the code, with the form for several things behind it if it has one."""

    forms: tuple[str, ...]
    place: str
    """File that says it."""


def said(root: Path = ROOT) -> Iterator[Sentence]:
    """Yield every sentence that a reader may be told."""
    for file in sorted(root.glob("search_app/**/*.py")):
        yield from in_code(file.read_text("utf-8"), _place(file, root))
    for file in sorted(root.glob("search_app/**/*.html")):
        yield from in_template(file.read_text("utf-8"), _place(file, root))
    for sentence in errors().values():
        yield Sentence((sentence,), "indexer/errors.en.toml")
    for name in _CLICK:
        spec = find_spec(f"click.{name}")
        assert spec is not None
        assert spec.origin is not None
        yield from in_code(Path(spec.origin).read_text("utf-8"), f"click/{name}.py")
    yield from in_help(cli, root)


def in_code(text: str, place: str) -> Iterator[Sentence]:
    """Yield the sentences that Python code looks up; not what only somebody who wrote a wrong command is told."""
    tree = ast.parse(text)
    for_makers = {
        id(each)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and "TypeError" in ast.dump(node.exc.func)
        for each in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and id(node) not in for_makers:
            count = _LOOKED_UP.get(getattr(node.func, "id", ""), 0)
            forms = tuple(each.value for each in node.args[:count] if isinstance(each, ast.Constant))
            if count and len(forms) == count:
                yield Sentence(forms, place)


def in_template(text: str, place: str) -> Iterator[Sentence]:
    """Yield the sentences that a template looks up."""
    for call in Environment().parse(text).find_all(nodes.Call):
        count = _LOOKED_UP.get(getattr(call.node, "name", ""), 0)
        forms = tuple(each.value for each in call.args[:count] if isinstance(each, nodes.Const))
        if count and len(forms) == count:
            yield Sentence(forms, place)


def in_help(command: click.Command, root: Path) -> Iterator[Sentence]:
    """Yield what the help of a command says, and of the commands in it."""
    speak(ENGLISH)  # in which metavariables are as they stand in the code
    place = _place(Path(unwrap(command.callback).__code__.co_filename), root) if command.callback else ""
    context = command.context_class(command)
    texts = [command.help or "", *(each.help or "" for each in command.params if isinstance(each, click.Option))]
    said = [words for text in texts for _, words in paragraphs(text) if words]
    said += [each.make_metavar(context) for each in command.params if not getattr(each, "is_flag", False)]
    said += filter(None, (command.options_metavar, getattr(command, "subcommand_metavar", None)))
    for words in said:
        if "|" not in words.partition("]")[0]:  # values to choose from are typed as they are
            yield Sentence((words,), place)
    for each in getattr(command, "commands", {}).values():
        yield from in_help(each, root)


def bare_in_template(text: str) -> Iterator[tuple[int, str]]:
    """Yield what a template says in Chinese without looking it up: line and text."""
    tree = Environment().parse(text)
    looked_up = {
        id(each)
        for call in tree.find_all(nodes.Call)
        if (count := _LOOKED_UP.get(getattr(call.node, "name", ""), 0))
        for each in call.args[:count]
    }
    for node in tree.find_all((nodes.TemplateData, nodes.Const)):
        words = node.data if isinstance(node, nodes.TemplateData) else node.value
        if id(node) not in looked_up and isinstance(words, str) and CHINESE.search(words):
            yield node.lineno, " ".join(words.split())


def bare_in_code(text: str) -> Iterator[tuple[int, str]]:
    """Yield what code says in Chinese without looking it up: line and text; docstrings are for who reads the code."""
    tree = ast.parse(text)
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)} | _looked_up(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield from [(node.lineno, node.value)] if CHINESE.search(node.value) else []


def unspoken(text: str) -> Iterator[tuple[int, str]]:
    """Yield what code prints in English without looking it up: line and text.

    A string is taken for English by two letters in a row; what is typed or read by a program is set in brackets.
    """
    tree = ast.parse(text)
    looked_up = _looked_up(tree)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in _PRINTING:
            for node in _spoken(call.args):
                if id(node) not in looked_up and _TYPED.search(str(node.value)):
                    yield node.lineno, str(node.value)


_PRINTING = {
    "click.echo",
    "click.UsageError",
    "console.print",
    "print",
    "Text",
    "row",
    "say_named",
    "say_losses",
    "self.fail",
    "_fail",
}
"""What shows its arguments on a terminal."""


def _spoken(arguments: Iterable[ast.AST]) -> Iterator[ast.Constant]:
    """Yield the strings of an expression that are shown, but not the arguments of functions in it, nor keys."""
    for each in arguments:
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each
        elif not isinstance(each, ast.Call | ast.Subscript | ast.Compare):
            yield from _spoken(ast.iter_child_nodes(each))


def _looked_up(tree: ast.AST) -> set[int]:
    return {
        id(each)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (count := _LOOKED_UP.get(getattr(node.func, "id", ""), 0))
        for each in node.args[:count]
    }


def _place(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else f"click/{file.name}"
