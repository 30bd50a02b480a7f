"""Load balancers are told whether a process may be sent readers, in every state of an archive."""

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.factory import published_generation
from indexer.search.whoosh import seal
from search_app import create_app

MakeApp = Callable[..., Flask]
Publish = Callable[[Iterable[Entry]], None]


def asked(client: FlaskClient, folder: Path) -> tuple[int, str, str]:
    """Ask whether readers may come: status, word, and the code of the reason; no folder of the server is named."""
    answer = client.get("/readyz", headers={"Host": "192.0.2.1"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert str(folder) not in answer.text
    said = json.loads(answer.text)
    reason = said.get("reason", "")
    assert bool(reason) == (answer.status_code == 503)
    assert len(reason.splitlines()) <= 1
    return answer.status_code, said["status"], said.get("code", "")


def damage(folder: Path) -> None:
    """Write something else into a file of the published generation."""
    (folder / "index" / published_generation(folder) / "text.npy").write_bytes(b"x")


def test_archive_is_ready_once_an_index_is_published(
    tmp_path: Path, make_app: MakeApp, publish: Publish, expected: tuple[Entry, ...]
) -> None:
    """Whatever hosts are answered otherwise; health is told alike, and kept by nobody."""
    client = make_app(tmp_path, HOSTS="nianjian.example.org").test_client()
    assert asked(client, tmp_path) == (503, "not-ready", "index-missing")
    publish(expected[:1])
    assert asked(client, tmp_path) == (200, "ready", "")
    assert client.get("/readyz").json == {"status": "ready", "generation": published_generation(tmp_path)}
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"
    assert client.get("/about", headers={"Host": "192.0.2.1"}).status_code == 421


def test_damaged_index_is_not_ready_unless_another_answers(
    tmp_path: Path, publish: Publish, expected: tuple[Entry, ...]
) -> None:
    """The generation before takes readers; alone, a damaged or a foreign one does not."""
    publish(expected[:1])
    publish(expected[:2])
    older = min(each.name for each in (tmp_path / "index").iterdir() if each.is_dir())
    damage(tmp_path)
    client = create_app(tmp_path).test_client()
    assert asked(client, tmp_path) == (200, "ready", "")
    assert client.get("/readyz").json["generation"] == older  # type: ignore[index]
    shutil.rmtree(tmp_path / "index" / older)
    assert asked(create_app(tmp_path).test_client(), tmp_path)[::2] == (503, "index-file-damaged")


def test_index_built_with_other_constants_is_not_ready(
    tmp_path: Path, publish: Publish, expected: tuple[Entry, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused by name, as searches are."""
    publish(expected[:1])
    monkeypatch.setattr(seal, "differing", lambda one, other: ("words",))
    assert asked(create_app(tmp_path).test_client(), tmp_path)[::2] == (503, "index-other-shape")


def test_lost_manifest_keeps_nobody_out_but_unreadable_decisions_do(tmp_path: Path, sample: DataFolder) -> None:
    """Searches are answered without the one; without the other, what is hidden might be shown."""
    data = DataFolder(tmp_path / "data")
    shutil.copytree(sample.root, data.root)
    data.manifest.write_text("[[site")
    assert asked(create_app(data.root).test_client(), data.root) == (200, "ready", "")
    data.forgotten.write_text("{\n")
    status, _, code = asked(create_app(data.root).test_client(), data.root)
    assert (status, code) == (503, "decision-not-json")
