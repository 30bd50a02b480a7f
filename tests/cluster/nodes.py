"""Runs a search cluster of several nodes on this machine, each a process that can be killed and started again."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

HERE = Path(__file__).parent
VERSIONS = ((21, "3.3.0.0"), (17, "2.19.1.0"))
"""Releases of the runner, each with the Java that it needs at least; the newest that runs here is taken."""
HEAP = "768m"
"""Memory of a node's objects; three nodes and the tests share a build machine."""
Place = tuple[str, tuple[str, ...]]
"""An address of this machine's, and the command that runs a program where that is its own."""
_HERE: tuple[Place, ...] = (("127.0.0.1", ()),) * 3
_STARTED_S = 120
"""Seconds that a node may take to answer on a machine with much else to do."""


class AbsentError(Exception):
    """What a cluster needs is not there; the message names it."""


def cache_folder() -> Path:
    """Give the folder in which a node's libraries are kept from run to run."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nianjian-cluster"
    cache.mkdir(parents=True, exist_ok=True)
    return cache


def libraries(cache: Path) -> Path:
    """Return the folder of a node's libraries, which are brought from Maven Central once.

    Raises `AbsentError` if there is no Java that can run one, no Maven, or no way to Maven Central.
    """
    for command, package in (("java", "default-jdk-headless"), ("javac", "default-jdk-headless"), ("mvn", "maven")):
        if shutil.which(command) is None:
            raise AbsentError(f"{command} is absent: apt-get install {package}")
    release = _release()
    folder = cache / f"opensearch-{release}"
    if not folder.exists():
        copied = cache / f"opensearch-{release}.{os.getpid()}"
        command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), f"-Drunner={release}"]
        done = subprocess.run(
            [*command, "dependency:copy-dependencies", f"-DoutputDirectory={copied}"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AbsentError(f"Maven Central gives no OpenSearch {release}: {done.stdout.strip()[-300:]}")
        try:
            copied.rename(folder)
        except OSError:  # another test run was faster
            shutil.rmtree(copied)
    return folder


def compiled(found: Path, folder: Path) -> str:
    """Compile the program of a node into a folder; give the class path by which it is run."""
    subprocess.run(["javac", "-cp", f"{found}/*", "-d", str(folder), str(HERE / "Node.java")], check=True)
    return f"{folder}:{found}/*"


def _release() -> str:
    told = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr
    found = re.search(r'version "(\d+)', told)
    version = int(found[1]) if found else 0
    for needed, release in VERSIONS:
        if version >= needed:
            return release
    raise AbsentError(f"Java {version} runs no OpenSearch: apt-get install default-jdk-headless (17 or later)")


@dataclass
class Node:
    """A node that runs, or has run."""

    name: str
    folder: Path
    port: int
    transport: int
    host: str = "127.0.0.1"
    within: tuple[str, ...] = ()
    """Command that runs it in a network of its own."""
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Where it answers over HTTP."""
        return f"http://{self.host}:{self.port}"

    def kill(self) -> None:
        """End it as a power cut does (SIGKILL)."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


@dataclass
class Cluster:
    """Nodes that know one another."""

    classes: str
    """Where Java finds what a node consists of."""
    nodes: tuple[Node, ...]
    name: str = field(default_factory=lambda: f"test-{os.getpid()}")

    def start(self, node: Node) -> None:
        """Start a node; its folder keeps what it held before."""
        node.folder.mkdir(parents=True, exist_ok=True)
        seeds = ",".join(f"{each.host}:{each.transport}" for each in self.nodes)
        managers = ",".join(each.name for each in self.nodes)
        own = [str(node.folder), node.name, self.name, node.host, str(node.port), str(node.transport), seeds, managers]
        command = [*node.within, "java", f"-Xms{HEAP}", f"-Xmx{HEAP}", "-cp", self.classes, "Node", *own]
        with (node.folder / "log").open("ab") as log:
            node.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)

    def ready(self, count: int, status: str = "green") -> None:
        """Wait until so many nodes form the cluster and all its shards have what `status` says.

        `green` is every copy, `yellow` at least one.
        """
        until = time.monotonic() + _STARTED_S
        told: object = "no node answers"
        while time.monotonic() < until:
            for node in self.nodes:
                if node.process is None:
                    continue
                try:
                    told = ask(node, f"/_cluster/health?wait_for_nodes={count}&wait_for_status={status}&timeout=2s")
                except (OSError, URLError) as error:
                    told = error
                    continue
                if isinstance(told, dict) and told["number_of_nodes"] == count and not told["timed_out"]:
                    return
            time.sleep(0.5)
        raise TimeoutError(f"no cluster of {count} nodes: {told}")

    def stop(self) -> None:
        """End all nodes; they are not meant to be used again."""
        for node in self.nodes:
            node.kill()


def ask(node: Node, path: str, method: str = "GET", body: object = None) -> Any:
    """Return a node's answer to a request, read as JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(node.address + path, data, {"Content-Type": "application/json"}, method=method)
    with urlopen(request, timeout=30) as answer:
        return json.load(answer)


@contextmanager
def running(folder: Path, found: Path, places: Sequence[Place] = _HERE) -> Iterator[Cluster]:
    """Run a cluster of a node at each place while the block runs; `found` is what `libraries` returned."""
    ports = _free_ports(2 * len(places))
    nodes = tuple(
        Node(f"node{at + 1}", folder / f"node{at + 1}", ports[2 * at], ports[2 * at + 1], host, within)
        for at, (host, within) in enumerate(places)
    )
    cluster = Cluster(compiled(found, folder), nodes)
    try:
        for node in nodes:
            cluster.start(node)
        cluster.ready(len(nodes))
        yield cluster
    finally:
        cluster.stop()


def _free_ports(count: int) -> list[int]:
    held = [socket.socket() for _ in range(count)]
    try:
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]
    finally:
        for each in held:
            each.close()
