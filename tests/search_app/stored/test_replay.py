"""What a stored page is made into, read as a browser would: nothing but listed mark-up, and all that a reader saw."""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.parse.page.decoding.decode import decode
from indexer.parse.page.harmless import ATTRIBUTES, ELEMENTS
from indexer.parse.page.lines import read_lines, read_tree
from indexer.parse.page.replay import replay
from indexer.parse.page.stylesheets import Part, safe_declarations, safe_sheet
from indexer.stages.importing import page_store
from indexer.stages.preview.matching import bare
from indexer.store.held import Held
from search_app.words.stored import absent

OURS = "/page/20060501120000/part?url=http%3A%2F%2Fnianjian.cangpu.example%2Fhostile%2F"
WITH_ADDRESS = {("img", "src"), ("link", "href"), ("a", "href")}
WITH_ADDRESS |= {(name, "background") for name in ("body", "table", "tr", "td", "th")}
ADDRESS = re.compile(r"""url\(\s*['"]?([^'")]*)|@import|expression|image-set|\\|<""", re.IGNORECASE)
NAMES = [*sorted(file.stem for file in Path(__file__).with_name("hostile").glob("*.html")), "deep", "long"]


class Document(HTMLParser):
    """A document as a browser reads it: its elements with their attributes, its style sheets, its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.styles: list[str] = []
        self.text = ""
        self.odd: list[str] = []
        self._inside: list[bool] = []
        """For each open span, whether it stands for something absent."""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self.elements.append((tag, has))
        self.styles += [has["style"]] if "style" in has else []
        if tag == "span":
            self._inside.append("nianjian-absent" in has.get("class", "") or has.get("title", "").startswith("〔"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style" and self.cdata_elem == "style":
            self.styles.append(data)
        elif not any(self._inside):
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    handle_pi = unknown_decl = handle_comment


@pytest.fixture
def shown(asking: FlaskClient, way_to: Callable[..., str]) -> Callable[[str], Document]:
    """Give a function that reads the frame of a hostile page."""

    def read(name: str) -> Document:
        answer = asking.get(way_to(f"{name}.html", "frame"))
        assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
        return Document(answer.text)

    return read


@pytest.mark.parametrize("name", NAMES)
def test_nothing_passes_that_is_not_listed(shown: Callable[[str], Document], name: str) -> None:
    """Neither element nor attribute, nor an address but those of held parts and places in the page."""
    found = shown(name)
    frame = {"html", "head", "meta", "title", "style", "link", "body", "img"}
    assert {tag for tag, _ in found.elements} <= ELEMENTS | frame
    names = {(tag, each) for tag, has in found.elements for each in has}
    own = {("meta", "charset"), ("link", "rel")}
    assert {pair for pair in names if pair[1] not in {*ATTRIBUTES, "style"}} - own <= WITH_ADDRESS
    addresses = {(has[each]) for tag, has in found.elements for each in has if (tag, each) in WITH_ADDRESS}
    assert [each for each in addresses if not each.startswith(("#", OURS))] == []
    assert [has["rel"] for tag, has in found.elements if tag == "link" and has["rel"] != "stylesheet"] == []
    assert [each for sheet in found.styles for each in ADDRESS.findall(sheet)] == []
    assert (found.odd, [has for tag, has in found.elements if tag == "meta"]) == ([], [{"charset": "utf-8"}])


@pytest.mark.parametrize("name", NAMES)
def test_hostile_page_keeps_the_text_that_the_parser_reads(
    shown: Callable[[str], Document], hostile_pages: dict[str, bytes], name: str
) -> None:
    """In its order; a page is not emptied for being hostile."""
    lines = read_lines(read_tree(decode(hostile_pages[name]).text))
    text, at = bare(shown(name).text), 0
    for line in lines:
        seen = bare(re.sub("[\x00-\x08\x0e-\x1b\x7f]", "\ufffd", line.text))
        found = text.find(seen, at)
        assert found >= 0, line.text
        at = found + len(seen)
    assert "文字甲" in text


def test_ordinary_pages_look_as_they_did(sample: DataFolder, manifest: Manifest) -> None:
    """Each page of the sample: all its text in order, and as many tables, cells, fonts, pictures as it was sent with."""
    kept = ("table", "tr", "td", "th", "font", "b", "center", "hr", "br", "h1", "h2", "h3", "li")
    pages = [each.page for each in page_store(sample, manifest).pages() if isinstance(each, Held)]
    assert len(pages) > 150
    for page in pages:
        text = decode(page.body).text
        found = Document(replay(text, lambda *_: "", absent))
        sent = Counter(each["name"].lower() for each in re.finditer(r"<(?P<name>[A-Za-z]\w*)", text))
        shown = Counter(tag for tag, _ in found.elements)
        assert {tag: shown[tag] for tag in kept} == {tag: sent[tag] for tag in kept}, page.url
        absences = sum("nianjian-absent" in has.get("class", "") for _, has in found.elements)
        assert absences == sent["img"] + text.count('rel="stylesheet"'), page.url
        whole, at = bare(found.text), 0
        for line in read_lines(read_tree(text)):
            at = whole.index(bare(line.text), at)


def test_page_of_the_sample_is_written_so() -> None:
    """Layout, colours and dead links; what did something is gone."""
    text = (
        "<html><head><title>题</title><style>td{font-size:14px}</style><script>x()</script></head><body bgcolor=#ffffff "
        'topmargin=0 onload=x()><table width=778 align=center><tr><td background="bg.gif"><font color=#990000>栏 & 目'
        '</font><a href="/a.html" target=_blank>下</a><a href="#x">回</a><img src="/images/张三.jpg" width=240><img '
        'src=d.gif width=1><img src="http://a.example/h.gif" alt=""></td></tr></table><input value="查" name=q></html>'
    )
    held = {"http://a.example/h.gif": "/held"}
    made = replay(text, lambda part, target, base: held.get(target, ""), absent)
    body = (
        '<body bgcolor="#ffffff" topmargin="0"><table width="778" align="center"><tr><td><font color="#990000">栏 &amp; '
        '目</font><a title="/a.html">下</a><a href="#x">回</a><span class="nianjian-absent" title="/images/张三.jpg">'
        '〔图未收存：张三.jpg〕</span><span title="〔图未收存：d.gif〕">▫</span><img src="/held" alt=""></td></tr></table>'
        '<span class="nianjian-control">查</span><p><span class="nianjian-absent" title="bg.gif">〔图未收存：bg.gif〕'
        "</span></p></body></html>"
    )
    assert made[made.index("<body") :] == body
    assert made.startswith('<html lang="zh-Hans"><head><meta charset="utf-8"><title>题</title><style>')
    assert "<style>td{font-size:14px}</style></head>" in made


@pytest.mark.parametrize(
    ("doctype", "kept"),
    [
        ("", False),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">', False),
        (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
            True,
        ),
        ("<!doctype html>", True),
    ],
)
def test_page_is_laid_out_by_the_rules_of_its_time(doctype: str, kept: bool) -> None:
    """Browsers lay out pages without a declaration as those of the nineties did."""
    made = replay(f"{doctype}<p>字</p>", lambda *_: "", absent)
    assert made.startswith("<!doctype html>") is kept


SHEETS = {
    "p{color:#900;width:calc(1px + 2px)}": "p{color:#900;width:calc(1px + 2px)}",
    "@media print{p{color:red}}": "@media print{p{color:red}}",
    "a{background:url(held.gif) no-repeat}": 'a{background:url("/picture") no-repeat}',
    "a{background:url( 'held.gif' )}": 'a{background:url("/picture")}',
    "a{background:url(x.gif)}": "a{background:none}",
    "a{background:u\\72l(x.gif)}": "a{background:none}",
    "a{background:URL(x.gif)}": "a{background:none}",
    "@import 'held.css' screen;p{}": '@import url("/style") screen;p{}',
    "@import url(x.css);p{}": " p{}",
    "@\\69mport 'x.css';p{}": " p{}",
    '@"import url(x)': "@x-removed import none",
    "@font-face{src:local(x)}": "@x-removed{src:x-removed(x)}",
    "p{width:expression(alert(1))}": "p{width:x-removed(x-removed(1))}",
    "p{b:u/**/rl(x)}": "p{b:u x-removed(x)}",
    'p{content:"\\201c</style>"}': 'p{content:"“ /style>"}',
    "p{w\\idth:1px}": "p{width:1px}",
    "p{background:url(x\n": "p{background:x-removed(x\n",
}


@pytest.mark.parametrize(("written", "made"), SHEETS.items())
def test_style_sheet_asks_for_what_is_held_alone(written: str, made: str) -> None:
    """Whatever it hides the asking in."""
    known = {(Part.PICTURE, "held.gif"): "/picture", (Part.STYLE, "held.css"): "/style"}
    assert safe_sheet(written, lambda part, target: known.get((part, target), "")) == made


def test_style_of_an_element_opens_no_block() -> None:
    """Nor a rule."""
    assert (
        safe_declarations("color:red}@import 'x';p{color:blue", lambda *_: "") == "color:red  import 'x';p color:blue"
    )
