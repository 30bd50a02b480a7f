"""The command line, as a user runs it: another process, its output and its exit code."""

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from forked import nianjian

from indexer.config import DataFolder
from search_app.web.app import create_app

Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `nianjian` with the given arguments."""

    def call(*args: object, data: Path | None = None) -> subprocess.CompletedProcess[str]:
        return nianjian("--data", data or tmp_path / "data", *args)

    return call


@pytest.mark.parametrize("args", [("status",), ("search", "工会", "--json"), ("frobnicate",)])
def test_forked_process_says_what_one_started_anew_says(run: Run, sample: DataFolder, args: tuple[str, ...]) -> None:
    """Output, errors and exit code."""
    anew = subprocess.run([*COMMAND, "--data", str(sample.root), *args], capture_output=True, text=True, check=False)
    forked = run(*args, data=sample.root)
    assert (forked.returncode, forked.stdout, forked.stderr) == (anew.returncode, anew.stdout, anew.stderr)


def test_build_search_show_and_status(run: Run, root: Path) -> None:
    """The whole way on one volume."""
    built = run("build", root / "corpus" / "2003")
    assert (built.returncode, "Indexed 50 entries." in built.stdout) == (0, True)
    found = json.loads(run("search", '"三方会议"', "--json").stdout)
    assert (found["total"], found["hits"]) == (0, [])
    found = json.loads(run("search", "白帆焊接工作室", "--year", "2003", "--author", "邵国梁", "--json").stdout)
    assert [hit["title"] for hit in found["hits"]] == ["白帆焊接工作室成立"]
    name = found["hits"][0]["id"]
    assert json.loads(run("show", name, "--json").stdout)["authors"] == ["邵国梁"]
    assert "白帆" in run("show", name).stdout
    assert "1. 白帆焊接工作室成立" in run("search", "白帆焊接工作室").stdout
    assert "no-hyphen-row" in run("status").stdout
    assert json.loads(run("status", "--json").stdout)["entries"] == 50
    again = run("import", root / "corpus" / "2003")
    assert "Imported 0 new pages" in again.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["search", "工会"], "nianjian build"),
        (["serve"], "nianjian build"),
        (["parse"], "nianjian import"),
        (["index"], "nianjian parse"),
        (["index", "--entries", "no.jsonl"], "no.jsonl"),
        (["index", "--memory", "383"], "--memory"),
        (["index", "--memory", "2GB"], "--memory"),
        (["import", "no-such-folder"], "check the path"),
        (["show", "x"], "nianjian build"),
        (["--manifest", "no.toml", "import", "."], "no.toml"),
        (["search", "x", "--sort", "date"], "--sort"),
        (["search", "x", "--page", "0"], "--page"),
        (["search", "x", "--year", "20x"], "--year"),
        (["search", "x", "--year", "20021"], "one to four digits"),
        (["search", "x", "--year", "２００２"], "--year"),
        (["--manifest", "no.toml", "serve"], "no.toml"),
        (["import", ".", "--base-url", "javascript:x"], "--base-url"),
        (["import", "/dev/null"], "neither a file nor a folder"),
        (["crawl", "S2001"], "is not on the web"),
        (["crawl", "1999"], "no volume '1999'"),
        (["crawl"], "--contact"),
        (["frobnicate"], "No such command"),
    ],
)
def test_mistake_is_one_line_and_exit_2(run: Run, args: list[str], said: str) -> None:
    """What, where, and what to do; never a traceback."""
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, "")
    last = done.stderr.strip().splitlines()[-1]
    assert said in last
    assert "Traceback" not in done.stderr


def test_unknown_id_and_unwritable_folder_are_one_line(
    run: Run, sample: DataFolder, tmp_path: Path, root: Path
) -> None:
    """The id is named; the folder is named."""
    unknown = run("show", "x-1-1", data=sample.root)
    assert (unknown.returncode, "'x-1-1'" in unknown.stderr) == (2, True)
    (tmp_path / "file").write_text("")
    blocked = run("import", root / "corpus" / "2001", data=tmp_path / "file" / "data")
    assert (blocked.returncode, "--data" in blocked.stderr.splitlines()[-1]) == (2, True)


def test_damaged_index_is_refused_with_the_remedy(run: Run, tmp_path: Path, root: Path) -> None:
    """And `index` mends it."""
    run("build", root / "corpus" / "2001")
    next((tmp_path / "data" / "index").glob("gen-*/*.trm")).write_bytes(b"x")
    refused = run("search", "工会")
    assert (refused.returncode, "nianjian index" in refused.stderr) == (2, True)
    assert run("index").returncode == 0
    assert run("search", "工会").returncode == 0


def test_folder_of_odd_files_is_imported_and_reported(run: Run, tmp_path: Path) -> None:
    """Not HTML, 50 MB, unknown encoding: each one Problem; an empty file is left out; the good page is parsed."""
    folder = tmp_path / "in" / "a.example"
    folder.mkdir(parents=True)
    (folder / "1.html").write_bytes(b"")
    (folder / "2.html").write_bytes(b"just words")
    (folder / "3.html").write_bytes(b"<p>" + b"x" * 50_000_000)
    (folder / "4.html").write_bytes("年鉴".encode("utf-16-le") * 99)
    (folder / "5.html").write_bytes(
        "<td>当前位置:首页>>2001年鉴信访</td><br>-------------<br>做了事。<br>[关闭窗口]".encode("gbk")
    )
    done = run("build", tmp_path / "in")
    assert (done.returncode, "4 pages to 1 entries; 4 problems" in done.stdout) == (1, True), done
    assert "empty:" in done.stderr
    problems = json.loads(run("status", "--json").stdout)["problems"]
    assert set(problems) == {"not-html", "page-too-large", "unknown-encoding", "no-heading"}


def test_entry_is_led_back_to_its_record(run: Run, tmp_path: Path, root: Path) -> None:
    """`show --source` and `verify` say equal; a changed entries file or record is named."""
    run("build", root / "corpus" / "2002")
    shown = run("show", "S2002-621501-1", "--source")  # runs over two pages
    assert (shown.returncode, "equal to what is indexed" in shown.stdout, "sha256:" in shown.stdout) == (0, True, True)
    assert run("verify").returncode == 0
    entries = tmp_path / "data" / "entries.jsonl"
    entries.write_text(entries.read_text("utf-8").replace("工人", "工友", 1), "utf-8")
    changed = run("verify")
    assert (changed.returncode, "run `nianjian parse`" in changed.stdout) == (1, True)
    run("parse")
    file = tmp_path / "data" / "warc" / "nianjian-00001.warc.gz"
    good = file.read_bytes()
    file.write_bytes(good[:5000] + bytes([good[5000] ^ 255]) + good[5001:])
    damaged = run("verify")
    assert (damaged.returncode, "nianjian-00001.warc.gz" in damaged.stderr) == (1, True)
    file.write_bytes(good)
    (tmp_path / "data" / "ledger.sqlite").write_bytes(b"no ledger" * 999)
    assert "rebuild-ledger" in run("status").stderr
    assert run("rebuild-ledger").returncode == 0
    assert run("verify").returncode == 0


def test_page_deleted_from_the_site_is_listed_as_missing(run: Run, tmp_path: Path, root: Path) -> None:
    """By URL and section, as text, JSON and CSV."""
    shutil.copytree(root / "corpus" / "2004" / "pages", tmp_path / "site")
    (gone,) = (tmp_path / "site").rglob("*640601.html")
    gone.unlink()
    run("build", tmp_path / "site")
    url = f"http://nianjian.cangpu.example/node6000/node6055/node6406/{gone.name}"
    assert f"missing  生活保障  {url}" in run("status").stdout
    (volume,) = json.loads(run("status", "--json").stdout)["holdings"]
    assert [part["missing"] for part in volume["sections"] if part["section"] == "生活保障"] == [[url]]
    assert "S2004,2004,生活保障,1,0,0,0,1" in run("status", "--csv").stdout


def test_archive_keeps_the_manifest_it_was_made_with(run: Run, root: Path, tmp_path: Path) -> None:
    """Built with one of its own, it is checked, counted and served without naming it; its ids stay what they are."""
    own = tmp_path / "own.toml"
    text = (root / "corpus" / "sample.toml").read_text("utf-8").replace('id = "S200', 'id = "own200')
    own.write_text(text, "utf-8")
    built = run("--manifest", own, "build", root / "corpus" / "2002")
    assert built.returncode == 0, built.stderr
    assert "described in the manifest, but no page held fits the scope" in built.stderr
    ids = {json.loads(line)["id"] for line in (tmp_path / "data" / "entries.jsonl").read_text("utf-8").splitlines()}
    assert {name.partition("-")[0] for name in ids} == {"own2002"}
    verified, status = run("verify"), run("status", "--json")
    assert (verified.returncode, status.returncode) == (0, 0), verified.stderr
    held = {volume["id"]: volume for volume in json.loads(status.stdout)["holdings"]}
    assert "own2002" in held
    assert create_app(tmp_path / "data").test_client().get("/volume/own2002").status_code == 200
    other = tmp_path / "other.toml"
    other.write_text(text.replace("own2002", "two"), "utf-8")
    verified = run("--manifest", other, "verify")
    assert (verified.returncode, "other.toml is another manifest than the one that" in verified.stderr) == (0, True)
    parsed = run("--manifest", other, "parse")
    assert "nianjian: volumes new: two" in parsed.stderr
    assert "nianjian: volumes gone: own2002" in parsed.stderr


def test_problems_are_listed_and_ticked_off(run: Run, tmp_path: Path, root: Path) -> None:
    """By kind, with the pages; a slip is one line and exit code 2, a review of what is gone no fault."""
    page = "http://nianjian.cangpu.example/node6000/node6002/node6216/userobject1ai621601.html"
    built = run("build", root / "corpus" / "2002")
    assert "; 3 problems\n" in built.stdout
    assert "open      3\n" in run("reviewed").stdout
    assert f"  1  two-signatures\n          {page}\n" in run("reviewed").stdout
    done = run("reviewed", page, "two-signatures", "--note", "两人合写")
    assert (done.returncode, done.stdout) == (0, f"two-signatures of {page} is reviewed.\n")
    assert "open      2\n" in run("reviewed").stdout
    assert "reviewed  1\n" in run("reviewed").stdout
    listed = json.loads(run("reviewed", "--json").stdout)
    assert (sum(listed["open"].values()), listed["reviewed"]) == (2, {"two-signatures": 1})
    status = run("status").stdout
    assert "problems  2 open, 1 reviewed\n" in status
    assert "       0  two-signatures  (1 more reviewed)\n" in status
    assert "; 2 problems open, 1 reviewed\n" in run("parse").stdout
    for args, said in (
        ((page, "two-signature"), "do you mean 'two-signatures'?"),
        ((page,), "CODE is missing"),
        (("--undo",), "give the page's URL and the CODE"),
        ((page, "no-text", "--undo"), "is not reviewed"),
        ((page, "no-text", "--json"), "--json is of the list"),
    ):
        wrong = run("reviewed", *args)
        assert (wrong.returncode, said in wrong.stderr, wrong.stderr.count("\n")) == (2, True, 1)
    file = tmp_path / "data" / "reviewed.toml"
    with file.open("a", encoding="utf-8") as opened:
        opened.write("[[reviewed]]\nurl = 'http://a.example/'\ncode = 'no-text'\n")
    assert "stale     1: " in run("reviewed").stdout
    assert "          no-text  http://a.example/\n" in run("reviewed").stdout
    assert run("reviewed", page, "two-signatures", "--undo").stdout.endswith("is no longer reviewed.\n")
    file.write_text("[[reviewed]\n", "utf-8")
    for command in ("parse", "status", "reviewed"):
        wrong = run(command)
        assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)


@pytest.mark.usefixtures("chinese")
def test_data_folder_may_be_named_behind_the_command(run: Run, sample: DataFolder, tmp_path: Path) -> None:
    """It counts more there; a plain hit says where it matched."""
    found = run("search", "职工代表大会", "--size", "1", "--data", sample.root, data=tmp_path / "other").stdout
    assert re.search(r"^   (标题|页题|正文)含“职工代表大会” \d+ 处", found, re.MULTILINE)


def test_without_an_archive_the_sample_of_demo_is_named(run: Run, sample: DataFolder, tmp_path: Path) -> None:
    """Whoever has seen `nianjian demo` searches next."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "demo").symlink_to(sample.root)
    done = run("search", "工会", data=data)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"; the sample of `nianjian demo` answers with --data {data / 'demo'}\n")


def test_port_in_use_is_one_line(run: Run, sample: DataFolder) -> None:
    """The address is named, and the option."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", taken.getsockname()[1], data=sample.root)
    assert (done.returncode, "--port" in done.stderr.splitlines()[-1]) == (2, True)


@pytest.mark.parametrize(("name", "value"), [("NIANJIAN_PUBLIC_URL", "example.org"), ("NIANJIAN_HOSTS", "a b")])
def test_odd_setting_of_the_server_is_one_line(
    run: Run, sample: DataFolder, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """It names the setting, and nothing is served."""
    monkeypatch.setenv(name, value)
    done = run("serve", data=sample.root)
    (line,) = done.stderr.splitlines()
    assert (done.returncode, line.startswith(f"nianjian: {name}: {value!r} is no ")) == (2, True)
    assert "Listening" not in done.stdout
