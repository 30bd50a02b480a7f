"""A search cluster that does not answer: what pages, programs, load balancers, assistants and commands are told."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from forked import nianjian
from peers import REFUSING, Away, closed, saying, silent
from processes import COMMAND, Server
from served import served

from indexer.config import DataFolder
from indexer.errors import IndexFailure, IndexMissing, IndexUnavailable, StaleIndex
from indexer.files.entrystore import write_entries
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.search import factory
from indexer.search.opensearch.connection import Cluster
from indexer.search.opensearch.settings import read_settings
from indexer.stages.pipeline import index_entries
from search_app import create_app
from search_app.assisting.refusing import Refused
from search_app.assisting.tools import Assistance
from search_app.following import published
from search_app.following.archive import Archive
from search_app.web.site import read_site

Publish = Callable[[Iterable[Entry]], None]
MakeEntry = Callable[..., Entry]
SECRET = "geheim-7Q"
KINDS: dict[str, Callable[[], AbstractContextManager[str]]] = {"closed": closed} | {
    name: partial(saying, *said) for name, said in REFUSING.items()
}
UNREACHED = IndexUnavailable("cluster-unreachable", address="http://node1:9200", reason="timed out")
WORDS = {"zh": "请过一会儿再试", "zh-Hant": "請過一會兒再試", "en": "try again in a moment"}


def settings(address: str) -> dict[str, str]:
    """Give the settings of a cluster at this address."""
    return {
        "NIANJIAN_ENGINE": "opensearch",
        "NIANJIAN_OPENSEARCH_URL": address,
        "NIANJIAN_OPENSEARCH_INDEX": "ops-trouble",
        "NIANJIAN_OPENSEARCH_USER": "archive",
        "NIANJIAN_OPENSEARCH_PASSWORD": SECRET,
    }


@pytest.fixture(params=KINDS)
def trouble(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Settings of a cluster that is none; give what is amiss with it."""
    with KINDS[request.param]() as address:
        for name, value in settings(address).items():
            monkeypatch.setenv(name, value)
        yield request.param


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Away:
    """The engine of the test's folder, which is away when the test says so."""
    kept = Away(tmp_path)
    for name, value in settings("http://127.0.0.1:1").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(factory, "generations", lambda data: kept)
    return kept


def test_readers_and_programs_are_told_to_come_again(
    tmp_path: Path, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    """In their language, without a command, an address or a password; the log has the reason, and no password."""
    client = create_app(tmp_path).test_client()
    for language, words in WORDS.items():
        page = client.get("/?q=工会", headers={"Accept-Language": language})
        assert (page.status_code, page.mimetype, page.headers["Retry-After"]) == (503, "text/html", "10")
        main = page.text.partition("<main")[2]
        assert (words in main, "nianjian" in main) == (True, False)
        api = client.get("/api/v1/search?q=工会", headers={"Accept-Language": language})
        assert (api.status_code, api.mimetype) == (503, "application/problem+json")
        assert (api.headers["Retry-After"], api.json["code"]) == ("10", "engine-unavailable")
        assert set(api.json) == {"type", "title", "status", "detail", "code"}
        for answer in (page, api):
            assert not any(each in answer.text for each in (SECRET, "127.0.0.1", str(tmp_path), "ops-trouble"))
    stream = client.get("/api/v1/export?format=jsonl")
    assert (stream.status_code, stream.json["code"]) == (503, "engine-unavailable")
    assert caplog.text.count("the search cluster at http://127.0.0.1:") >= 3, trouble
    assert SECRET not in caplog.text


def test_load_balancers_send_nobody_and_watchdogs_end_nothing(tmp_path: Path, trouble: str) -> None:
    """`/readyz` is 503 with the code of the reason; `/healthz` is 200: another process would not fare better."""
    client = create_app(tmp_path).test_client()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (503, "not-ready"), trouble
    assert ready.json["code"].startswith("cluster-")
    health = client.get("/healthz")
    assert (health.status_code, health.json) == (200, {"status": "unreachable", "remedy": ""})
    assert SECRET not in ready.text + health.text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (REFUSING["busy"], "cluster-busy"),
        (REFUSING["unknown user"], "cluster-refused"),
        (REFUSING["forbidden"], "cluster-refused"),
        (REFUSING["proxy"], "cluster-unreachable"),
        (REFUSING["starting"], "cluster-unreachable"),
        ((200, "application/json", b'{"_shards": {"total": 3, "successful": 2, "failed": 1}}'), "cluster-partial"),
        ((200, "application/json", b'{"_shards": {"total": 3, "successful": 2, "failed": 0}}'), "cluster-partial"),
        (
            (200, "application/json", b'{"timed_out": true, "_shards": {"total": 3, "successful": 3}}'),
            "cluster-partial",
        ),
        ((200, "text/html", b"<html>Welcome to nginx!</html>"), "cluster-answer-odd"),
        ((200, "application/json", b"{"), "cluster-answer-odd"),
    ],
)
def test_every_kind_of_trouble_has_its_code(said: tuple[int, str, bytes], code: str) -> None:
    """An answer of some of the shards is none; the password is in no message, nor in what an error holds."""
    with saying(*said) as address:
        cluster = Cluster(read_settings(settings(address)))
        with pytest.raises(IndexFailure) as raised:
            cluster.search("ops-trouble", {"size": 0})
    assert raised.value.code == code
    assert SECRET not in f"{raised.value} {raised.value!r} {cluster.settings!r}"


def test_commands_say_it_in_one_line(tmp_path: Path, trouble: str, expected: tuple[Entry, ...]) -> None:
    """Exit code 2; what needs no index goes on without."""
    write_entries(DataFolder(tmp_path).entries, expected[:1])
    for words in (("search", "工会"), ("index",), ("export", "工会", "--format", "csv"), ("rollback",)):
        ran = nianjian("--data", tmp_path, *words)
        (line,) = ran.stderr.splitlines()
        assert (ran.returncode, ran.stdout) == (2, ""), words
        assert line.startswith("nianjian: the search cluster at http://127.0.0.1:"), trouble
        assert SECRET not in line
    status = nianjian("--data", tmp_path, "status")
    assert (status.returncode, "the search cluster at" in status.stdout, SECRET in status.stdout) == (0, True, False)


def test_assistants_are_told_that_it_proves_nothing(tmp_path: Path, trouble: str, manifest: Manifest) -> None:
    """And to call again."""
    tools = Assistance(Archive(tmp_path, manifest), read_site({}))
    for name, arguments in (("search", {"query": "工会"}), ("list_volumes", {}), ("read_entry", {"id": "x"})):
        with pytest.raises(Refused, match=r"^the search cluster does not answer now, which says nothing") as refused:
            tools.call(name, arguments)
        assert ("again" in str(refused.value), SECRET in str(refused.value)) == (True, False), trouble


def test_what_is_no_cluster_at_all_is_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of something else at its address."""
    with saying(200, "text/html", b"<html>Welcome to nginx!</html>") as address:
        for name, value in settings(address).items():
            monkeypatch.setenv(name, value)
        client = create_app(tmp_path).test_client()
        assert (client.get("/").status_code, client.get("/readyz").status_code) == (503, 503)
        ran = nianjian("--data", tmp_path, "search", "工会")
        assert (ran.returncode, len(ran.stderr.splitlines())) == (2, 1), ran.stderr


@pytest.mark.slow
def test_cluster_that_never_answers_keeps_nobody_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds, and then it is said."""
    with silent() as address:
        for name, value in settings(address).items():
            monkeypatch.setenv(name, value)
        answer = create_app(tmp_path).test_client().get("/api/v1/search?q=工会")
    assert (answer.status_code, answer.json["code"]) == (503, "engine-unavailable")


def test_server_starts_without_its_cluster_and_logs_no_password(
    start: Callable[..., Server], tmp_path: Path, expected: tuple[Entry, ...]
) -> None:
    """It answers that it is alive, and is sent nobody."""
    with closed() as address:
        server = start(tmp_path, **settings(address), NIANJIAN_ACCESS_LOG="-")
        for path in ("readyz", "?q=a", "api/v1/search?q=a"):
            with pytest.raises(HTTPError) as refused:
                urlopen(f"http://127.0.0.1:{server.port}/{path}", timeout=30)
            assert (refused.value.code, SECRET in refused.value.read().decode()) == (503, False)
    said = server.log.read_text("utf-8")
    assert ("the search cluster at" in said, SECRET in said, "Traceback" in said) == (True, False, False)


def test_sample_never_goes_to_the_cluster(tmp_path: Path) -> None:
    """It would answer in the archive's place; so it is shown from files, whatever is set."""
    command = [*COMMAND, "--data", str(tmp_path), "demo"]
    with closed() as nodes, served(command, tmp_path, **settings(nodes)) as address:
        assert json.load(urlopen(f"{address}healthz", timeout=10))["entries"] == 289


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("NIANJIAN_ENGINE", "solr", "there is no such engine; give `whoosh`, or `opensearch`"),
        ("NIANJIAN_OPENSEARCH_URL", "", "is not set"),
        ("NIANJIAN_OPENSEARCH_URL", "node1:9200", "no address of a node"),
        ("NIANJIAN_OPENSEARCH_URL", f"https://archive:{SECRET}@node1:9200", "no address of a node"),
        ("NIANJIAN_OPENSEARCH_URL", f"https://node1:9200/?token={SECRET}", "no address of a node"),
        ("NIANJIAN_OPENSEARCH_URL", "https://node1:99999", "no address of a node"),
        ("NIANJIAN_OPENSEARCH_CA", "/none.pem", "there is no such file"),
        ("NIANJIAN_OPENSEARCH_PASSWORD_FILE", "/none", "cannot read the password"),
        ("NIANJIAN_OPENSEARCH_INDEX", "Archive", "cannot have this name"),
        ("NIANJIAN_OPENSEARCH_SHARDS", "many", "give a number up to 1024"),
        ("NIANJIAN_OPENSEARCH_REPLICAS", "-1", "give a number up to 20"),
    ],
)
def test_wrong_setting_is_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    """By what asks and by what serves, before anything is asked; the password is in no line."""
    for each, right in (settings("http://127.0.0.1:1") | {name: value}).items():
        monkeypatch.setenv(each, right)
    for words in (("search", "工会"), ("serve",), ("mcp",)):
        ran = nianjian("--data", tmp_path, *words)
        (line,) = ran.stderr.splitlines()
        assert (ran.returncode, ran.stdout) == (2, "")
        assert (name in line or name == "NIANJIAN_OPENSEARCH_PASSWORD_FILE", said in line) == (True, True), line
        assert SECRET not in line


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


def test_backup_says_that_the_index_is_elsewhere_and_restore_how_to_make_it(
    tmp_path: Path, expected: tuple[Entry, ...]
) -> None:
    """That is no loss: it is made again of the entries.  The archive's name in the cluster is not copied."""
    data = DataFolder(tmp_path / "data")
    data.index.mkdir(parents=True)
    write_entries(data.entries, expected[:1])
    (data.index / "cluster-name").write_text("nianjian-1\n")
    env = os.environ | settings("http://127.0.0.1:1")
    made = nianjian("--data", data.root, "backup", tmp_path / "kept.tar", env=env)
    assert (made.returncode, "the index is in the search cluster" in made.stdout, made.stderr) == (0, True, "")
    back = nianjian("--data", tmp_path / "again", "restore", tmp_path / "kept.tar", env=env)
    assert (back.returncode, "`nianjian index` builds one" in back.stdout) == (0, True)
    assert sorted(each.name for each in (tmp_path / "again").iterdir()) == [".lock", "entries.jsonl"]
