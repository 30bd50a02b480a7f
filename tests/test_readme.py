"""What README says to type is typed: its first command, its Python lines, every command and query of its tables."""

import contextlib
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from email.parser import HeaderParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import click
import pytest
from served import served

from indexer import SearchRequest, open_searcher, parse_query
from indexer.config import DataFolder
from search_app import create_app
from search_app.cli import cli

READMES = ("README.md", "README.zh-CN.md")
COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
STORY: Mapping[str, str] = {
    "import": "import {corpus}/2002",
    "parse": "parse",
    "index": "index",
    "search": "search '\"三方会议\" 或 职工' --year 2002 --sort book --size 5 --explain",
    "suggest": "suggest zjy --limit 3 --json",
    "concordance": "concordance 工会 --sort left --year 2002 --size 5 --jsonl",
    "trend": "trend 工会 信访 --csv",
    "export": "export 工会 --format bibtex --year 2002 --sort book --accessed 2026-11-28 --output found.bib",
    "show": "show S2002-621501-1 --source",
    "preview": "preview S2002-621501-1 --html page.html",
    "reviewed": "reviewed {page} two-signatures --note 两人合写",
    "contributor": "contributor candidates",
    "forget": "forget {page} --reason 试一试",
    "build": "build {corpus}/2003",
    "rebuild-ledger": "rebuild-ledger",
    "verify": "verify",
    "status": "status",
    "backup": "backup kept.tar",
    "restore": "--data restored restore kept.tar",
    "rollback": "rollback",
    "crawl": "--manifest site.toml --data crawled crawl L2002 --images --contact mailto:a@b.example",
    "update": "--manifest site.toml --data crawled update --contact mailto:a@b.example",
    "import-web-archive": "--manifest site.toml --data taken import-web-archive {site}/node6000/ --cdx {site}/cdx "
    "--replay {site}/web/ --delay 0 --contact mailto:a@b.example",
}
"""The table's commands, but for those that serve, in an order in which each finds what it needs."""
SERVING = {"demo", "serve", "mcp"}
PAGE = "http://nianjian.cangpu.example/node6000/node6002/node6216/userobject1ai621601.html"
SITE = """\
[[site]]
id = "local"
title = "本地"
publisher = "p"
licence = "CC0-1.0"
layout = "eastday-cms"
delay = 0.0
allow_private = true
[[site.volume]]
id = "L2002"
year = 2002
scope = ["{site}/node6000/node6002/"]
seeds = ["{site}/node6000/node6002/index.html"]
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The package as `pip install .` installs it from a clean checkout: a folder of its own, with the wheel beside."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / "checkout").mkdir()
    for name in ("indexer", "search_app", "corpus"):
        shutil.copytree(root / name, folder / "checkout" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, folder / "checkout")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    made = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(folder / "checkout")]
    subprocess.run([*pip, *made], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel)],
        check=True,
        capture_output=True,
    )
    return folder


def code_blocks(text: str, language: str) -> list[str]:
    """Give what stands in the fences of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def table_rows(text: str, first: str) -> dict[str, str]:
    """Give the table rows that begin with a code that begins so: the code, and the rest of the row."""
    rows = re.findall(rf"^\| `({first}[^`]*)`(.*)\|$", text.replace("\\|", "¦"), re.MULTILINE)
    return dict(rows)


def test_wheel_has_all_that_an_installation_needs(installed: Path, root: Path) -> None:
    """Types for users in both packages, pages, word lists and the sample; one version, that of the newest changes."""
    (wheel,) = installed.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        told = HeaderParser().parsestr(archive.read(metadata).decode())
    assert {"indexer/py.typed", "search_app/py.typed", "search_app/web/templates/results.html"} <= names
    assert {"indexer/text/lexicon.txt", "indexer/errors.en.toml", "corpus/manifest.toml", "corpus/LICENSE"} <= names
    config = ConfigParser()
    config.read(root / "setup.cfg")
    newest = re.findall(r"^## \[(\d[^]]*)\]", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[0]
    assert (told["Version"], newest) == (config["metadata"]["version"],) * 2


def test_version_is_said_once(root: Path) -> None:
    """In setup.cfg; the program reads it from what is installed."""
    config = ConfigParser()
    config.read(root / "setup.cfg")
    version = config["metadata"]["version"]
    files = [root / "pyproject.toml", *root.glob("indexer/**/*.py"), *root.glob("search_app/**/*.py")]
    assert [file.name for file in files if f'"{version}"' in file.read_text("utf-8")] == []


def test_first_command_serves_the_sample(installed: Path, root: Path, tmp_path: Path) -> None:
    """`nianjian demo`, of the wheel alone, asked over HTTP: hits, facets, and it ends well."""
    for name in READMES:
        assert code_blocks((root / name).read_text("utf-8"), "sh")[0] == "pip install . && nianjian demo\n"
    command = [str(installed / "site" / "bin" / "nianjian"), "demo"]
    with served(command, tmp_path, PYTHONPATH=str(installed / "site"), NIANJIAN_DATA="data") as address:
        page = urlopen(address + "?q=" + quote("工会"), timeout=5).read().decode()
        assert page.count("<article>") == 20
        assert 'type="checkbox" name="section"' in page
        assert json.load(urlopen(address + "healthz", timeout=5))["entries"] == 289


def test_python_lines_run_as_they_stand(root: Path, sample: DataFolder, tmp_path: Path) -> None:
    """The same in both languages, but for the comments; they print what README's picture shows."""
    lines = [code_blocks((root / name).read_text("utf-8"), "python") for name in READMES]
    for english, chinese in zip(*lines, strict=True):
        assert re.sub("  # .*", "", english) == re.sub("  # .*", "", chinese)
    english = lines[0][0]
    (tmp_path / "nianjian-data").mkdir()
    (tmp_path / "nianjian-data" / "demo").symlink_to(sample.root)
    printed = io.StringIO()
    with contextlib.chdir(tmp_path), contextlib.redirect_stdout(printed):
        exec(compile(english, "README.md", "exec"), {})
    first, hit, snippet, *_ = printed.getvalue().splitlines()
    assert first == "5 entries"
    assert hit.startswith("2003 女职工专项集体合同试点 http://nianjian.cangpu.example/")
    assert "市总工会女[职工]委员会" in snippet


def test_python_lines_are_typed(installed: Path, root: Path, tmp_path: Path) -> None:
    """For a user's mypy, which knows the installed package alone: a name that there is not is an error."""
    lines = "\n".join(code_blocks((root / "README.md").read_text("utf-8"), "python"))
    (tmp_path / "lines.py").write_text(f"{lines}\nfrom indexer import open_search\n", "utf-8")
    venv = [sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")]
    subprocess.run(venv, check=True)
    (packages,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    for name in ("indexer", "search_app"):
        (packages / name).symlink_to(installed / "site" / name)
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", str(tmp_path / "cache")]
    checked = subprocess.run(
        [*mypy, "--python-executable", str(tmp_path / "venv" / "bin" / "python"), "lines.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in checked.stdout.splitlines() if ": error: " in line]
    (error,) = [line.split("error: ")[1] for line in errors]
    assert error.startswith('Module "indexer" has no attribute "open_search"')


@pytest.fixture(scope="module")
def address(sample: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample archive is served, written as README writes it."""
    with served([*COMMAND, "--data", str(sample.root), "serve"], tmp_path_factory.mktemp("served")) as found:
        yield found.rstrip("/")


def test_python_lines_over_http_walk_through_everything_found(root: Path, sample: DataFolder, address: str) -> None:
    """In book order, as the searcher gives it."""
    lines = code_blocks((root / "README.md").read_text("utf-8"), "python")[1]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(lines.replace("http://127.0.0.1:8000", address), "README.md", "exec"), {})
    with open_searcher(sample.root) as searcher:
        found = list(searcher.entries(SearchRequest(parse_query('"集体合同"')[0], sort="book")))
    walked = [line.split()[-1] for line in printed.getvalue().splitlines()]
    assert walked == [each.url for each in found]
    assert len(walked) > 5


def test_curl_lines_are_answered(root: Path, address: str) -> None:
    """Each as it stands, the same in both languages; each finds something."""
    if not shutil.which("curl"):
        pytest.skip("curl is absent: apt-get install curl")
    blocks = [code_blocks((root / name).read_text("utf-8"), "sh") for name in READMES]
    ((lines,), others) = ([each for each in listed if each.startswith("curl")] for listed in blocks)
    assert others == [lines]
    answers = []
    for line in lines.splitlines():
        command = [*shlex.split(line.replace("http://127.0.0.1:8000", address)), "--fail", "--silent"]
        answers.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    search, facet, concordance, entry = answers
    assert json.loads(search)["total"] > 0
    assert json.loads(facet)["values"]
    assert len(concordance.splitlines()) > 1
    assert json.loads(entry)["id"] == "S2001-611002-1"


@pytest.mark.parametrize("name", READMES)
def test_routes_of_the_table_are_all_and_answer(root: Path, sample: DataFolder, name: str) -> None:
    """Each as it is written; none is missing but the description itself."""
    app = create_app(sample.root)
    asked = list(table_rows((root / name).read_text("utf-8"), "/api/v1/"))
    for route in asked:
        assert (route, app.test_client().get(route).status_code) == (route, 200)
    rules = {rule.rule.split("/")[3] for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert {route.split("/")[3].partition("?")[0] for route in asked} == rules - {"openapi.json"}


@pytest.mark.parametrize("name", READMES)
def test_every_option_of_the_table_is_one_of_its_command(root: Path, name: str) -> None:
    """And every command of the table is run by the tests here."""
    rows = table_rows((root / name).read_text("utf-8"), "nianjian ")
    told = {code.split()[1]: set(re.findall("--[a-z-]+", code + rest)) for code, rest in rows.items()}
    assert set(told) == set(STORY) | SERVING
    for command, options in told.items():
        group = cli.commands[command]
        ways = [group, *(group.commands.values() if isinstance(group, click.Group) else ())]
        known = {each for way in ways for param in way.params for each in param.opts}
        assert options <= known


def test_every_command_of_the_table_does_it(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the sample, one after the other; crawl and web archive on a local copy of its site."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NIANJIAN_DATA", "data")
    with local_site(root / "corpus" / "2002" / "pages" / "nianjian.cangpu.example") as site:
        (tmp_path / "site.toml").write_text(SITE.format(site=site), "utf-8")
        for line in STORY.values():
            args = shlex.split(line.format(corpus=root / "corpus", page=PAGE, site=site))
            done = run(args)
            assert (done.returncode, done.stderr) == (0, done.stderr), (line, done.stdout, done.stderr)
    entries = {name: (tmp_path / name / "entries.jsonl").read_text("utf-8") for name in ("data", "crawled")}
    assert {json.loads(line)["volume"] for line in entries["data"].splitlines()} == {"S2002", "S2003"}
    assert (tmp_path / "page.html").is_file()
    assert len(entries["crawled"].splitlines()) > 50
    with served([*COMMAND, "serve"], tmp_path, NIANJIAN_DATA="crawled") as address:
        assert json.load(urlopen(address + "healthz", timeout=5))["status"] == "ok"


@pytest.mark.parametrize("name", READMES)
def test_every_query_of_the_table_finds_something(root: Path, sample: DataFolder, name: str) -> None:
    """In the sample: the examples are not made up."""
    text = (root / name).read_text("utf-8")
    table = text[text.index("| `集体合同 餐饮`") :]
    asked = re.findall(r"^\| `([^`]+)`", table[: table.index("\n\n")], re.MULTILINE)
    assert len(asked) == 9
    found = {query: json.loads(run(["--data", str(sample.root), "search", query, "--json"]).stdout) for query in asked}
    assert [query for query, answer in found.items() if not answer["total"]] == []


def run(args: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run `nianjian` as a user does; what needs no process of its own is run in this one."""
    if {"crawl", "update"} & set(args):
        return subprocess.run([*COMMAND, *args], capture_output=True, text=True, encoding="utf-8", check=False)
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main(args, prog_name="nianjian", standalone_mode=False)
        except SystemExit as end:
            code = int(end.code or 0)
        except click.ClickException as error:
            code, _ = 2, err.write(error.format_message())
    return subprocess.CompletedProcess(args, code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def local_site(pages: Path) -> Iterator[str]:
    """Serve a folder as a live site and, below /web/, as a web archive with its list at /cdx; give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/cdx":
                rows = [["timestamp", "original", "statuscode", "mimetype"]]
                rows += [["20060501000000", f"{address}{each}", "200", "text/html"] for each in held]
                body = b"1" if "showNumPages" in self.path else json.dumps(rows).encode()
            else:
                body = held.get(path.rpartition(address)[2], b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    held = {f"/{file.relative_to(pages).as_posix()}": file.read_bytes() for file in pages.rglob("*.html")}
    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{site.server_address[1]}"
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield address
    finally:
        site.shutdown()
        site.server_close()


def test_pages_of_the_table_answer(root: Path, sample: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each as it is written, the same in both languages, and none is missing there; some need a public address."""
    monkeypatch.setenv("NIANJIAN_PUBLIC_URL", "https://nianjian.example.org")
    lists = [re.findall(r"`(/[^`]*)`", section((root / name).read_text("utf-8"), name)) for name in READMES]
    assert lists[0] == lists[1]
    app = create_app(sample.root)
    client = app.test_client()
    for address in lists[0]:
        assert (address, client.get(address, follow_redirects=True).status_code) == (address, 200)
    asked = {address.split("/")[1].partition("?")[0] for address in lists[0]}
    pages = {
        rule.rule.split("/")[1] for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] not in OTHERS
    }
    assert pages - asked == {"receipt.csv", "facet", "about"}


OTHERS = {"api", "health", "static"}


def section(text: str, name: str) -> str:
    """Give the part of README about reading."""
    heading = "## Reading\n" if name == "README.md" else "## 阅读\n"
    return text.partition(heading)[2].partition("\n## ")[0].strip().partition("\n\n")[0]
