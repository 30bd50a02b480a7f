"""A damaged index is said aloud: by the commands, the log and `/healthz`, while the one before it answers."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from forked import nianjian

from indexer.config import DataFolder
from indexer.errors import IndexFailure, StaleIndex
from indexer.files.entrystore import read_entries, write_entries
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.search.factory import published_generation
from indexer.stages.pipeline import index_entries
from indexer.stages.updating import needs_indexing
from indexer.stages.verifying import verify
from search_app import create_app
from search_app.following import published
from search_app.following.refusal import Refusal

Publish = Callable[[Iterable[Entry]], None]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `nianjian` on the test's folder."""

    def call(*args: object) -> "subprocess.CompletedProcess[str]":
        return nianjian("--data", tmp_path, *args)

    return call


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the app's watch on damaged files sees; they go on when the test says so."""
    seconds = [0.0]
    monkeypatch.setattr(published, "Refusal", lambda stamp: Refusal(stamp, lambda: seconds[0]))
    return seconds


def current(data: Path) -> Path:
    """Give the folder of the published generation."""
    return data / "index" / published_generation(data)


def health(client: FlaskClient) -> tuple[int, object, object]:
    """Ask how the app is: status code, word, number of entries."""
    answer = client.get("/healthz")
    assert answer.json is not None
    return answer.status_code, answer.json["status"], answer.json.get("entries")


def test_commands_answer_from_the_generation_before_and_say_so(
    tmp_path: Path, expected: tuple[Entry, ...], publish: Publish, run: Run
) -> None:
    """One line on standard error, exit code 1: done, and what may be missing is named."""
    publish(expected[:1])
    publish(expected[:2])
    right = run("search", "工会", "--json")
    assert (right.returncode, right.stderr) == (0, "")
    (current(tmp_path) / "text.npy").write_bytes(b"x")
    found = run("search", "工会", "--json")
    (line,) = found.stderr.splitlines()
    assert (found.returncode, json.loads(found.stdout)["total"]) == (1, 1)
    assert ("another index answers" in line, "text.npy" in line, "nianjian index" in line) == (True, True, True)
    shown = run("show", expected[0].id)
    assert (shown.returncode, expected[0].title in shown.stdout, len(shown.stderr.splitlines())) == (1, True, 1)
    status = run("status")
    assert "degraded  that is not the published one: index file" in status.stdout
    assert len(json.loads(run("status", "--json").stdout)["index_refused"]) == 1


def test_server_that_starts_on_a_damaged_index_answers_and_says_degraded(
    tmp_path: Path, expected: tuple[Entry, ...], publish: Publish, caplog: pytest.LogCaptureFixture
) -> None:
    """Until the next build; readers get pages all the while."""
    publish(expected[:1])
    publish(expected[:2])
    (current(tmp_path) / "text.npy").write_bytes(b"x")
    client = create_app(tmp_path).test_client()
    assert client.get("/?q=工会").status_code == 200
    assert health(client) == (200, "degraded", 1)
    assert client.get("/healthz").json["remedy"] == "nianjian index"  # type: ignore[index]
    assert str(tmp_path) not in client.get("/healthz").text, "folders of the server are for its log"
    assert "text.npy is damaged" in caplog.text
    publish(expected[:3])
    assert health(client) == (200, "ok", 3)


def test_health_without_anything_to_answer_from_is_down(
    tmp_path: Path, expected: tuple[Entry, ...], publish: Publish
) -> None:
    """No index; a damaged one; decisions that cannot be read."""
    client = create_app(tmp_path).test_client()
    assert (health(client)[:2], client.get("/healthz").json) == (
        (503, "down"),
        {"status": "down", "remedy": "nianjian build"},
    )
    publish(expected[:1])
    assert health(client) == (200, "ok", 1)
    DataFolder(tmp_path).forgotten.write_text("{\n")
    assert client.get("/healthz").json == {"status": "down", "remedy": ""}
    DataFolder(tmp_path).forgotten.unlink()
    (current(tmp_path) / "text.npy").write_bytes(b"x")
    fresh = create_app(tmp_path).test_client()
    assert (health(fresh)[:2], fresh.get("/healthz").json["remedy"]) == ((503, "down"), "nianjian index")  # type: ignore[index]
    assert "请管理者运行 nianjian index" in fresh.get("/").text


def test_running_server_says_degraded_when_the_next_index_is_damaged_or_unnamed(
    tmp_path: Path, expected: tuple[Entry, ...], publish: Publish
) -> None:
    """It goes on with the newest that it could open."""
    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    assert health(client) == (200, "ok", 1)
    publish(expected[:2])
    assert health(client) == (200, "ok", 2)
    publish(expected[:3])
    (current(tmp_path) / "text.npy").write_bytes(b"x")
    assert health(client) == (200, "degraded", 2)
    (tmp_path / "index" / "CURRENT").write_text("?")
    assert health(client) == (200, "degraded", 2)
    shutil.rmtree(tmp_path / "index")
    assert health(client) == (200, "degraded", 2)


def test_generation_whose_name_comes_before_its_files_is_taken_up_when_they_are_there(
    tmp_path: Path, expected: tuple[Entry, ...], publish: Publish, clock: list[float]
) -> None:
    """As rsync copies: `CURRENT` first.  Files are looked at once a second, and compared when they have come to rest."""
    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    assert health(client) == (200, "ok", 1)
    publish(expected[:2])
    folder = current(tmp_path)
    aside = folder.rename(tmp_path / "aside")
    assert health(client) == (200, "degraded", 1)
    folder.mkdir()
    for number, file in enumerate(sorted(aside.iterdir())):
        shutil.copyfile(file, folder / file.name)
        clock[0] += 1.1
        assert health(client) == (200, "degraded", 1), number
    clock[0] += 0.5
    assert health(client) == (200, "degraded", 1)
    clock[0] += 0.6
    assert health(client) == (200, "ok", 2)


def test_files_that_look_as_before_are_not_compared_again(
    tmp_path: Path, expected: tuple[Entry, ...], publish: Publish, clock: list[float]
) -> None:
    """Comparing takes as long as reading them.  So one that is mended behind its size and time stays refused."""
    publish(expected[:1])
    file = current(tmp_path) / "text.npy"
    good, status = file.read_bytes(), file.stat()

    def write(content: bytes) -> None:
        with file.open("rb+") as opened:
            opened.write(content)
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    write(bytes(len(good)))
    client = create_app(tmp_path).test_client()
    assert health(client)[:2] == (503, "down")
    write(good)
    for _ in range(20):
        clock[0] += 3
        assert health(client)[:2] == (503, "down")
    file.touch()
    clock[0] += 3
    assert health(client)[:2] == (503, "down"), "it may still be written to"
    clock[0] += 3
    assert health(client) == (200, "ok", 1)


def test_verify_and_update_name_the_damaged_one(
    tmp_path: Path, expected: tuple[Entry, ...], manifest: Manifest
) -> None:
    """They do not take the one before it for it."""
    data = DataFolder(tmp_path)
    for count in (1, 2):
        write_entries(data.entries, sorted(expected[:count], key=lambda entry: entry.id))
        index_entries(data)
    assert not needs_indexing(data)
    (current(tmp_path) / "text.npy").write_bytes(b"x")
    found = verify(data, manifest)
    assert found.has_losses
    assert [line for line in found.differences if "text.npy is damaged" in line]
    assert needs_indexing(data)
    index_entries(data)
    assert not needs_indexing(data)


def test_meanings_of_ids_do_not_come_from_an_older_index(tmp_path: Path, expected: tuple[Entry, ...]) -> None:
    """What an id meant is told from the index before or not at all."""
    data = DataFolder(tmp_path)
    write_entries(data.entries, [expected[0]])
    index_entries(data)
    index_entries(data)
    (current(tmp_path) / "text.npy").write_bytes(b"x")
    data.ids.unlink()
    index_entries(data)
    (line,) = data.ids.read_text("utf-8").splitlines()
    assert json.loads(line)["id"] == next(read_entries(data.entries)).id
    assert published_generation(tmp_path)
    with pytest.raises(IndexFailure):
        published_generation(tmp_path / "none")


def test_index_that_is_damaged_under_the_server_is_left_for_the_one_before(
    tmp_path: Path, expected: tuple[Entry, ...], publish: Publish
) -> None:
    """It gives nonsense once, is compared with its digests, and the generation before answers from then on."""
    client = create_app(tmp_path).test_client()
    publish(expected[:1])
    publish(expected[:2])
    assert health(client) == (200, "ok", 2)
    records = current(tmp_path) / "MAIN_1.rec"
    with records.open("rb+") as file:
        file.write(b"\xff" * 2000)
    assert client.get("/?q=工会").status_code == 503
    assert client.get("/?q=工会").status_code == 200
    assert health(client) == (200, "degraded", 1)


def test_download_that_breaks_off_has_the_index_checked(
    tmp_path: Path, publish: Publish, make_entry: Callable[..., Entry]
) -> None:
    """Nonsense in the midst of it ends it without an end, and the generation before answers from then on."""
    client = create_app(tmp_path).test_client()
    publish(make_entry(f"2001-{at}-1", body="工会办事。" * 600, url=f"http://a.example/{at}") for at in range(3))
    publish(make_entry(f"2001-{at}-1", body="工会办事。" * 600, url=f"http://a.example/{at}") for at in range(999))
    answer = client.get("/api/v1/export?format=jsonl", buffered=False)
    with (current(tmp_path) / "MAIN_1.rec").open("rb+") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(size * 3 // 4)
        file.write(b"\xff" * (size // 8))
    with pytest.raises(StaleIndex):
        b"".join(answer.iter_encoded())
    answer.close()
    assert client.get("/api/v1/export?format=jsonl").text.count("\n") == 3
    assert health(client) == (200, "degraded", 3)


def test_decisions_that_cannot_be_read_stop_no_newer_index(
    tmp_path: Path, expected: tuple[Entry, ...], publish: Publish
) -> None:
    """Nothing is shown meanwhile; then the newer one."""
    client = create_app(tmp_path).test_client()
    publish(expected[:1])
    assert health(client) == (200, "ok", 1)
    publish(expected[:2])
    decisions = DataFolder(tmp_path).forgotten
    decisions.write_text("{", "utf-8")
    assert client.get("/?q=工会").status_code == 503
    decisions.unlink()
    assert health(client) == (200, "ok", 2)


def test_mended_earlier_index_is_taken_up(
    tmp_path: Path, expected: tuple[Entry, ...], publish: Publish, clock: list[float]
) -> None:
    """Both were damaged; the files of either count."""
    client = create_app(tmp_path).test_client()
    publish(expected[:1])
    older = current(tmp_path) / "text.npy"
    publish(expected[:2])
    whole = older.read_bytes()
    for path in (older, current(tmp_path) / "text.npy"):
        path.write_bytes(b"x")
    assert health(client)[:2] == (503, "down")
    older.write_bytes(whole)
    for _ in range(3):
        clock[0] += 2
        found = health(client)
    assert found == (200, "degraded", 1)
