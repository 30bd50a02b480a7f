"""The description of the search for browsers, and what they suggest."""

import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from search_app.words.language import LANGUAGES

PUBLIC = "https://nianjian.example.org"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_is_told_how_to_search(public: FlaskClient, language: str) -> None:
    """In the reader's language; what its templates lead to is what it says."""
    answer = public.get("/opensearch.xml", headers={"Accept-Language": language})
    assert answer.mimetype == "application/opensearchdescription+xml"
    read = ElementTree.fromstring(answer.data)
    assert read.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert 0 < len(read.findtext(f"{OPENSEARCH}ShortName") or "") <= 16
    assert 0 < len(read.findtext(f"{OPENSEARCH}Description") or "") <= 1024
    assert read.findtext(f"{OPENSEARCH}Language") == language
    urls = {each.attrib["type"]: each.attrib["template"] for each in read.iter(f"{OPENSEARCH}Url")}
    assert set(urls) == {"text/html", "application/atom+xml", "application/x-suggestions+json"}
    for kind, template in urls.items():
        found = public.get(template.removeprefix(PUBLIC).replace("{searchTerms}", quote("工会 & 培训")))
        assert (found.status_code, found.mimetype) == (200, kind)
    image = read.findtext(f"{OPENSEARCH}Image") or ""
    with public.get(image.removeprefix(PUBLIC)) as shown:
        assert shown.status_code == 200


def test_pages_lead_to_the_description(public: FlaskClient) -> None:
    """By the link that browsers look for."""
    link = '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"'
    assert [
        path for path in ("/", "/?q=a", "/about", "/entry/S2001-611002-1") if link not in public.get(path).text
    ] == []


def test_suggestions_are_those_of_the_box_in_the_form_of_browsers(public: FlaskClient) -> None:
    """Each finds as many entries as it says; a contributor's name is suggested without a number."""
    for typed in ("zjy", "工会", "sgl", ""):
        text, queries, told, addresses = json.loads(public.get("/suggest?q=" + quote(typed)).data)
        ours = public.get("/api/v1/suggest?q=" + quote(typed)).json["suggestions"]
        assert (text, len(queries), len(told)) == (typed, len(ours), len(ours))
        assert addresses == [PUBLIC + each["url"] for each in ours]
        for query, said, each in zip(queries, told, ours, strict=True):
            assert (query, said) == ((each["query"], f"{each['count']} 篇") if each["query"] else (each["text"], ""))
            found = public.get("/api/v1/search?q=" + quote(query)).json["total"]
            assert found == each["count"] if said else found >= 0
