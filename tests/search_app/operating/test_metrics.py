"""What is counted is what clients were answered, over all processes, and nothing that they typed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from processes import Server, soon
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

from indexer.config import DataFolder
from indexer.errors import ConfigError
from indexer.search.factory import published_generation
from indexer.stages.pipeline import index_entries
from search_app import create_app
from search_app.serving.counts import folder_for_counts, keep_counts_of
from search_app.web import downloads
from search_app.web.operating.facts import METHODS

MakeApp = Callable[..., Flask]
Samples = Mapping[tuple[str, ...], float]
ASKED = {
    f"/?q={quote('工会')}": ("/", 200, "218"),
    "/entry/S2001-611002-1": ("/entry/<entry_id>", 200, "S2001-611002-1"),
    "/entry/none": ("/entry/<entry_id>", 404, ""),
    f"/{quote('没有')}": ("", 404, ""),
    "/static/style.css": ("/static/<path:filename>", 200, "{"),
    "/api/v1/search?sort=odd": ("/api/v1/search", 400, "sort"),
    f"/api/v1/search?q={quote('工会')}&size=1": ("/api/v1/search", 200, '"total":218'),
    "/readyz": ("/readyz", 200, ""),
}
"""What clients ask for, its route, and the status and a text of the right answer."""


def test_nothing_is_counted_unless_it_is_asked_for(make_app: MakeApp) -> None:
    """There is no such page; a switch that is neither on nor off is refused by name."""
    assert make_app(METRICS="off").test_client().get("/metrics").status_code == 404
    with pytest.raises(ConfigError) as refused:
        make_app(METRICS="please")
    assert (refused.value.code, refused.value.values["name"]) == ("switch-odd", "NIANJIAN_METRICS")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via"])
def test_counts_are_not_for_who_comes_through_a_proxy(make_app: MakeApp, header: str) -> None:
    """For those there is no such page, under any name of the host; for others there is, under every name."""
    client = make_app(METRICS="1", HOSTS="nianjian.example.org").test_client()
    direct = client.get("/metrics", headers={"Host": "192.0.2.1:8000"})
    assert (direct.status_code, direct.headers["Cache-Control"]) == (200, "no-store")
    assert client.get("/metrics", headers={header: "192.0.2.7"}).status_code == 404


def test_index_is_told_with_its_state(
    tmp_path: Path, make_app: MakeApp, counted: Callable[[FlaskClient], Samples], sample: DataFolder
) -> None:
    """Which generation, how many entries, how old; without one, only that there is none."""
    found = counted(make_app(METRICS="1").test_client())
    health = create_app(sample.root).test_client().get("/healthz").json
    assert found["nianjian_index_info", health["generation"]] == 1  # type: ignore[index]
    assert found["nianjian_index_entries",] == health["entries"]  # type: ignore[index]
    states = ("ready", "degraded")
    assert [found[f"nianjian_index_{name}",] for name in states] == [1, 0]
    made = sample.entries.stat().st_mtime
    assert abs(found["nianjian_index_built_timestamp_seconds",] - made) < 600
    without = counted(make_app(tmp_path).test_client())
    assert {key: value for key, value in without.items() if "index" in key[0]} == {("nianjian_index_ready",): 0}


def test_streams_are_counted_while_they_last(
    make_app: MakeApp, counted: Callable[[FlaskClient], Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under way, given up, and refused where there are two already, which is a problem by its code."""
    monkeypatch.setattr(downloads, "_HELD", 1000)
    client = make_app(METRICS="1").test_client()
    address = "/api/v1/export?q=工会&format=jsonl"
    streams = [client.get(address, buffered=False) for _ in range(3)]
    assert [each.status_code for each in streams] == [200, 200, 503]
    found = counted(client)
    assert [found[f"nianjian_streams_{name}",] for name in ("under_way", "refused_total")] == [2, 1]
    assert found["nianjian_problems_total", "too-many-downloads", "503"] == 1
    for each in streams:
        each.close()
    assert counted(client)["nianjian_streams_under_way",] == 0


@pytest.mark.slow
def test_counts_agree_with_clients_through_renewal_and_a_killed_worker(
    start: Callable[..., Server], counted_over_http: Callable[[Server], Samples], sample: DataFolder, tmp_path: Path
) -> None:
    """Two hundred requests to two processes."""
    _agree(start, counted_over_http, 200, tmp_path / "counts", sample)


@pytest.mark.slow
def test_many_counts_agree_with_clients(
    start: Callable[..., Server], counted_over_http: Callable[[Server], Samples], sample: DataFolder, tmp_path: Path
) -> None:
    """Two thousand."""
    _agree(start, counted_over_http, 2000, tmp_path / "counts", sample)


def _agree(
    start: Callable[..., Server], read: Callable[[Server], Samples], requests: int, folder: Path, sample: DataFolder
) -> None:
    """Ask while three generations are published, the processes renewed, and one of them killed; none answers wrongly."""
    data = DataFolder(folder.parent / "data")
    shutil.copytree(sample.root, data.root)
    folder.mkdir()
    for name in ("counter_1.db", "gauge_livesum_1.db", "of-others"):
        (folder / name).write_text("left by an earlier server, or by others")
    server = start(data.root, NIANJIAN_METRICS="1", PROMETHEUS_MULTIPROC_DIR=str(folder))
    assert {file.name for file in folder.iterdir()} & {"counter_1.db", "gauge_livesum_1.db", "of-others"} == {
        "of-others"
    }
    before, first = read(server), server.workers()
    generations = {published_generation(data.root)}
    answered = _ask(server, requests // 6)
    for _ in range(3):
        index_entries(data)
        generations.add(published_generation(data.root))
        answered += _ask(server, requests // 12)
    server.process.send_signal(signal.SIGHUP)
    answered += _ask(server, requests // 4)
    assert soon(lambda: len(server.workers()) == 2 and not server.workers() & first, 20)
    os.kill(min(server.workers()), signal.SIGKILL)
    answered += _ask(server, requests - sum(answered.values()))
    assert soon(lambda: len(server.workers()) == 2, 20)
    after = read(server)
    counted = {
        key[1:]: int(value - before.get(key, 0)) for key, value in after.items() if key[0] == "nianjian_requests_total"
    }
    del counted["GET", "/metrics", "2xx"]
    counted.pop(("GET", "/healthz", "2xx"), None)  # who asked whether the server had started
    assert (sum(answered.values()), counted, len(generations)) == (requests, dict(answered), 4)
    assert len(list(folder.glob("counter_*.db"))) <= 3, "those of four ended processes were not added up"
    times = {key[1]: value for key, value in after.items() if key[0] == "nianjian_answer_seconds_count"}
    assert all(times[route] == after_of(after, route) for route, _, _ in ASKED.values())
    _end_while_asked(server)


def _end_while_asked(server: Server) -> None:
    """End a server while it is asked: every request that it took is answered, and it ends well."""
    until = time.monotonic() + 20
    taken = Counter[int]()
    while server.process.poll() is None and time.monotonic() < until:
        if sum(taken.values()) == 20:
            server.process.send_signal(signal.SIGTERM)
        with suppress(ConnectionRefusedError, ConnectionResetError):
            taken += Counter({_answer(server, "GET", next(iter(ASKED))): 1})
    assert (server.process.wait(5), taken.keys()) == (0, {200})


def after_of(counts: Samples, route: str) -> float:
    """Add up all answers of a route."""
    return sum(value for key, value in counts.items() if key[0] == "nianjian_requests_total" and key[2] == route)


def _ask(server: Server, times: int) -> "Counter[tuple[str, str, str]]":
    """Ask so many times, each over a new connection; count the answers by method, route and class of status."""
    answered: Counter[tuple[str, str, str]] = Counter()
    addresses = list(ASKED)
    while sum(answered.values()) < times:
        number = sum(answered.values())
        address, method = addresses[number % len(addresses)], "HEAD" if number % 11 == 0 else "GET"
        status = _answer(server, method, address)
        answered[method, ASKED[address][0], f"{status // 100}xx"] += 1
    return answered


def _answer(server: Server, method: str, address: str) -> int:
    """Ask once, over a new connection; the answer must be the right one."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(method, address, headers={"Connection": "close"})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    _, status, part = ASKED[address]
    assert answer.status == status, (address, text[:300])
    assert method == "HEAD" or part in text, (address, text[:300])
    return answer.status


@pytest.fixture(scope="module")
def odd_client(sample: DataFolder) -> FlaskClient:
    """Ask an app that counts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIANJIAN_METRICS", "1")
        patch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
        return create_app(sample.root).test_client()


@given(
    st.sampled_from(["", "entry/", "author/", "volume/S2001/", "facet/", "holdings/", "page/", "api/v1/", "static/"]),
    st.text(min_size=1, max_size=20),
    st.one_of(st.sampled_from(sorted(METHODS)), st.from_regex(r"[A-Z]{1,8}", fullmatch=True)),
)
@settings(max_examples=60)
def test_no_label_is_made_of_what_clients_type(odd_client: FlaskClient, place: str, text: str, method: str) -> None:
    """Whatever address and method: labels are routes of the app, known methods, classes and codes."""
    odd_client.open(f"/{place}{quote(text, safe='')}?q={quote(text)}", method=method)
    rules = {rule.rule for rule in odd_client.application.url_map.iter_rules()} | {""}
    families = odd_client.get("/metrics").text
    labels = {line.partition("{")[2].partition("}")[0] for line in families.splitlines() if "_requests_total{" in line}
    known = {
        f'method="{method}",route="{rule}",status="{status}xx"'
        for method in METHODS | {"other"}
        for rule in rules
        for status in range(1, 6)
    }
    assert labels <= known


def test_files_of_ended_processes_are_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What each counted is kept in one, whatever it died of; what it was sending is over."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    code = (
        "import os, signal\nfrom search_app.web.operating.counting import Counts\n"
        "from search_app.web.operating.facts import Answer\ncounts = Counts()\n"
        "for _ in range(3): counts.answered(Answer('/export', 'GET', 200, 0.002, '', 'begun'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    for _ in range(2):
        died = subprocess.Popen([sys.executable, "-c", code])
        assert died.wait(30) == -signal.SIGKILL
        assert (tmp_path / f"gauge_livesum_{died.pid}.db").exists()
        keep_counts_of(died.pid)
        keep_counts_of(died.pid)
    files = {file.name for file in tmp_path.glob("*.db")}
    assert files == {"counter_ended.db", "histogram_ended.db"}
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(tmp_path))
    found = {sample.name: sample.value for family in registry.collect() for sample in family.samples}
    told = [found[f"nianjian_{name}"] for name in ("requests_total", "answer_seconds_count", "answer_seconds_sum")]
    assert told == [6, 6, pytest.approx(0.012)]


def test_file_that_is_no_counts_is_said_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The parent goes on."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    (tmp_path / "counter_7.db").write_bytes(b"x")
    keep_counts_of(7)
    assert "what an ended process counted is not kept" in caplog.messages[0]
    assert not (tmp_path / "counter_7.db").exists(), "whoever reads all counts would fail at it"


def test_folder_of_a_run_is_gone_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One that cannot be made is said in a line; without counts there is none."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    environment = {"NIANJIAN_METRICS": "1"}
    with folder_for_counts(environment):
        assert Path(environment["PROMETHEUS_MULTIPROC_DIR"]).parent == tmp_path
    assert (list(tmp_path.iterdir()), list(environment)) == ([], ["NIANJIAN_METRICS"])
    with folder_for_counts({}):
        assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(ConfigError) as refused,
        folder_for_counts(environment | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "file")}),
    ):
        pass
    assert refused.value.code == "counts-unwritable"
