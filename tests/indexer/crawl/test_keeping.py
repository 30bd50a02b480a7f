"""What a crawl keeps of pages that cannot be read, and that they never take the place of one that can."""

import random
import subprocess
from pathlib import Path

from forked import nianjian
from scripted import Answer, Scripted, links, page

from indexer.config import DataFolder
from indexer.crawl.frontier import Frontier
from indexer.stages.importing import page_store

UNDECODABLE = b"<html>" + bytes(random.Random(7).choices(range(0x80, 0x100), k=4000)) + b"</html>"
TOO_MANY_TAGS = b"<html>" + b"<b>" * 100_001 + b"</html>"
FRAMESET = b"<html><frameset cols=20,*><frame src=left.html></frameset></html>"


def run(folder: Path, manifest: Path, *args: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of `nianjian` to its end, after some code of ours."""
    return nianjian("--data", folder / "data", "--manifest", manifest, *args, before=before)


def reasons(folder: Path) -> dict[str, str]:
    """Give the reason of every URL that is not stored as a page, by its name."""
    with page_store(DataFolder(folder / "data")).ledger() as ledger:
        return {each.url.rsplit("/", 1)[1]: each.reason for each in Frontier(ledger).unstored(["L1"])}


def held(folder: Path) -> dict[str, list[bytes]]:
    """Give the bodies of the captures of every page, by its name."""
    store = page_store(DataFolder(folder / "data"))
    found: dict[str, list[bytes]] = {}
    for capture in store.captures():
        found.setdefault(capture.url.rsplit("/", 1)[1], []).append(store.read(capture).body)
    return found


def test_page_that_cannot_be_read_is_kept_and_named(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """Bytes in no known encoding, mark-up beyond all measure: another program may read them one day."""
    site = Scripted(
        {
            "/L1/index.html": links("bytes.html", "tags.html", "empty.html"),
            "/L1/bytes.html": Answer(UNDECODABLE),
            "/L1/tags.html": Answer(TOO_MANY_TAGS),
            "/L1/empty.html": Answer(b" "),
        }
    )
    with serving(site):
        done = run(tmp_path, site.manifest(tmp_path, L1="index.html"), "crawl")
    assert (done.returncode, "3 pages failed" in done.stderr) == (1, True), done.stderr
    found = held(tmp_path)
    assert (found["bytes.html"], found["tags.html"]) == ([UNDECODABLE], [TOO_MANY_TAGS])
    assert "empty.html" not in found
    why = reasons(tmp_path)
    assert why["bytes.html"].startswith("unknown-encoding: ")
    assert why["bytes.html"].endswith("; its bytes are stored")
    assert why["tags.html"].startswith("page-too-large: ")
    assert why["empty.html"] == "empty-page"


def test_what_has_no_text_never_takes_the_place_of_what_has(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """Asked again, a page has become a frameset, or can no longer be read: named, the capture of before stays."""
    good = {name: page(name) for name in ("frames.html", "bytes.html", "fault.html", "left.html")}
    site = Scripted({"/L1/index.html": links(*good), **{f"/L1/{name}": answer for name, answer in good.items()}})
    with serving(site):
        manifest = site.manifest(tmp_path, L1="index.html")
        assert run(tmp_path, manifest, "crawl").returncode == 0
        site.answers |= {
            "/L1/frames.html": Answer(FRAMESET.replace(b"left", b"new")),
            "/L1/bytes.html": Answer(UNDECODABLE),
            "/L1/fault.html": page("fault.html", "另一版。"),
            "/L1/new.html": page("新"),
        }
        injected = (
            "import indexer.parse.page.pages as pages\nwhole = pages.cut_frame\n"
            "def cut_frame(links, lines, layout, **named):\n"
            "    assert not any('另一版' in line.text for line in lines)\n"
            "    return whole(links, lines, layout, **named)\n"
            "pages.cut_frame = cut_frame\n"
        )
        again = run(tmp_path, manifest, "crawl", "--refresh", before=injected)
        parsed = run(tmp_path, manifest, "parse")
    assert (again.returncode, "3 pages failed" in again.stderr) == (1, True), again.stdout + again.stderr
    found = {name: set(bodies) - {b""} for name, bodies in held(tmp_path).items()}  # of a revisit, none
    assert {name: found[name] for name in good} == {name: {answer.body} for name, answer in good.items()}
    assert "new.html" in held(tmp_path)
    why = reasons(tmp_path)
    assert sorted(why) == ["bytes.html", "fault.html", "frames.html"]
    assert why["frames.html"].startswith("it has no text any more; the capture that has it, of ")
    assert parsed.returncode == 0, parsed.stdout


def test_frameset_is_kept_where_nothing_better_is(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """And a changed one takes its place."""
    site = Scripted({"/L1/index.html": Answer(FRAMESET), "/L1/left.html": page("左")})
    with serving(site):
        manifest = site.manifest(tmp_path, L1="index.html")
        assert run(tmp_path, manifest, "crawl").returncode == 0
        site.answers["/L1/index.html"] = Answer(FRAMESET + b"\n")
        assert run(tmp_path, manifest, "crawl", "--refresh").returncode == 0
    assert held(tmp_path)["index.html"] == [FRAMESET, FRAMESET + b"\n"]


def test_page_whose_pictures_cannot_be_told_is_that_page_s_fault(tmp_path: Path, serving) -> None:  # type: ignore[no-untyped-def]
    """Also one that came before pictures were asked for: the others' pictures come, it is named."""
    site = Scripted(
        {
            "/L1/index.html": links("a.html", "b.html"),
            "/L1/a.html": page("甲", more="<img src=/a.gif>"),
            "/L1/b.html": page("乙", more="<img src=/b.gif>"),
            "/a.gif": Answer(b"GIF89a", headers={"Content-Type": "image/gif"}),
            "/b.gif": Answer(b"GIF89a", headers={"Content-Type": "image/gif"}),
        }
    )
    injected = (
        "import indexer.stages.acquire as acquire\nwhole = acquire.references\n"
        "def references(page):\n"
        "    assert not page.url.endswith('a.html'), 'of our own'\n"
        "    return whole(page)\n"
        "acquire.references = references\n"
    )
    with serving(site):
        manifest = site.manifest(tmp_path, L1="index.html")
        assert run(tmp_path, manifest, "crawl").returncode == 0
        asked = run(tmp_path, manifest, "crawl", "--images", before=injected)
        assert (asked.returncode, "1 page failed" in asked.stderr) == (1, True), asked.stderr
        assert ("/b.gif" in site.log, "/a.gif" in site.log) == (True, False)
        assert "which pictures it shows cannot be told (AssertionError: of our own)" in reasons(tmp_path)["a.html"]
        assert run(tmp_path, manifest, "crawl", "--images").returncode == 0
    assert ("/a.gif" in site.log, reasons(tmp_path)) == (True, {})
