"""What pages say of themselves in their heads, as search engines and reference managers read it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape
from html.parser import HTMLParser
from random import Random
from urllib.parse import quote

import extruct
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.model import Entry
from indexer.stages.pipeline import index_entries
from search_app.shown.addresses import entry_url, volume_url
from search_app.shown.citing.reference import Reference
from search_app.shown.describing.metatags import citation_meta, dublin_core
from search_app.shown.describing.schemaorg import article, book, breadcrumbs, json_ld

PUBLIC = "https://nianjian.example.org"
WHOLE = Reference(
    id="2002-1-1",
    title="家政培训帮助下岗女工再就业",
    authors=("葛芳", "市总工会宣教部"),
    section="再就业",
    yearbook="沧浦工会年鉴",
    year=2002,
    editor="沧浦市总工会",
    publisher="某出版社",
    place="沧浦",
    printed=2003,
    isbn="7-80000-000-0",
    url=f"{PUBLIC}/entry/2002-1-1",
    accessed=date(2026, 11, 28),
)


class Head(HTMLParser):
    """Collects the meta elements, links and JSON-LD of a page, as browsers read it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.links: dict[str, str] = {}
        self.linked: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in has:
            self.meta.append((has["name"], has["content"]))
        elif tag == "link":
            self.links[has["rel"]] = has["href"]
        self._inside = has.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.linked.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def named(self, name: str) -> list[str]:
        """Give the contents of the meta elements of a name."""
        return [content for each, content in self.meta if each == name]


def test_what_is_known_of_an_entry_is_stated_once_a_vocabulary() -> None:
    """Highwire's names, which Google Scholar and Zotero read, and Dublin Core's."""
    assert citation_meta(WHOLE) == (
        ("citation_title", "家政培训帮助下岗女工再就业"),
        ("citation_author", "葛芳"),
        ("citation_author", "市总工会宣教部"),
        ("citation_inbook_title", "沧浦工会年鉴: 2002"),
        ("citation_book_title", "沧浦工会年鉴: 2002"),
        ("citation_editor", "沧浦市总工会"),
        ("citation_publisher", "某出版社"),
        ("citation_publication_date", "2003"),
        ("citation_isbn", "7-80000-000-0"),
        ("citation_language", "zh-CN"),
        ("citation_keywords", "再就业"),
        ("citation_abstract_html_url", f"{PUBLIC}/entry/2002-1-1"),
        ("citation_public_url", f"{PUBLIC}/entry/2002-1-1"),
    )
    assert dublin_core(WHOLE) == (
        ("DC.title", "家政培训帮助下岗女工再就业"),
        ("DC.creator", "葛芳"),
        ("DC.creator", "市总工会宣教部"),
        ("DC.contributor", "沧浦市总工会"),
        ("DC.publisher", "某出版社"),
        ("DC.date", "2003"),
        ("DC.language", "zh-CN"),
        ("DC.subject", "再就业"),
        ("DC.identifier", f"{PUBLIC}/entry/2002-1-1"),
        ("DC.identifier", "2002-1-1"),
        ("DCTERMS.isPartOf", "沧浦工会年鉴: 2002"),
    )


def test_what_is_unknown_is_left_out() -> None:
    """No date is made of the year in the volume's name: when it was printed is another thing."""
    bare = replace(WHOLE, authors=(), editor="", publisher="", printed=0, isbn="", section="")
    names = {name for name, _ in (*citation_meta(bare), *dublin_core(bare))}
    assert not names & {"citation_author", "citation_publication_date", "citation_isbn", "DC.date", "DC.creator"}
    found = article(bare, "a", book(bare, "t", "b"))
    assert not {"author", "datePublished", "articleSection"} & set(found)
    assert set(found["isPartOf"]) == {"@type", "@id", "url", "name", "isPartOf"}


def test_an_article_is_part_of_a_book_of_a_series() -> None:
    """Editor, publisher, ISBN and year are the book's; an author is a person or an organisation where that is certain."""
    signed = replace(WHOLE, authors=("葛芳", "市总工会宣教部", "一叶"))
    assert article(signed, "a", book(signed, "沧浦工会年鉴 2002", "b")) == {
        "@type": "Article",
        "@id": "a",
        "url": "a",
        "headline": "家政培训帮助下岗女工再就业",
        "identifier": "2002-1-1",
        "inLanguage": "zh-CN",
        "author": [
            {"@type": "Person", "name": "葛芳"},
            {"@type": "Organization", "name": "市总工会宣教部"},
            "一叶",
        ],
        "articleSection": "再就业",
        "datePublished": "2003",
        "isPartOf": {
            "@type": "Book",
            "@id": "b",
            "url": "b",
            "name": "沧浦工会年鉴 2002",
            "editor": {"@type": "Organization", "name": "沧浦市总工会"},
            "publisher": {"@type": "Organization", "name": "某出版社"},
            "datePublished": "2003",
            "isbn": "7-80000-000-0",
            "isPartOf": {"@type": "BookSeries", "name": "沧浦工会年鉴"},
        },
    }


def test_an_entry_page_is_read_as_its_entry(public: FlaskClient, expected: tuple[Entry, ...], rng: Random) -> None:
    """By extruct: the article and the way to it, Dublin Core; and the names that Zotero reads."""
    for entry in rng.sample(expected, 12):
        page = public.get(entry_url(entry.id)).text
        address = PUBLIC + entry_url(entry.id)
        found = extruct.extract(page, base_url=address, syntaxes=["json-ld", "dublincore"])
        ((way, told),) = [each["@graph"] for each in found["json-ld"]]
        signed = [each if isinstance(each, str) else each["name"] for each in told.get("author", [])]
        assert (told["url"], told["identifier"], tuple(signed)) == (address, entry.id, entry.authors)
        assert told["headline"] == (entry.title or entry.heading)
        steps = [(each["position"], each["item"]) for each in way["itemListElement"]]
        volume, section = (PUBLIC + volume_url(entry.volume, each) for each in (None, entry.section))
        assert steps == list(enumerate([f"{PUBLIC}/", volume, section, address], start=1))
        assert told["isPartOf"]["url"] == volume
        (core,) = found["dublincore"]
        stated = {(each["name"], each["content"]) for each in (*core["elements"], *core["terms"])}
        assert stated >= {("DC.title", told["headline"]), ("DC.identifier", entry.id), ("DC.identifier", address)}
        assert core["namespaces"]["DC"] == "http://purl.org/dc/elements/1.1/"
        head = Head(page)
        assert tuple(head.named("citation_author")) == entry.authors
        assert head.named("citation_public_url") == [head.links["canonical"]] == [address]


def test_a_volume_page_is_read_as_a_book(public: FlaskClient) -> None:
    """And the page of a section as a step below it."""
    page = public.get("/volume/S2002").text
    ((way, told),) = [each["@graph"] for each in extruct.extract(page, syntaxes=["json-ld"])["json-ld"]]
    assert (told["@type"], told["name"], told["url"]) == ("Book", "沧浦工会年鉴 2002", f"{PUBLIC}/volume/S2002")
    assert told["isPartOf"] == {"@type": "BookSeries", "name": "沧浦工会年鉴（样本）"}
    inside = public.get("/volume/S2002/大事记").text
    ((below,),) = [each["@graph"] for each in extruct.extract(inside, syntaxes=["json-ld"])["json-ld"]]
    assert below["itemListElement"][:2] == way["itemListElement"]
    assert [each["name"] for each in below["itemListElement"][2:]] == ["大事记"]


TEXTS = st.text(st.characters(), max_size=12) | st.lists(
    st.sampled_from(["</script>", "</SCRIPT ", "<!--", "<script>", "-->", "]]>", "\0", "\x1b", "\u2028", "\ud800", '"'])
).map("".join)


@given(TEXTS, TEXTS)
def test_no_text_ends_the_element_that_holds_it(title: str, name: str) -> None:
    """Whatever is printed comes back as it was, from between the two tags."""
    cited = replace(WHOLE, title=title, authors=(name,), yearbook=name)
    told = json_ld(breadcrumbs([(title, "a")]), article(cited, "a", book(cited, name, "b")))
    read = Head(f'<script type="application/ld+json">{told}</script><meta name="x" content="{escape(title)}">')
    assert "".join(read.linked) == told
    way, found = json.loads(told)["@graph"]
    assert (way["itemListElement"][0]["name"], found.get("headline", "")) == (title, title)
    assert found["isPartOf"].get("name", "") == name


def test_odd_texts_are_data_on_the_page(
    make_client: Callable[..., FlaskClient], make_entry: Callable[..., Entry], tmp_path: object
) -> None:
    """Nothing that an archive prints becomes mark-up in a head."""
    data = DataFolder(tmp_path)  # type: ignore[arg-type]
    odd = ["</script><b>甲", "<!--<script>", "\x1b[0m", ']]>"', "甲\u2028乙"]
    entries = [make_entry(f"{at}", title=text, authors=[text], section=text) for at, text in enumerate(odd)]
    write_entries(data.entries, entries)
    index_entries(data)
    client = make_client(data)
    for entry in entries:
        head = Head(client.get(entry_url(entry.id)).text)
        told = json.loads("".join(head.linked))["@graph"][1]
        assert (told["headline"], head.named("citation_author")) == (" ".join(entry.title.split()), told["author"])


LISTED = ["/", "/about", "/holdings", "/contributors", "/author/苏雅琴", "/volume/S2002"]
LISTED += ["/volume/S2002/大事记", "/entry/S2001-611002-1", "/entry/S2001-611002-1?q=a&at=1", "/holdings/S2002"]
UNLISTED = ["/?q=工会", "/?year=2002", "/concordance?q=工会", "/trend", "/trend?q=工会", "/facet/section", "/nothing"]
UNLISTED += ["/receipt?q=工会", "/holdings/S2002/held", "/contributors?q=s", "/entry/none"]
UNLISTED += ["/export?q=工会", "/cite?id=S2001-611002-1"]
UNLISTED += [
    "/page/20300101000000?url=http://nianjian.cangpu.example/node6000/node6001/node6104/userobject1ai610401.html"
]


@pytest.mark.parametrize("path", LISTED)
def test_a_page_to_be_listed_names_its_own_address(
    sample: DataFolder, make_client: Callable[..., FlaskClient], path: str
) -> None:
    """Without what was searched for; below a public path, too."""
    client = make_client(sample, f"{PUBLIC}/nj")
    head = Head(client.get(path).text)
    assert head.named("robots") == []
    assert head.links["canonical"] == f"{PUBLIC}/nj{quote(path.partition('?')[0])}"
    assert client.get(head.links["canonical"].removeprefix(f"{PUBLIC}/nj")).status_code == 200


@pytest.mark.parametrize("path", UNLISTED)
def test_a_page_not_to_be_listed_says_so(public: FlaskClient, path: str) -> None:
    """Searches, of which there is no end; receipts; stored pages, which the site itself has; what is not there."""
    assert Head(public.get(path, follow_redirects=True).text).named("robots") == ["noindex"]


@pytest.mark.parametrize("path", ["/receipt.csv?q=工会", "/api/v1/trend?q=工会&format=csv"])
def test_what_is_downloaded_is_not_to_be_listed(public: FlaskClient, path: str) -> None:
    """Nor is a stored page in its frame, which has no head of ours."""
    assert public.get(path).headers["X-Robots-Tag"] == "noindex"
    page = public.get(UNLISTED[-1], follow_redirects=True).text
    (frame,) = re.findall(r'<iframe[^>]* src="([^"]*)"', page)
    assert public.get(frame.replace("&amp;", "&")).headers["X-Robots-Tag"] == "noindex"


def test_without_a_public_address_no_page_names_one(client: FlaskClient) -> None:
    """The entry's page on its site is named as the place where it is read; links are below the archive."""
    head = Head(client.get("/entry/S2001-611002-1").text)
    assert "canonical" not in head.links
    assert "search" not in head.links
    (address,) = head.named("citation_public_url")
    assert address.startswith("http://nianjian.cangpu.example/")
    assert json.loads("".join(head.linked))["@graph"][1]["url"] == "/entry/S2001-611002-1"
