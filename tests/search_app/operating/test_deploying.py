"""What is given for deploying the archive is what its tools take: image, compose file, systemd's unit, nginx's site.

No container engine runs here: the image's rules are read from its file, and its steps are those of the wheel, which
`.ci/run` takes in an empty environment.
"""

import os
import pwd
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from configparser import ConfigParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from processes import Server, soon
from ruamel.yaml import YAML

from indexer.search.factory import ENGINE, ENGINES
from indexer.search.opensearch.settings import NAMES, read_settings

READMES = ("README.md", "README.zh-CN.md")
COPIED = ("pyproject.toml", "setup.cfg", "README.md", "LICENSE", "corpus", "indexer", "search_app")
"""What a wheel is made of."""


def blocks(root: Path, language: str) -> list[str]:
    """Give the code of a language in README, one for each README."""
    texts = [(root / name).read_text("utf-8") for name in READMES]
    return [found for text in texts for found in re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)]


def instructions(text: str) -> list[tuple[str, str]]:
    """Read a Dockerfile's instructions, with continued lines joined and comments left out."""
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    lines = [" ".join(line.split()) for line in kept.replace("\\\n", " ").splitlines() if line.strip()]
    return [(line.split()[0].upper(), line.partition(" ")[2]) for line in lines]


def faults(text: str, root: Path) -> set[str]:
    """Name what is wrong with a Dockerfile, by hadolint's and our own rules."""
    steps = instructions(text)
    stages = [index for index, (name, _) in enumerate(steps) if name == "FROM"]
    last = steps[stages[-1] :]
    images = [words.split()[0] for name, words in steps if name == "FROM"]
    users = [words for name, words in last if name == "USER"]
    sources = [each for name, words in steps if name == "COPY" and "--from" not in words for each in words.split()[:-1]]
    runs = " ".join(words for name, words in last if name == "RUN")
    return {
        *("image without a tag" for each in images if not re.search(r":(?!latest\b)[\w.-]+$", each)),
        *("ADD" for name, _ in steps if name == "ADD"),
        *("runs as root" for _ in (0,) if not users or not re.fullmatch(r"[1-9]\d*(:[1-9]\d*)?", users[-1])),
        *("no health check" for _ in (0,) if "/healthz" not in dict(last).get("HEALTHCHECK", "")),
        *("copies what is not there" for each in sources if not (root / each).exists()),
        *("copies everything" for each in sources if each.rstrip("/") in {"", "."}),
        *("one stage" for _ in (0,) if len(stages) < 2),
        *("installs in the last stage" for _ in (0,) if re.search(r"\b(apt|apt-get|pip)\b.* install\b", runs)),
        *("shell form" for name, words in last if name in {"CMD", "ENTRYPOINT"} and not words.startswith("[")),
        *("no labels" for _ in (0,) if "org.opencontainers.image.licenses" not in dict(last).get("LABEL", "")),
    }


def test_image_is_made_as_images_should_be(root: Path) -> None:
    """Of what a wheel is made of, for a user without rights, with the installed command; on the Python that is tested."""
    text = (root / "Dockerfile").read_text("utf-8")
    assert faults(text, root) == set()
    steps = instructions(text)
    copied = [words.split()[:-1] for name, words in steps if name == "COPY" and "--from" not in words]
    assert tuple(each for words in copied for each in words) == COPIED
    config = ConfigParser()
    config.read(root / "setup.cfg")
    commands = [line.split("=")[0].strip() for line in config["options.entry_points"]["console_scripts"].split("\n")]
    assert dict(steps)["ENTRYPOINT"].strip('[]"') in commands
    assert {words.split()[0] for name, words in steps if name == "FROM"} == {"python:3.11-slim-bookworm"}
    assert "3.11" in config["options"]["python_requires"]
    assert config["metadata"]["license"] in dict(steps)["LABEL"]


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("python:3.11-slim-bookworm\nLABEL", "python:latest\nLABEL", "image without a tag"),
        ("USER 10001:10001", "USER root", "runs as root"),
        ("USER 10001:10001", "", "runs as root"),
        ("/healthz", "/", "no health check"),
        ("COPY corpus corpus", "COPY corpse corpus", "copies what is not there"),
        ("COPY corpus corpus", "COPY . .", "copies everything"),
        ("COPY corpus corpus", "ADD https://a.example/corpus.zip corpus", "ADD"),
        ("RUN useradd", "RUN apt-get -y install gcc && useradd", "installs in the last stage"),
        ('CMD ["serve", "--host", "0.0.0.0"]', "CMD serve", "shell form"),
    ],
)
def test_fault_in_an_image_is_found(root: Path, good: str, bad: str, fault: str) -> None:
    """The rules can fail."""
    text = (root / "Dockerfile").read_text("utf-8")
    assert good in text
    assert faults(text.replace(good, bad), root) == {fault}


def test_compose_file_follows_its_schema(root: Path, tmp_path: Path) -> None:
    """The specification's own; and the service can write to its volume and /tmp alone."""

    def refused(file: Path) -> str:
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(file)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    text = (root / "compose.yaml").read_text("utf-8")
    assert refused(root / "compose.yaml") == "ok -- validation done\n"
    (tmp_path / "compose.yaml").write_text(text.replace("cap_drop", "cap_dorp"), "utf-8")
    assert "cap_dorp" in refused(tmp_path / "compose.yaml")
    said = YAML(typ="safe").load(text)
    app = said["services"]["app"]
    assert (app["read_only"], app["cap_drop"], app["tmpfs"]) == (True, ["ALL"], ["/tmp"])
    assert app["security_opt"] == ["no-new-privileges:true"]
    assert all(each.startswith("127.0.0.1:") for each in app["ports"])
    assert app["volumes"] == ["data:/data"]
    assert {name for name, value in app["environment"].items() if value != f"${{{name}:-}}"} == set()


def test_profile_of_a_cluster_has_three_nodes_that_find_one_another(root: Path) -> None:
    """Reached by the app alone, each with a volume of its own; without the profile there is the app and nothing else."""
    said = YAML(typ="safe").load((root / "compose.yaml").read_text("utf-8"))
    services = said["services"]
    nodes = {name: each for name, each in services.items() if each["image"].startswith("opensearchproject/opensearch:")}
    assert {name for name, each in services.items() if "profiles" not in each} == {"app"}
    assert {name for name, each in services.items() if each.get("profiles") == ["cluster"]} == {
        "app-on-cluster",
        *nodes,
    }
    assert len(nodes) == 3
    for name, node in nodes.items():
        settings = node["environment"]
        assert settings["node.name"] == name
        assert settings["discovery.seed_hosts"].split(",") == list(nodes)
        assert settings["cluster.initial_cluster_manager_nodes"].split(",") == list(nodes)
        assert int(settings["indices.query.bool.max_clause_count"]) >= 16_384
        assert (settings["bootstrap.memory_lock"], node["ulimits"]["memlock"]["soft"]) == ("true", -1)
        heap = dict.fromkeys(re.findall(r"-Xm[sx](\d+)g", settings["OPENSEARCH_JAVA_OPTS"]))
        assert [2 * int(each) for each in heap] == [int(node["mem_limit"].removesuffix("g"))]
        assert (node["networks"], "ports" in node, "curl" in node["healthcheck"]["test"]) == (["nodes"], False, True)
        assert (node["user"].split(":")[0] != "0", node["cap_drop"]) == (True, ["ALL"])
        assert node["volumes"] == [f"{name}:/usr/share/opensearch/data"]
        assert re.fullmatch(r"[\w/]+:\d+\.\d+\.\d+", node["image"])
    assert said["networks"] == {"nodes": {"internal": True}}
    assert set(said["volumes"]) == {"data", *nodes}


def test_profile_of_a_cluster_sets_what_the_program_reads(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra in its image, the addresses of the nodes, and all else as the app alone has it."""
    services = YAML(typ="safe").load((root / "compose.yaml").read_text("utf-8"))["services"]
    app, alone = services["app-on-cluster"], services["app"]
    own = {name: value for name, value in app["environment"].items() if name not in alone["environment"]}
    assert set(own) <= {ENGINE, *NAMES}
    assert own[ENGINE] in ENGINES
    given = {name: "" if value == f"${{{name}:-}}" else value for name, value in own.items()}
    nodes = [name for name in services if name.startswith("node")]
    assert read_settings(given).urls == tuple(f"http://{name}:9200" for name in nodes)
    assert set(app["depends_on"]) == set(nodes)
    same = {name: value for name, value in alone.items() if name not in ("build", "image", "environment")}
    assert {name: app[name] for name in same} == same
    extra = app["build"]["args"]["EXTRA"]
    config = ConfigParser()
    config.read(root / "setup.cfg")
    assert "opensearch-py" in config["options.extras_require"][extra]
    steps = instructions((root / "Dockerfile").read_text("utf-8"))
    (made,) = (words for name, words in steps if name == "RUN" and "pip wheel" in words)
    last = made.rpartition("--compile ")[2].replace("/wheels/*.whl", "a.whl")
    for value, told in ((extra, f"a.whl[{extra}]"), ("", "a.whl")):
        monkeypatch.setenv("EXTRA", value)
        assert subprocess.check_output(["sh", "-c", f"echo {last}"], text=True) == f"{told}\n"


def test_unit_is_one_that_systemd_takes(root: Path, tmp_path: Path) -> None:
    """The same in both languages; it ends as the server wants, and shuts in what it runs."""
    (unit, other) = (each for each in blocks(root, "ini") if each.startswith("[Unit]"))
    assert other == unit
    assert "\nKillMode=mixed\n" in unit
    patience = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.M)
    assert int(patience[0]) > 8
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is absent: apt-get install systemd")
    file = tmp_path / "archive.service"
    file.write_text(unit.replace("/opt/nianjian/bin/nianjian", sys.executable), "utf-8")
    assert analyze("verify", file) == (0, "")
    code, said = analyze("security", "--offline=true", "--threshold=25", file)
    assert code == 0, said
    file.write_text(file.read_text("utf-8").replace("KillMode=mixed", "KillMode=mixt"), "utf-8")
    assert "kill mode" in analyze("verify", file)[1]


def analyze(*args: object) -> tuple[int, str]:
    """Run systemd-analyze; give its exit code, and what it says of the unit."""
    ran = subprocess.run(["systemd-analyze", *map(str, args)], capture_output=True, text=True, check=False)
    return ran.returncode, "\n".join(line for line in ran.stderr.splitlines() if "archive.service" in line)


@pytest.fixture
def site(root: Path, tmp_path: Path) -> Callable[[int], tuple[Path, int]]:
    """Give a function that writes nginx's configuration for a server's port: its file, and nginx's own port."""
    for command in ("nginx", "openssl"):
        if not shutil.which(command):
            pytest.skip(f"{command} is absent: apt-get install nginx-light openssl")
    (text, other) = blocks(root, "nginx")
    assert other == text
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=a -keyout key -out pem"
    subprocess.run(shlex.split(made), cwd=tmp_path, check=True, capture_output=True)

    def write(port: int) -> tuple[Path, int]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            own = int(free.getsockname()[1])
        changed = text
        for before, after in (
            ("/etc/ssl/nianjian.pem", str(tmp_path / "pem")),
            ("/etc/ssl/nianjian.key", str(tmp_path / "key")),
            ("/var/cache/nginx/archive", str(tmp_path / "cache")),
            ("127.0.0.1:8000", f"127.0.0.1:{port}"),
            (
                "listen 443 ssl;",
                f"listen 127.0.0.1:{own + 1 if own < 65535 else 1024} ssl;\n    listen 127.0.0.1:{own};",
            ),
        ):
            assert before in changed
            changed = changed.replace(before, after)
        kept = "".join(
            f"{name}_temp_path {tmp_path / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        file = tmp_path / "nginx.conf"
        # Started by root, its workers are another's, who may not look into the test's folder.
        user = f"user {pwd.getpwuid(os.geteuid()).pw_name};\n" if os.geteuid() == 0 else ""
        head = f"{user}daemon off;\npid {tmp_path / 'pid'};\nerror_log {tmp_path / 'error.log'};\nevents {{}}\n"
        file.write_text(f"{head}http {{\naccess_log off;\n{kept}{changed}}}\n", "utf-8")
        return file, own

    return write


def nginx(file: Path, *args: str) -> Sequence[str]:
    """Give the command that runs nginx with a configuration of the test's own, so that it also runs as no root."""
    return ["nginx", "-e", str(file.with_name("error.log")), "-c", str(file), *args]


@pytest.fixture
def proxied(site: Callable[[int], tuple[Path, int]], start: Callable[..., Server]) -> Iterator[tuple[Server, str]]:
    """The sample behind nginx: its server, and nginx's address."""
    server = start(NIANJIAN_METRICS="1")
    file, port = site(server.port)
    running = subprocess.Popen(nginx(file))
    address = f"http://127.0.0.1:{port}"
    try:
        assert soon(lambda: answer_to(f"{address}/about") == 200, 10)
        yield server, address
    finally:
        running.terminate()
        running.wait(20)


def answer_to(address: str, data: bytes | None = None) -> int:
    """Give the status of an answer; 0 where there is none."""
    try:
        with urlopen(Request(address, data), timeout=10) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except OSError:
        return 0


def test_site_is_one_that_nginx_takes(site: Callable[[int], tuple[Path, int]]) -> None:
    """A slip in it would be told."""
    file, _ = site(8000)
    tried = subprocess.run(nginx(file, "-t"), capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    file.write_text(file.read_text("utf-8").replace("proxy_read_timeout", "proxy_raed_timeout"), "utf-8")
    assert "proxy_raed_timeout" in subprocess.run(nginx(file, "-t"), capture_output=True, text=True, check=False).stderr


@pytest.mark.slow
def test_readers_behind_nginx_get_pages_and_downloads_and_no_counts(proxied: tuple[Server, str]) -> None:
    """Static files are asked of the server once; who asks too much is told so, and not by the server."""
    server, address = proxied
    chosen = "&".join(f"id=S2001-611002-{number}" for number in range(500)).encode()
    assert len(chosen) > 8000
    assert answer_to(f"{address}/export", chosen) in {200, 410}
    assert answer_to(f"{address}/export", b"q=" + b"x" * 70_000) == 413
    assert answer_to(f"{address}/api/v1/export?q=%E5%B7%A5%E4%BC%9A&format=jsonl") == 200
    for path in ("metrics", "readyz", "healthz"):
        assert (answer_to(f"{address}/{path}"), answer_to(f"http://127.0.0.1:{server.port}/{path}")) == (404, 200)
    for _ in range(60):
        assert answer_to(f"{address}/static/style.css") == 200
    statuses = [answer_to(f"{address}/about") for _ in range(70)]
    assert set(statuses) == {200, 429}
    with urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=10) as answer:
        counts = answer.read().decode()
    asked = re.findall(r'^nianjian_requests_total\{method="GET",route="([^"]*)",status="(\dxx)"\} (.*)$', counts, re.M)
    told = {(route, status): float(value) for route, status, value in asked}
    assert told["/static/<path:filename>", "2xx"] == 1
    assert told["/about", "2xx"] == statuses.count(200) + 1
