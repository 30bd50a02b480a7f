"""Carries out what people decide about pages: taking one out of the archive, or ticking off its problems."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from indexer.config import DataFolder
from indexer.errors import ConfigError, IndexFailure, most_alike, near_word
from indexer.files.entrystore import read_problems
from indexer.files.forgotten import Decision, decide, forgotten
from indexer.files.reviewed import Review, add_review, read_reviews, remove_reviews
from indexer.files.standing import Standing, standing
from indexer.manifest import Manifest
from indexer.parse.page.pages import chain_pages, frame_page
from indexer.search.factory import generation_time, open_answering
from indexer.stages.importing import page_store
from indexer.store.pagestore import PageStore
from indexer.urls import Spellings, page_key


def forget_page(
    data: DataFolder, manifest: Manifest, url: str, reason: str, *, undo: bool, now: datetime | None = None
) -> Decision:
    """Record that a page is to be forgotten or, with `undo`, that it no longer is; return the decision.

    Raises `ConfigError` if there is nothing to forget or to undo.
    """
    store = page_store(data, manifest)
    page = store.spellings.key(url)
    known = forgotten(data.forgotten)
    if undo and page not in known:
        raise ConfigError("page-not-forgotten", url=page)
    if not undo:
        if page in known:
            raise ConfigError("page-forgotten-already", url=page)
        with store.ledger() as ledger:
            held = bool(store.page_captures(ledger, page))
        if not held and not _indexed(data, page):
            raise ConfigError("page-not-held", url=page)
    at = (now or _later_than_the_index(data)).astimezone(UTC).isoformat(timespec="microseconds")
    also = () if undo else tuple(url for url in pages_of_text(store, manifest, page) if url != page)
    return decide(data.forgotten, Decision(page, at, reason, undo, also))


def problems_standing(data: DataFolder, manifest: Manifest) -> Standing:
    """Return which problems of the last parse are open and which are reviewed.

    Raises `StoreError` if nothing is parsed or a file cannot be read.
    """
    return standing(read_problems(data.problems), read_reviews(data.reviewed), Spellings(manifest.volumes).key)


def review_problem(data: DataFolder, manifest: Manifest, asked: Review, *, undo: bool) -> Review:
    """Tick off all problems of one code on a page, or take that back; return the review with the canonical URL.

    Raises `ConfigError` if there is nothing to tick off or take back, naming the nearest match.
    """
    key = Spellings(manifest.volumes).key
    review = replace(asked, url=key(asked.url))

    def is_same(each: Review) -> bool:
        return (key(each.url), each.code) == (review.url, review.code)

    is_reviewed = any(map(is_same, read_reviews(data.reviewed)))
    if undo:
        if not is_reviewed:
            raise ConfigError("problem-not-reviewed", code=review.code, url=review.url, path=data.reviewed)
        remove_reviews(data.reviewed, is_same)
        return review
    codes: dict[str, dict[str, None]] = {}
    for problem in read_problems(data.problems):
        codes.setdefault(problem.url, {})[problem.code] = None
    if review.code not in codes.get(review.url, ()):
        raise _not_reported(review, codes)
    if is_reviewed:
        raise ConfigError("problem-reviewed-already", code=review.code, url=review.url)
    add_review(data.reviewed, review)
    return review


def _not_reported(review: Review, codes: Mapping[str, Iterable[str]]) -> ConfigError:
    """Return the error that says what is reported instead; `codes` has the codes of each page."""
    url, code = review.url, review.code
    if not codes:
        return ConfigError("problems-none", url=url)
    if url not in codes:
        return ConfigError("problems-none-nearest", url=url, nearest=most_alike(url, codes))
    known, near = ", ".join(codes[url]), near_word(code, codes[url])
    if not near:
        return ConfigError("problem-unknown", url=url, code=code, known=known)
    return ConfigError("problem-unknown-nearest", url=url, code=code, known=known, nearest=near)


def _later_than_the_index(data: DataFolder) -> datetime:
    """Return the present time, or one just after the index was made, in case a fast clock dated the index ahead."""
    now = datetime.now(UTC)
    with suppress(IndexFailure):
        made_at = datetime.fromtimestamp(generation_time(data.root), UTC)
        return max(now, made_at + timedelta(microseconds=1))
    return now


def pages_of_text(store: PageStore, manifest: Manifest, page: str) -> tuple[str, ...]:
    """Return the URLs of the pages that a page's text runs over, in order."""
    for chain in chain_pages(frame_page(each, manifest.volumes) for each in store.beside(page)):
        urls = tuple(framed.url for framed in chain)
        if page in urls:
            return urls
    return (page,)


def _indexed(data: DataFolder, page: str) -> bool:
    try:
        return any(page_key(entry.url) == page for entry in open_answering(data.root))
    except IndexFailure:
        return False
