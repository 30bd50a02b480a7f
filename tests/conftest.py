"""What several test folders share: the run's seed; the engine; the sample archive, parsed and indexed once a process."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random, SystemRandom

import pytest
from hypothesis import settings
from kept import archives, remove_archives
from nodes import AbsentError, Cluster, cache_folder, libraries, running

from indexer.config import DataFolder
from indexer.manifest import Manifest, load_manifest
from indexer.model import Entry, Page
from indexer.search.factory import ENGINE, ENGINES
from indexer.stages.importing import import_paths
from indexer.stages.pipeline import index_entries, parse_store
from search_app.words.language import SIMPLIFIED, speak

# Other random examples each run, on a build machine too; one that fails is printed with what runs it again.
settings.register_profile("project", settings.get_profile("default"), print_blob=True, deadline=None)
settings.load_profile("project")

ROOT = Path(__file__).parent.parent
URL = "NIANJIAN_OPENSEARCH_URL"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Draw the run's seed, unless NIANJIAN_SEED sets it; worker processes and Hypothesis take the same."""
    seed = os.environ.setdefault("NIANJIAN_SEED", str(SystemRandom().getrandbits(32)))
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = seed
    # Commands speak English to these tests, whatever language who runs them speaks; see `chinese`.
    os.environ.pop("NIANJIAN_LANG", None)
    os.environ["LC_ALL"] = "C.UTF-8"


def pytest_xdist_auto_num_workers() -> int:
    """Run one process more than there are cores: many tests wait, for servers to end or for a second to pass."""
    return 1 + (os.cpu_count() or 1)


def pytest_report_header() -> str:
    """Say the run's seed."""
    return f"NIANJIAN_SEED={os.environ['NIANJIAN_SEED']}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Say below a random test that failed how to run it again with the same draws."""
    report = yield
    draws = "seed" in getattr(item, "fixturenames", ()) or getattr(
        getattr(item, "obj", None), "is_hypothesis_test", False
    )
    if report.failed and draws:
        chosen = "".join(f" -m {name}" for name in ("slow", "browser", "cluster") if item.get_closest_marker(name))
        seed = os.environ["NIANJIAN_SEED"]
        report.sections.append(("run it again", f"NIANJIAN_SEED={seed} pytest -n 0{chosen} '{item.nodeid}'"))
    return report


@pytest.fixture(autouse=True)
def _language() -> None:
    """Let each test begin in the language of the pages, whichever the one before it ended in."""
    speak(SIMPLIFIED)


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have commands speak simplified Chinese, as pages do."""
    monkeypatch.setenv("NIANJIAN_LANG", SIMPLIFIED)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask the tests that use `every_engine` of the embedded engine and, in the suite `cluster`, of the other, too."""
    if "every_engine" in metafunc.fixturenames and "engine" not in metafunc.fixturenames:
        engines = [pytest.param(None, id=ENGINES[0]), pytest.param(ENGINES[1], marks=pytest.mark.cluster)]
        metafunc.parametrize("kept_in", engines, indirect=True, scope="session")


@pytest.fixture(scope="session", autouse=True)
def kept_in(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The engine that indexes and answers: the environment's, unless a test is one of several engines in turn.

    Without a parameter it is the same fixture as with None: what rests on it is made once for all tests.
    """
    if getattr(request, "param", None) is None:
        chosen = os.environ.get(ENGINE) or ENGINES[0]
        yield chosen
        if chosen == ENGINES[1]:
            remove_archives(archives(tmp_path_factory.getbasetemp()), os.environ[URL])
        return
    settings: dict[str, str] = request.getfixturevalue("cluster_settings")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        yield request.param
    remove_archives(archives(tmp_path_factory.getbasetemp()), settings[URL])


@pytest.fixture(scope="session")
def every_engine(kept_in: str) -> str:
    """Has a test that uses it asked of every engine."""
    return kept_in


@pytest.fixture(autouse=True)
def _leaves_no_index(kept_in: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Remove from the cluster what a test has made there: a node holds a thousand shards."""
    if kept_in == ENGINES[0]:
        yield
        return
    before = archives(tmp_path_factory.getbasetemp())
    yield
    remove_archives(archives(tmp_path_factory.getbasetemp()) - before, os.environ[URL])


@pytest.fixture(scope="session")
def times(kept_in: str) -> Callable[[int], int]:
    """Give a function that says how often a test draws that draws so often by hand: of a cluster a tenth as often.

    NIANJIAN_CLUSTER_TIMES=10 makes that all of it.
    """
    if kept_in == ENGINES[0]:
        return lambda count: count
    share = float(os.environ.get("NIANJIAN_CLUSTER_TIMES") or 1) / 10
    return lambda count: max(1, round(count * share))


@pytest.fixture(scope="session")
def node_libraries() -> Path:
    """What a node of a cluster consists of; kept from run to run."""
    try:
        return libraries(cache_folder())
    except AbsentError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def cluster(node_libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three nodes; whoever kills one starts it again."""
    with running(tmp_path_factory.mktemp("cluster"), node_libraries) as found:
        yield found


@pytest.fixture(scope="session")
def cluster_settings(request: pytest.FixtureRequest) -> dict[str, str]:
    """Environment variables by which the program's index is kept in a cluster: NIANJIAN_OPENSEARCH_URL's, else our own.

    Three shards, as a large archive has: what is found in each must be put together.
    """
    urls = os.environ.get(URL)
    if not urls:
        urls = " ".join(node.address for node in request.getfixturevalue("cluster").nodes)
    layout = {"NIANJIAN_OPENSEARCH_SHARDS": "3", "NIANJIAN_OPENSEARCH_REPLICAS": "0"}
    return {ENGINE: ENGINES[1], URL: urls} | layout


@pytest.fixture(scope="session")
def seed() -> str:
    """The run's seed."""
    return os.environ["NIANJIAN_SEED"]


@pytest.fixture
def rng(seed: str, request: pytest.FixtureRequest) -> Random:
    """Random numbers of this test's own, from the run's seed."""
    return Random(f"{seed} {request.node.name}")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def manifest() -> Manifest:
    """The bundled manifest."""
    return load_manifest()


@pytest.fixture(scope="session")
def expected() -> tuple[Entry, ...]:
    """The right answer for the sample archive."""
    files = sorted((ROOT / "corpus").glob("*/expected.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").split("\n") if line]
    return tuple(Entry.from_record(json.loads(line)) for line in lines)


@pytest.fixture(scope="session")
def sample(kept_in: str, tmp_path_factory: pytest.TempPathFactory, manifest: Manifest) -> DataFolder:
    """The sample archive, imported, parsed and indexed; not to be changed."""
    data = DataFolder(tmp_path_factory.mktemp("sample"))
    import_paths(data, [ROOT / "corpus"], manifest, None)
    parse_store(data, manifest)
    index_entries(data)
    return data


@pytest.fixture
def make_page() -> Callable[..., Page]:
    """Make a page of the site around a content, as bytes."""

    def make(
        content: str,
        heading: str = "页题",
        trail: str = "2002年鉴信息与信访",
        url: str = "http://gov.eastday.com/renda/node5902/node6688/node6690/node6748/userobject1ai12.html",
        rule: str = "-" * 77,
        close: str = "[关闭窗口]",
        encoding: str = "gb18030",
    ) -> Page:
        html = (
            f"<html><body><table><tr><td>2004年年鉴</td></tr><tr><td>当前位置：首页 &gt;&gt;{trail}</td></tr>"
            f"<tr><td>{heading}</td></tr><tr><td>{rule}</td></tr><tr><td>{content}</td></tr>"
            f"<tr><td><a href='javascript:x()'>{close}</a></td></tr></table>上海市总工会 2006年版权所有</body></html>"
        )
        return Page(url, datetime(2006, 5, 1, tzinfo=UTC), 200, "text/html", html.encode(encoding))

    return make


@pytest.fixture
def make_entry() -> Callable[..., Entry]:
    """Make an entry, everything but the id optional."""

    def make(entry_id: str = "2002-1-1", **fields: object) -> Entry:
        record: dict[str, object] = {
            "id": entry_id,
            "yearbook": "",
            "volume": "2002",
            "year": 2002,
            "section": "信息与信访",
            "heading": "页题",
            "title": "标题",
            "authors": [],
            "signature": "",
            "body": "正文。",
            "captions": [],
            "url": "http://example.org/1.html",
            "position": 1,
            "order": 0,
        }
        return Entry.from_record(record | fields)

    return make
