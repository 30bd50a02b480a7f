"""A search cluster that goes away and comes back under an app: what is open stays, and nothing is answered wrongly."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from peers import Away, settings

from indexer.config import DataFolder
from indexer.errors import IndexMissing, IndexUnavailable, StaleIndex
from indexer.files.entrystore import write_entries
from indexer.model import Entry
from indexer.search import factory
from indexer.stages.pipeline import index_entries
from search_app import create_app
from search_app.following import published

Publish = Callable[[Iterable[Entry]], None]
MakeEntry = Callable[..., Entry]
UNREACHED = IndexUnavailable("cluster-unreachable", address="http://node1:9200", reason="timed out")


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Away:
    """The engine of the test's folder, which is away when the test says so."""
    kept = Away(tmp_path)
    for name, value in settings("http://127.0.0.1:1").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(factory, "generations", lambda data: kept)
    return kept


def test_what_is_open_stays_and_is_not_called_degraded(
    tmp_path: Path, engine: Away, publish: Publish, expected: tuple[Entry, ...]
) -> None:
    """Nothing is answered from memory; the first question after the cluster is back is."""
    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    assert (client.get("/?q=工会").status_code, client.get("/readyz").status_code) == (200, 200)
    engine.why = UNREACHED
    assert client.get("/?q=工会").status_code == 503
    assert client.get("/readyz").json["code"] == "cluster-unreachable"  # type: ignore[index]
    health = client.get("/healthz")
    assert (health.status_code, health.json["status"], health.json["entries"]) == (200, "unreachable", 1)
    engine.why = None
    assert client.get("/?q=工会").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/healthz").json["status"] == "ok"  # type: ignore[index]
    assert engine.opens == 1


def test_first_question_after_a_start_without_a_cluster_is_answered(
    tmp_path: Path, engine: Away, publish: Publish, expected: tuple[Entry, ...]
) -> None:
    """At once: nobody waits for files to come to rest."""
    publish(expected[:1])
    engine.why = UNREACHED
    client = create_app(tmp_path).test_client()
    for _ in range(3):
        assert client.get("/?q=工会").status_code == 503
    engine.why = None
    assert client.get("/?q=工会").status_code == 200
    assert client.get("/healthz").json["status"] != "degraded"  # type: ignore[index]


def test_new_generation_is_taken_up_after_an_absence_and_not_asked_for_in_a_storm(
    tmp_path: Path, engine: Away, publish: Publish, expected: tuple[Entry, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While its name is known and it cannot be opened, it is tried once a second, whoever asks."""
    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    assert client.get("/healthz").json["entries"] == 1  # type: ignore[index]
    publish(expected[:2])
    engine.name, engine.why, engine.opens = engine.kept.published(), UNREACHED, 0
    for _ in range(50):
        assert client.get("/api/v1/search?q=工会").status_code == 503
    assert client.get("/healthz").json["status"] == "unreachable"  # type: ignore[index]
    assert engine.opens <= 3
    engine.why = None
    monkeypatch.setattr(published, "_AGAIN", 0.0)
    found = client.get("/healthz").json
    assert (found["entries"], found["status"] == "degraded") == (2, False)  # type: ignore[index]


def test_nothing_published_any_more_is_not_ready(
    tmp_path: Path, engine: Away, publish: Publish, expected: tuple[Entry, ...]
) -> None:
    """Somebody has taken the alias away."""
    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    assert client.get("/readyz").status_code == 200
    engine.why = IndexMissing("cluster-index-missing", address="http://node1:9200", index="a")
    assert client.get("/readyz").json["code"] == "cluster-index-missing"  # type: ignore[index]


def test_absence_is_no_reason_to_doubt_and_a_doubt_outlasts_it(
    tmp_path: Path, engine: Away, publish: Publish, expected: tuple[Entry, ...]
) -> None:
    """What made no sense is opened again before it answers, which waits for the cluster."""
    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    assert client.get("/?q=工会").status_code == 200
    engine.why = StaleIndex("cluster-answer-odd", address="http://node1:9200", reason="{}")
    assert "nianjian index" in client.get("/?q=工会").text
    engine.why = UNREACHED
    for _ in range(2):
        assert client.get("/api/v1/search").json["code"] == "engine-unavailable"  # type: ignore[index]
    engine.why, engine.opens = None, 0
    assert (client.get("/?q=工会").status_code, engine.opens) == (200, 1)
    assert client.get("/healthz").json["status"] != "degraded"  # type: ignore[index]


@pytest.mark.parametrize("code", ["cluster-partial", "cluster-busy", "cluster-refused", "cluster-untrusted"])
def test_answer_that_is_not_whole_is_none(
    tmp_path: Path, engine: Away, publish: Publish, expected: tuple[Entry, ...], code: str
) -> None:
    """No total of some shards is ever shown; a cluster that is too busy is left alone for a while."""
    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    assert client.get("/?q=工会").status_code == 200
    engine.why = IndexUnavailable(code, address="a", failed=1, shards=3, reason="r", status=401)
    for path in ("/?q=工会", "/api/v1/search?q=工会", "/api/v1/export?format=csv", f"/entry/{expected[0].id}"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


@pytest.mark.parametrize("code", ["cluster-too-many-clauses", "cluster-too-many-near"])
def test_question_that_is_too_large_is_told_as_that(
    tmp_path: Path, engine: Away, publish: Publish, expected: tuple[Entry, ...], code: str
) -> None:
    """Asking again would not help; nor is the cluster away."""
    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    assert client.get("/?q=工会").status_code == 200
    engine.why = IndexUnavailable(code, address="a", limit=10_000)
    answer = client.get("/api/v1/search?q=工会", headers={"Accept-Language": "en"})
    assert (answer.json["code"], "add a word" in answer.json["detail"]) == ("too-much-asked", True)
    engine.why = None
    assert client.get("/healthz").json["status"] == "ok"  # type: ignore[index]


def test_download_that_loses_its_cluster_breaks_off(
    tmp_path: Path, engine: Away, publish: Publish, make_entry: MakeEntry, caplog: pytest.LogCaptureFixture
) -> None:
    """It has no end, so nobody takes it for whole; the next one is whole again."""
    publish(make_entry(f"2001-{at}-1", body="工会办事。" * 600, url=f"http://a.example/{at}") for at in range(999))
    client = create_app(tmp_path).test_client()
    answer = client.get("/api/v1/export?format=jsonl", buffered=False)
    assert answer.status_code == 200
    engine.why = UNREACHED
    with pytest.raises(IndexUnavailable):
        b"".join(answer.iter_encoded())
    answer.close()
    assert client.get("/api/v1/export?format=jsonl").status_code == 503
    engine.why = None
    assert client.get("/api/v1/export?format=jsonl").text.count("\n") == 999


def test_versions_of_answers_are_told_apart_without_a_file(
    tmp_path: Path, engine: Away, publish: Publish, expected: tuple[Entry, ...]
) -> None:
    """By their tags alone: no file of this machine says when a cluster's generation was published, or taken back."""
    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    first = client.get("/api/v1/search?q=工会")
    assert "Last-Modified" not in first.headers
    assert client.get("/api/v1/search?q=工会", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    publish(expected[:2])
    second = client.get("/api/v1/search?q=工会", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    engine.roll_back()
    third = client.get("/api/v1/search?q=工会", headers={"If-None-Match": second.headers["ETag"]})
    assert (third.status_code, third.headers["ETag"]) == (200, first.headers["ETag"])


def test_meanings_of_ids_wait_for_the_cluster(tmp_path: Path, engine: Away, make_entry: MakeEntry) -> None:
    """What an id meant is told from the index before; where that does not answer nothing is built."""
    data = DataFolder(tmp_path)
    write_entries(data.entries, [make_entry("P-1-1", body="甲")])
    index_entries(data)
    before = data.ids.read_bytes()
    engine.why = UNREACHED
    with pytest.raises(IndexUnavailable):
        index_entries(data)
    assert data.ids.read_bytes() == before
