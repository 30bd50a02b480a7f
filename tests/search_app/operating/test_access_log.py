"""The access log: a line for each request, without what readers search for, and never in an answer's way."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from processes import Server, soon

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.model import Entry
from indexer.stages.pipeline import index_entries
from search_app import create_app
from search_app.web import downloads
from search_app.web.operating.logfile import LogFile
from search_app.web.operating.loglines import LONGEST

MakeApp = Callable[..., Flask]
Lines = Callable[[], list[dict[str, object]]]
SECRET = "zq7秘密"
"""What a reader looks for."""


@pytest.fixture
def log(tmp_path: Path) -> str:
    """The test's access log."""
    return str(tmp_path / "access.log")


def test_each_request_is_a_line_in_json(make_app: MakeApp, log: str, lines: Lines, sample: DataFolder) -> None:
    """Pages, files, answers without a body, faults of clients; with what is known of each, and not who asked."""
    client = make_app(ACCESS_LOG=log, HOSTS="nianjian.example.org").test_client()
    host = {"Host": "nianjian.example.org"}
    sizes = [
        len(client.get("/entry/S2001-611002-1?q=工会", headers=host, buffered=True).data),
        len(client.head("/static/style.css", headers=host, buffered=True).data),
        len(client.get("/author/龚志远", headers=host, buffered=True).data),
        len(client.get("/nowhere", headers=host, buffered=True).data),
        len(client.post("/api/v1/search", headers=host, buffered=True).data),
        len(client.get("/", headers={"Host": "evil.example"}, buffered=True).data),
    ]
    written = lines()
    keys = {"time", "method", "route", "path", "status", "bytes", "ms", "generation"}
    assert [set(each) - {"problem"} for each in written] == [keys] * 6
    told = [(each["method"], each["path"], each["status"], each["bytes"], each.get("problem")) for each in written]
    assert told == [
        ("GET", "/entry/S2001-611002-1", 200, sizes[0], None),
        ("HEAD", "/static/style.css", 200, 0, None),
        ("GET", "/author/<path:name>", 200, sizes[2], None),
        ("GET", None, 404, sizes[3], "not-found"),
        ("POST", None, 405, sizes[4], "method-not-allowed"),
        ("GET", "/", 421, sizes[5], "misdirected"),
    ]
    assert {each["generation"] for each in written[:1]} == {
        create_app(sample.root).test_client().get("/readyz", headers=host).json["generation"]  # type: ignore[index]
    }
    assert all(str(each["time"]).endswith("Z") and each["ms"] for each in written)
    assert Path(log).stat().st_mode & 0o007 == 0, "who is none of those who run the archive may not read it"


def test_queries_and_addresses_are_told_if_asked_for(make_app: MakeApp, log: str, lines: Lines) -> None:
    """However long: a line is never longer than what is written in one piece."""
    client = make_app(ACCESS_LOG=log, ACCESS_LOG_QUERIES="1", ACCESS_LOG_ADDRESSES="1").test_client()
    client.get(f"/{SECRET}?q=%E5%B7%A5", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}, buffered=True)
    client.get("/?q=" + "\x01" * 9000, buffered=True)
    first, second = lines()
    assert (first["path"], first["query"], first["address"]) == (f"/{SECRET}", "q=%E5%B7%A5", "192.0.2.7")
    assert str(second["query"]).startswith("q=\x01")
    assert max(map(len, Path(log).read_bytes().splitlines())) < LONGEST


@pytest.fixture(scope="module")
def quiet(sample: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Path]:
    """An app that logs as it does by default, and its log."""
    file = tmp_path_factory.mktemp("quiet") / "access.log"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIANJIAN_ACCESS_LOG", str(file))
        for name in ("QUERIES", "ADDRESSES"):
            patch.delenv(f"NIANJIAN_ACCESS_LOG_{name}", raising=False)
        return create_app(sample.root), file


@given(st.data())
@settings(max_examples=40)
def test_no_line_holds_what_a_reader_looks_for(quiet: tuple[Flask, Path], data: st.DataObject) -> None:
    """Wherever it stands: in the query, in any place of any address, as a method, in every header."""
    app, file = quiet
    rule = data.draw(st.sampled_from(sorted({each.rule for each in app.url_map.iter_rules()} | {"/<x>"})))
    text = SECRET + data.draw(st.text(max_size=8))
    pieces = rule.split("<")
    path = pieces[0] + "".join(quote(text, safe="") + each.partition(">")[2] for each in pieces[1:])
    asked = {"q": text, data.draw(st.sampled_from(["lang", "view", "year", "author", "id", "url", SECRET])): text}
    method = data.draw(st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "ZQ7"]))
    headers = {
        "Referer": f"http://a.example/?q={quote(text)}",
        "User-Agent": quote(text),
        "Accept-Language": "zq7",
        "Cookie": f"view={quote(text)}",
        "If-None-Match": "*",
        "Origin": "https://zq7.example",
        "Host": "zq7.example",
    }
    app.test_client().open(path, method=method, query_string=asked, headers=headers, buffered=True)
    line = file.read_bytes().splitlines()[-1]
    assert b"zq7" not in line.lower()
    assert "秘密" not in json.dumps(json.loads(line), ensure_ascii=False)


def test_streams_are_told_at_their_end(
    make_app: MakeApp, log: str, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all their bytes; those given up by their reader with what was sent."""
    monkeypatch.setattr(downloads, "_HELD", 1000)
    monkeypatch.setattr(downloads, "_BLOCK", 1000)
    client = make_app(ACCESS_LOG=log).test_client()
    address = "/api/v1/export?q=工会&format=jsonl"
    whole = client.get(address, buffered=False)
    assert not Path(log).exists()
    size = len(whole.data)
    whole.close()
    left = client.get(address, buffered=False)
    begun = len(next(left.iter_encoded()))
    left.close()
    first, second = lines()
    assert (first["bytes"], first.get("end"), first["stream"]) == (size, None, "begun")
    assert (second["bytes"], second["end"]) == (begun, "aborted")
    assert begun < size


@pytest.mark.slow
def test_reader_who_goes_away_is_told_by_a_real_server(
    start: Callable[..., Server], tmp_path: Path, lines: Lines, make_entry: Callable[..., Entry]
) -> None:
    """And the stream is no longer under way; what the system takes in for a reader is not yet read."""
    data = DataFolder(tmp_path / "data")
    write_entries(data.entries, [make_entry(f"2002-1-{number}", body="工会" * 400_000) for number in range(1, 11)])
    index_entries(data)
    server = start(data.root, NIANJIAN_ACCESS_LOG=str(tmp_path / "access.log"), NIANJIAN_METRICS="1")

    def under_way() -> float:
        with urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=10) as answer:
            return float(re.findall(r"^nianjian_streams_under_way (.*)$", answer.read().decode(), re.MULTILINE)[0])

    with socket.create_connection(("127.0.0.1", server.port)) as reader:
        reader.sendall(b"GET /api/v1/export?q=%E5%B7%A5%E4%BC%9A&format=jsonl HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b" 200 " in reader.recv(20)
        assert under_way() == 1
    assert soon(lambda: under_way() == 0)
    (line,) = [each for each in lines() if each["route"] == "/api/v1/export"]
    assert (line["end"], line["stream"]) == ("aborted", "begun")
    assert int(str(line["bytes"])) < 24_000_000


def test_stream_that_fails_is_told_as_failed(
    make_app: MakeApp, log: str, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no reader who went away."""
    app = make_app(ACCESS_LOG=log)

    def broken() -> object:
        yield "a"
        raise OSError("the disk is gone")

    app.add_url_rule("/broken", "broken", lambda: app.response_class(broken()))
    with pytest.raises(OSError, match="the disk"):
        app.test_client().get("/broken", buffered=True)
    assert [(each["bytes"], each["end"]) for each in lines()] == [(1, "failed")]


def test_log_that_cannot_be_written_is_said_once_and_in_nobodys_way(
    make_app: MakeApp, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Answers are as ever."""
    client = make_app(ACCESS_LOG=str(tmp_path / "none" / "access.log")).test_client()
    assert [client.get("/about", buffered=True).status_code for _ in range(3)] == [200] * 3
    said = [record.message for record in caplog.records if "access log" in record.message]
    assert [each.partition(" cannot be written: ")[2] for each in said] == ["No such file or directory"]


def test_log_is_opened_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Within a second, moved away, deleted or impossible to open before; what was lost meanwhile is counted."""
    now = [0.0]
    folder = tmp_path / "logs"
    log = LogFile(str(folder / "log"), lambda: now[0])
    for _ in range(2):
        log.write(b"lost\n")
    folder.mkdir()
    now[0] += 1
    log.write(b"1\n")
    assert "is written again; lines lost: 2" in caplog.messages[-1]
    (folder / "log").rename(folder / "log.1")
    log.write(b"2\n")
    now[0] += 1
    log.write(b"3\n")
    (folder / "log").unlink()
    now[0] += 1
    log.write(b"4\n")
    assert [file.read_bytes() for file in sorted(folder.iterdir())] == [b"4\n", b"1\n2\n"]


def test_processes_write_whole_lines_into_one_log(tmp_path: Path) -> None:
    """Four at the same time, each line as long as may be."""
    code = (
        "import sys\nfrom search_app.web.operating.logfile import LogFile\nlog = LogFile(sys.argv[1])\n"
        "for _ in range(300): log.write(sys.argv[2].encode() * 4000 + b'\\n')"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "log"), name]) for name in "abcd"]
    assert [each.wait(60) for each in running] == [0] * 4
    written = (tmp_path / "log").read_text().splitlines()
    assert sorted(written) == sorted(name * 4000 for name in "abcd" for _ in range(300))


def test_line_that_was_only_begun_ends_before_the_next(tmp_path: Path) -> None:
    """As on a disk that was full for a while."""
    pytest.importorskip("resource")
    code = (
        "import resource, sys\nfrom search_app.web.operating.logfile import LogFile\nlog = LogFile(sys.argv[1])\n"
        "most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5, most))\nlog.write(b'12345678\\n')\nlog.write(b'lost\\n')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\nlog.write(b'whole\\n')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "log")], check=True, capture_output=True, text=True
    )
    assert (tmp_path / "log").read_bytes() == b"12345\nwhole\n"
    assert ran.stderr.count("cannot be written") == 1


def test_nobody_waits_for_a_log_that_nobody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full pipe as standard output, a named pipe without a reader, none at all: lines are lost."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as pipe, os.fdopen(writing, "wb") as full:
        monkeypatch.setattr(sys, "stdout", full)
        log = LogFile("-")
        for _ in range(100):
            log.write(b"x" * 4000 + b"\n")
        full.close()
        assert pipe.read() == (b"x" * 4000 + b"\n") * 16
    monkeypatch.setattr(sys, "stdout", None)
    LogFile("-").write(b"lost\n")
    os.mkfifo(tmp_path / "pipe")
    LogFile(str(tmp_path / "pipe")).write(b"lost\n")
