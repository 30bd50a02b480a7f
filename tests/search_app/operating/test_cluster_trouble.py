"""A search cluster that does not answer: what pages, programs, load balancers, assistants and commands are told."""

import json
import os
import shlex
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from forked import nianjian
from peers import REFUSING, SECRET, closed, saying, settings, silent
from processes import COMMAND, Server
from served import served

from indexer.config import DataFolder
from indexer.errors import IndexFailure, IndexUnavailable
from indexer.files.entrystore import write_entries
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.search.opensearch.connection import Cluster
from indexer.search.opensearch.settings import read_settings
from search_app import create_app
from search_app.assisting.refusing import Refused
from search_app.assisting.tools import Assistance
from search_app.following.archive import Archive
from search_app.web.site import read_site

Publish = Callable[[Iterable[Entry]], None]
MakeEntry = Callable[..., Entry]
KINDS: dict[str, Callable[[], AbstractContextManager[str]]] = {"closed": closed} | {
    name: partial(saying, *said) for name, said in REFUSING.items()
}
WORDS = {"zh": "请过一会儿再试", "zh-Hant": "請過一會兒再試", "en": "try again in a moment"}


@pytest.fixture(params=KINDS)
def trouble(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Settings of a cluster that is none; give what is amiss with it."""
    with KINDS[request.param]() as address:
        for name, value in settings(address).items():
            monkeypatch.setenv(name, value)
        yield request.param


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


@pytest.mark.slow
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


def test_certificate_that_nobody_vouches_for_is_refused_unless_it_is_given(tmp_path: Path) -> None:
    """Neither user nor password is sent to whoever shows it."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is absent: apt-get install openssl")
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=a -keyout key -out pem"
    subprocess.run(
        [*shlex.split(made), "-addext", "subjectAltName=IP:127.0.0.1"], cwd=tmp_path, check=True, capture_output=True
    )
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(tmp_path / "pem", tmp_path / "key")
    with saying(200, "application/json", b'{"_shards": {"total": 3, "successful": 3}}', secured) as address:
        with pytest.raises(IndexUnavailable) as raised:
            Cluster(read_settings(settings(address))).search("ops-trouble", {"size": 0})
        assert (raised.value.code, SECRET in str(raised.value)) == ("cluster-untrusted", False)
        trusted = read_settings(settings(address) | {"NIANJIAN_OPENSEARCH_CA": str(tmp_path / "pem")})
        assert Cluster(trusted).search("ops-trouble", {"size": 0})["_shards"]["total"] == 3


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
