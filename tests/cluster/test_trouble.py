"""The archive answers rightly, or says that it cannot now, whatever becomes of the cluster that holds it."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from asked import Tally, ask, ask_all
from holding import Held, answers, holding
from networks import Networks, networks
from nodes import AbsentError, Cluster, Node, running
from nodes import ask as ask_node
from processes import COMMAND, soon

from indexer.files.entrystore import write_entries
from indexer.model import Entry

pytestmark = pytest.mark.cluster
CLIENTS = 8
OLD, NEW = slice(0, 250), slice(20, 280)
"""Entries of a generation and of the next."""


@pytest.fixture(scope="module")
def held(cluster: Cluster, expected: tuple[Entry, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """An archive in the cluster."""
    cluster.ready(3)
    with holding(cluster, expected[OLD], tmp_path_factory.mktemp("held")) as found:
        yield found


def asked(held: Held, rng: Random, count: int, meanwhile: Callable[[Callable[[float], None]], object]) -> Tally:
    """Ask so many questions while something happens; print what became of them."""
    tally = ask_all(held.server.port, held.known, rng.choices(list(held.known), k=count), CLIENTS, meanwhile)
    print(tally, *tally.refused[:3], *tally.odd[:3], sep="\n")
    assert (tally.wrong, tally.odd) == ([], [])
    return tally


def manager(cluster: Cluster) -> Node:
    """Give the node that leads the others."""
    for node in cluster.nodes:
        (found,) = ask_node(node, "/_cat/cluster_manager?format=json")
        return next(each for each in cluster.nodes if each.name == found["node"])
    raise AssertionError


def test_searches_go_on_while_the_leading_node_is_killed(held: Held, cluster: Cluster, rng: Random, often: int) -> None:
    """No answer is wrong, nearly all are there, and the node comes back."""
    node = manager(cluster)

    def meanwhile(wait: Callable[[float], None]) -> None:
        wait(0.4)
        node.kill()

    tally = asked(held, rng, often, meanwhile)
    assert tally.errors <= often / 100
    cluster.ready(2, "yellow")
    assert held.wrong() == []
    cluster.start(node)
    cluster.ready(3)
    assert held.wrong() == []


def test_no_node_is_said_so_and_searches_go_on_when_they_are_back(held: Held, cluster: Cluster) -> None:
    """Refused with the time to come again, not ready, but healthy; nothing has to be started again."""
    for node in cluster.nodes:
        node.kill()
    try:
        time.sleep(1)
        for path in list(held.known)[:5]:
            answer = ask(held.server.port, path)
            assert (answer.status, answer.retry_after.isdecimal()) == (503, True), answer
        page = ask(held.server.port, "/?q=1")
        assert (page.status, page.retry_after.isdecimal()) == (503, True)
        assert (held.ready(), ask(held.server.port, "/healthz").status) == (503, 200)
    finally:
        for node in cluster.nodes:
            cluster.start(node)
    cluster.ready(3)
    assert soon(lambda: held.ready() == 200, 20)
    assert held.wrong() == []


def build(held: Held) -> "subprocess.Popen[str]":
    """Begin to build a generation."""
    return subprocess.Popen(
        [*COMMAND, "--data", str(held.data.root), "index"],
        env=os.environ | held.settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def publish(held: Held) -> float:
    """Build a generation to its end; give the seconds."""
    begun = time.monotonic()
    process = build(held)
    told, _ = process.communicate()
    assert process.returncode == 0, told
    return time.monotonic() - begun


def test_a_builder_may_be_killed_at_any_moment(
    held: Held, expected: Sequence[Entry], rng: Random, often: int, tmp_path: Path
) -> None:
    """The old generation answers all the time, the next build publishes, and nothing is left of what was begun."""
    took = publish(held)
    assert held.wrong() == []
    write_entries(held.data.entries, expected[NEW])
    published = held.generation()
    for _ in range(max(3, often // 30)):
        process = build(held)
        time.sleep(rng.uniform(0.3, 0.95) * took)
        process.kill()
        process.communicate()
        time.sleep(1)  # a server looks again which generation is published
        if held.generation() != published:
            break  # it was killed after that, and before it had said so
        assert held.wrong() == []
    publish(held)
    held.known = answers(expected[NEW], tmp_path / "new")
    assert held.wrong_still() == []
    assert len(held.generations()) == 2


def test_a_node_may_be_killed_while_a_generation_is_built(
    held: Held, cluster: Cluster, expected: Sequence[Entry], tmp_path: Path
) -> None:
    """The build goes on or ends in a line; the old generation answers, and the next build publishes."""
    after = answers(expected[OLD], tmp_path / "again")
    write_entries(held.data.entries, expected[OLD])
    node, before = manager(cluster), held.generations()
    process = build(held)
    try:
        assert soon(lambda: bool(held.generations() - before), 60), "nothing was begun"
    finally:
        node.kill()
        told, _ = process.communicate(timeout=300)
    print(process.returncode, told)
    if process.returncode:
        assert (process.returncode, len(told.strip().splitlines()[-1:])) == (2, 1)
        assert "Traceback" not in told
        assert held.wrong() == []
    cluster.start(node)
    cluster.ready(3)
    publish(held)
    held.known = after
    assert held.wrong_still() == []
    left = held.generations()
    assert (len(left), held.generation() in left) == (2, True)


@pytest.fixture(scope="module")
def parted(node_libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Networks, Cluster]]:
    """A cluster each node of which has a network of its own."""
    try:
        with networks() as found, running(tmp_path_factory.mktemp("parted"), node_libraries, found.places) as cluster:
            yield found, cluster
    except AbsentError as error:
        pytest.skip(str(error))


def test_searches_go_on_while_a_node_is_cut_off(
    parted: tuple[Networks, Cluster], expected: Sequence[Entry], rng: Random, often: int, tmp_path: Path
) -> None:
    """Nothing tells that it is away: it does not answer.  When it is back, all copies are."""
    links, cluster = parted
    at = cluster.nodes.index(manager(cluster))
    with holding(cluster, expected[OLD], tmp_path) as held:
        cluster.ready(3)

        def meanwhile(wait: Callable[[float], None]) -> None:
            wait(0.4)
            links.cut(at)

        try:
            tally = asked(held, rng, often, meanwhile)
        finally:
            links.heal(at)
        assert tally.errors <= max(often, 1000) / 100
        cluster.ready(3)
        assert held.wrong_still() == []
