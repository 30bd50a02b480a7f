"""States a reference in the meta elements that reference managers and search engines read.  Knows no HTML."""

from search_app.shown.citing.reference import Reference

Meta = tuple[tuple[str, str], ...]
"""Names and contents of meta elements, none of them empty."""


def citation_meta(cited: Reference) -> Meta:
    """Return the elements that Google Scholar asks for, by which Zotero makes an item, too.

    The book stands twice: Scholar reads `citation_inbook_title`, and by `citation_book_title` Zotero takes the item for
    a part of a book, not of a journal.  A page number is nowhere given.
    """
    return _known(
        ("citation_title", cited.title),
        *(("citation_author", name) for name in cited.authors),
        ("citation_inbook_title", cited.container),
        ("citation_book_title", cited.container),
        ("citation_editor", cited.editor),
        ("citation_publisher", cited.publisher),
        ("citation_publication_date", str(cited.printed or "")),
        ("citation_isbn", cited.isbn),
        ("citation_language", cited.language),
        ("citation_keywords", cited.section),
        ("citation_abstract_html_url", cited.url),
        ("citation_public_url", cited.url),
    )


def dublin_core(cited: Reference) -> Meta:
    """Return the elements of Dublin Core (`DC` for http://purl.org/dc/elements/1.1/, `DCTERMS` for its terms)."""
    return _known(
        ("DC.title", cited.title),
        *(("DC.creator", name) for name in cited.authors),
        ("DC.contributor", cited.editor),
        ("DC.publisher", cited.publisher),
        ("DC.date", str(cited.printed or "")),
        ("DC.language", cited.language),
        ("DC.subject", cited.section),
        ("DC.identifier", cited.url),
        ("DC.identifier", cited.id),
        ("DCTERMS.isPartOf", cited.container),
    )


def _known(*elements: tuple[str, str]) -> Meta:
    return tuple([each for each in elements if each[1]])
