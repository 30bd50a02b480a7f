"""What the parser doubts is ticked off by people, page and code, and counted apart from then on."""

from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.errors import ConfigError, StoreError
from indexer.files.reviewed import Review, read_reviews
from indexer.manifest import Manifest
from indexer.stages.deciding import forget_page, problems_standing, review_problem
from indexer.stages.holdings import read_holdings
from indexer.stages.importing import import_paths
from indexer.stages.pipeline import archive_status, parse_store

PAGE = "http://nianjian.cangpu.example/node6000/node6002/node6216/userobject1ai621601.html"
OTHER = "http://nianjian.cangpu.example/node6000/node6002/node6206/userobject1ai620602.html"


@pytest.fixture
def data(tmp_path: Path, root: Path, manifest: Manifest) -> DataFolder:
    """One volume, parsed: three problems, two of them on one page."""
    data = DataFolder(tmp_path / "data")
    import_paths(data, [root / "corpus" / "2002"], manifest, None)
    parse_store(data, manifest)
    return data


def test_reviewed_problem_is_counted_apart(data: DataFolder, manifest: Manifest) -> None:
    """By status, by parsing and in the list, until it is opened again; the problems themselves stay."""
    before = data.problems.read_bytes()
    done = review_problem(data, manifest, Review(f"{PAGE}#top", "two-signatures", "两人合写"), undo=False)
    assert read_reviews(data.reviewed) == (done,) == (Review(PAGE, "two-signatures", "两人合写"),)
    status = archive_status(data, manifest)
    assert status["problems"] == {"text-after-signature": 1, "unbalanced-title-bracket": 1}
    assert status["problems_reviewed"] == {"two-signatures": 1}
    assert [volume.total("problems") for volume in read_holdings(data, manifest)] == [2]
    review_problem(data, manifest, Review(PAGE, "text-after-signature"), undo=False)
    assert [volume.total("problems") for volume in read_holdings(data, manifest)] == [1]
    review_problem(data, manifest, Review(PAGE, "text-after-signature"), undo=True)
    parsed = parse_store(data, manifest)
    assert (parsed.problems, parsed.reviewed, data.problems.read_bytes()) == (3, 1, before)
    assert problems_standing(data, manifest).first["text-after-signature"] == (PAGE,)
    review_problem(data, manifest, Review(PAGE, "two-signatures"), undo=True)
    assert read_reviews(data.reviewed) == ()
    assert archive_status(data, manifest)["problems_reviewed"] == {}


def test_review_of_a_problem_that_is_gone_is_stale_and_no_error(data: DataFolder, manifest: Manifest) -> None:
    """Here its page is forgotten; it may be taken out like others."""
    review = review_problem(data, manifest, Review(OTHER, "unbalanced-title-bracket"), undo=False)
    forget_page(data, manifest, OTHER, "", undo=False)
    assert parse_store(data, manifest).reviewed == 0
    assert problems_standing(data, manifest).stale == (review,)
    review_problem(data, manifest, Review(OTHER, "unbalanced-title-bracket"), undo=True)
    assert problems_standing(data, manifest).stale == ()


@pytest.mark.parametrize(
    ("url", "code", "undo", "said"),
    [
        (PAGE.replace("621601", "621610"), "two-signatures", False, f"no problem is reported of .*nearest.* is {PAGE}"),
        (OTHER.replace("node6206", "node6209"), "two-signatures", False, f"nearest page that has is {OTHER}"),
        ("x", "two-signatures", False, "no problem is reported of x; the nearest page"),
        (PAGE, "two-signature", False, "it has text-after-signature, two-signatures; do you mean 'two-signatures'"),
        (PAGE, "无", False, r"has no '\\u65e0'; it has text-after-signature"),
        (PAGE, "two-signatures", True, "is not reviewed"),
    ],
)
def test_what_cannot_be_ticked_off_is_one_clear_line_with_the_nearest(
    data: DataFolder, manifest: Manifest, url: str, code: str, undo: bool, said: str
) -> None:
    """Nothing is written then."""
    with pytest.raises(ConfigError, match=said):
        review_problem(data, manifest, Review(url, code), undo=undo)
    assert not data.reviewed.exists()


def test_same_problem_twice_is_refused(data: DataFolder, manifest: Manifest) -> None:
    """With what opens it again."""
    review_problem(data, manifest, Review(PAGE, "two-signatures"), undo=False)
    with pytest.raises(ConfigError, match="is reviewed already; --undo"):
        review_problem(data, manifest, Review(PAGE, "two-signatures"), undo=False)


def test_nothing_parsed_is_one_clear_line(tmp_path: Path, manifest: Manifest) -> None:
    """With the command that parses."""
    with pytest.raises(StoreError, match="nianjian parse"):
        review_problem(DataFolder(tmp_path), manifest, Review(PAGE, "no-text"), undo=False)


def test_reviews_that_cannot_be_read_stop_a_parse_before_it_begins(data: DataFolder, manifest: Manifest) -> None:
    """Entries and problems stay as they are."""
    before = data.entries.read_bytes(), data.entries.stat().st_mtime_ns
    data.reviewed.write_bytes(b"\xff")
    with pytest.raises(StoreError, match="not UTF-8"):
        parse_store(data, manifest)
    with pytest.raises(StoreError, match="not UTF-8"):
        archive_status(data, manifest)
    assert (data.entries.read_bytes(), data.entries.stat().st_mtime_ns) == before
