"""Rewrites a page so that it can be shown as it looked, and does nothing; it knows no store and no server.

The tree that the parser reads is written anew from the elements and attributes that `indexer.parse.page.harmless`
lists, so that nothing of the original mark-up reaches a browser as it was.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from bs4 import BeautifulSoup, Doctype, Tag
from bs4.element import NavigableString, PageElement, PreformattedString, Script, Stylesheet, TemplateString

from indexer.parse.page.harmless import DROPPED, ELEMENTS, RENAMED, VOID, attributes_of
from indexer.parse.page.leads import find_leads
from indexer.parse.page.lines import read_tree
from indexer.parse.page.stylesheets import Part, safe_declarations, safe_sheet

Held = Callable[[Part, str, str], str]
"""Gives the address at which a held picture or style sheet is sent, from its own as written and the page's base as
written; empty where it is not held."""
Said = Callable[[Part, str], str]
"""Gives the sentence that stands in place of something that is not held or never shown, from its name."""
_OBJECTS = frozenset(re.split(" ", "applet audio bgsound canvas embed object video"))
_FRAMES = frozenset(re.split(" ", "frame iframe ilayer portal fencedframe"))
_CONTROLS = frozenset({"button", "input", "select", "textarea"})
_NO_TEXT = (PreformattedString, Script, Stylesheet, TemplateString)
_WITH_BACKGROUND = frozenset({"body", "table", "tr", "td", "th"})
_VALUES = frozenset({"", "text", "search", "submit", "button", "reset", "image"})
"""Types of inputs whose value is seen."""
_MAX_DEPTH = 200
"""Elements in one another; deeper ones are left out and their text kept.  Browsers stop at 512."""
_MAX_NAME, _MAX_TARGET = 60, 500
_SPACER = 8
"""Pictures of fewer pixels are lines and gaps, for which a sentence would break the page."""
_STANDARD = re.compile(r"html\Z|.*(?:strict|html 4\.01//|xhtml 1\.1|html 5)", re.IGNORECASE | re.DOTALL)
_OWN_STYLE = (
    ".nianjian-absent{font:12px/1.5 sans-serif;color:#444;background:#fff;border:1px dashed #767676;padding:0 .3em}"
    ".nianjian-control{border:1px solid #767676;background:#f4f4f4;color:#222;padding:0 .3em}"
)
_NO_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What no HTML document can hold."""


def replay(text: str, held: Held, said: Said) -> str:
    """Return a page of decoded mark-up as an HTML document that asks for nothing but the addresses that `held` gives.

    It has no script, form, frame, object or refresh; links are dead but for those within the page and show their
    address as title.  For what is not held stands what `said` says.
    """
    tree = read_tree(text)
    writer = _Writer(held, said, find_leads(text, tree).base)
    writer.walk(tree)
    title = tree.title.get_text() if tree.title else ""
    body = writer.attributes(tree.body) if tree.body else ""
    absent = "".join(f"<p>{each}</p>" for each in dict.fromkeys(writer.absent))
    return (
        f'{_doctype(tree)}<html lang="zh-Hans"><head><meta charset="utf-8"><title>{_escaped(title)}</title><style>{_OWN_STYLE}</style>'
        f"{''.join(writer.head)}</head><body{body}>{''.join(writer.parts)}{absent}</body></html>"
    )


def safe_style(text: str, held: Held) -> str:
    """Return a style sheet of its own file, of which nothing but what is held is asked for."""
    return safe_sheet(text, lambda part, target: held(part, target, ""))


def _doctype(tree: BeautifulSoup) -> str:
    """Return the declaration with which browsers lay out the page as they did by its own: by the standard, or not."""
    found = next((each for each in tree.contents if isinstance(each, Doctype)), "")
    return "<!doctype html>" if found and _STANDARD.match(str(found).strip()) else ""


@dataclass(slots=True)
class _Writer:
    """Writes the elements of a tree that are harmless, and what stands for the others."""

    held: Held
    said: Said
    base: str
    parts: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    """What stands at the page's end for backgrounds and style sheets that are not held, which have no place."""
    depth: int = 0

    def walk(self, tree: Tag) -> None:
        """Write everything in a tree, by an explicit stack, since pages are nested deeper than Python can recurse."""
        stack: list[tuple[Iterator[PageElement], str]] = [(iter(tree.children), "")]
        while stack:
            children, end = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self.parts.append(end)
                self.depth -= bool(end)
            elif isinstance(child, Tag):
                if (closing := self.enter(child)) is not None:
                    stack.append((iter(child.children), closing))
            elif type(child) is NavigableString or not isinstance(child, _NO_TEXT):
                self.parts.append(_escaped(str(child)))

    def enter(self, tag: Tag) -> str | None:
        """Write the start of an element; return what ends it, or None if its inside is not wanted."""
        name = tag.name
        if name in DROPPED:
            return None
        if name in ("style", "link"):
            self.head.append(self.sheet(tag))
            return None
        if name in ("img", "image"):
            self.parts.append(self.picture(tag))
            return ""
        if name == "input":
            self.parts.append(self.control(tag))
            return None
        if name in _FRAMES or name in _OBJECTS:
            self.parts.append(self.embedded(tag))
            return ""
        shown = RENAMED.get(name, name)
        if shown not in ELEMENTS or self.depth >= _MAX_DEPTH:
            return ""
        more = ' class="nianjian-control"' if name in _CONTROLS else self.attributes(tag)
        self.parts.append(f"<{shown}{more}>")
        if shown in VOID:
            return None
        self.depth += 1
        return f"</{shown}>"

    def attributes(self, tag: Tag) -> str:
        """Return an element's attributes as far as they are harmless, each with a space before it."""
        kept = dict(attributes_of(tag.attrs))
        if style := _of(tag, "style"):
            kept["style"] = safe_declarations(style, self.ask)
        if tag.name == "a" and (target := _of(tag, "href").strip()):
            if target.startswith("#"):
                kept["href"] = target
            else:
                kept["title"] = target[:_MAX_TARGET]
        if tag.name in _WITH_BACKGROUND and (target := _of(tag, "background")):
            kept["background"] = self.ask(Part.PICTURE, target)
        return "".join(f' {name}="{_escaped(value)}"' for name, value in kept.items() if value or name != "background")

    def ask(self, part: Part, target: str) -> str:
        """Return the address of something that has no place of its own; note it where it is not held."""
        address = self.held(part, target, self.base)
        if not address:
            self.absent.append(self.instead(part, target))
        return address

    def sheet(self, tag: Tag) -> str:
        """Return a style sheet, or the link to one that is held."""
        if tag.name == "style":
            return f"<style>{safe_sheet(''.join(map(str, tag.strings)) or tag.string or '', self.ask)}</style>"
        said = _of(tag, "rel").lower().split()
        target = _of(tag, "href")
        if "stylesheet" not in said or "alternate" in said or not target:
            return ""
        address = self.ask(Part.STYLE, target)
        return f'<link rel="stylesheet" href="{_escaped(address)}">' if address else ""

    def picture(self, tag: Tag) -> str:
        """Return a held picture, or what stands for it."""
        target = _of(tag, "src")
        address = self.held(Part.PICTURE, target, self.base) if target else ""
        if address:
            more = "" if tag.has_attr("alt") else f' alt="{_escaped(_name(target))}"'
            return f'<img src="{_escaped(address)}"{more}{self.attributes(tag)}>'
        if _is_spacer(tag):
            return f'<span title="{_escaped(self.said(Part.PICTURE, _name(target)))}">▫</span>'
        return self.instead(Part.PICTURE, target) + _escaped(_of(tag, "alt"))

    def embedded(self, tag: Tag) -> str:
        """Return what stands for an object or a frame."""
        target = next((found for name in ("src", "data", "code", "movie") if (found := _of(tag, name))), tag.name)
        return self.instead(Part.FRAME if tag.name in _FRAMES else Part.OBJECT, target)

    def control(self, tag: Tag) -> str:
        """Return what is seen of an input."""
        if _of(tag, "type").strip().lower() not in _VALUES:
            return ""
        return f'<span class="nianjian-control">{_escaped(_of(tag, "value") or _of(tag, "alt"))}</span>'

    def instead(self, part: Part, target: str) -> str:
        """Return the element that stands for something."""
        said, whole = self.said(part, _name(target)), target[:_MAX_TARGET]
        return f'<span class="nianjian-absent" title="{_escaped(whole)}">{_escaped(said)}</span>'


def _name(target: str) -> str:
    """Return the last part of an address, by which readers know the file."""
    if target.lstrip().lower().startswith(("data:", "javascript:", "vbscript:")):
        return target.lstrip()[: target.lstrip().index(":") + 1]
    path = re.split("[?#]", target.strip())[0].rstrip("/")
    return unquote(re.split(r"[/\\]", path)[-1])[:_MAX_NAME]


def _is_spacer(tag: Tag) -> bool:
    sizes = [_of(tag, name) for name in ("width", "height")]
    return any(size.isdecimal() and len(size) < 4 and int(size) <= _SPACER for size in sizes)


def _of(tag: Tag, name: str) -> str:
    value = tag.get(name) or ""
    return " ".join(value) if isinstance(value, list) else str(value)


def _escaped(text: str) -> str:
    return escape(_NO_HTML.sub("\ufffd", text))
