"""Whatever happens to a store's files, what is whole of them is held, and what is not is named."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.store.held import Held
from indexer.store.ledger import Loss
from indexer.store.pagestore import PageStore
from indexer.warc.digests import digest_of
from indexer.warc.records import Fetched

Make = Callable[..., Fetched]
HEADERS = (("Content-Type", "text/html"), ("ETag", '"1"'))
KINDS = ("flip", "zero", "truncate", "insert", "mixed")


class Archive:
    """A store of some pages, with what each record's bytes were."""

    def __init__(self, folder: Path, fetched: Make, count: int) -> None:
        self.store = PageStore(folder / "warc", folder / "ledger.sqlite")
        bodies = [random.Random(number).randbytes(40 + number * 37 % 900) for number in range(count)]
        self.pages = [
            fetched(f"http://a.example/{number}.html", b"<p>" + body, headers=HEADERS if number % 3 else None)
            for number, body in enumerate(bodies)
        ]
        with self.store.writing() as writer:
            for page in self.pages:
                writer.add(page)
        self.file = folder / "warc" / "nianjian-00001.warc.gz"
        whole = self.file.read_bytes()
        self.members = {each.url: whole[each.offset : each.end] for each in self.store.captures()}

    def held(self) -> dict[str, bytes]:
        """Give what can be read."""
        return {each.page.url: each.page.body for each in self.store.pages() if isinstance(each, Held)}


def damage(content: bytes, kind: str, rng: random.Random) -> bytes:
    """Damage a file's bytes."""
    at, size = rng.randrange(len(content)), rng.randint(1, 3000)
    match kind:
        case "flip":
            return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]
        case "zero":
            return content[:at] + bytes(min(size, len(content) - at)) + content[at + size :]
        case "truncate":
            return content[:at]
        case "insert":
            return content[:at] + rng.randbytes(size) + content[at:]
        case _:
            return damage(damage(content, rng.choice(KINDS[:4]), rng), rng.choice(KINDS[:4]), rng)


def work_on(archive: Archive, rng: random.Random) -> list[Loss]:
    """Do what an archivist may do next, in any order; give all that was named."""
    named: list[Loss] = []
    store = archive.store
    for step in rng.sample(("rebuild", "import", "verify", "rebuild", "import old"), 4):
        match step:
            case "rebuild":
                named += store.rebuild().lost
            case "verify":
                surveyed = store.survey()
                named += (*surveyed.lasting, *surveyed.made_good)
                store.note(surveyed.lasting)
            case _:
                pages = archive.pages[::7] if step == "import old" else []
                with store.writing() as writer:
                    named += writer.lost
                    for page in (*pages, new_page(archive, rng)):
                        writer.add(page)
    named += store.rebuild().lost
    return named


def new_page(archive: Archive, rng: random.Random) -> Fetched:
    """Make a page that is not held yet."""
    first = archive.pages[0]
    number = rng.randrange(10**9)
    page = type(first.page)(f"http://a.example/new/{number}", first.page.fetched_at, 200, "text/html", b"<p>new")
    return Fetched(page, "test")


def check_damage(folder: Path, fetched: Make, kind: str, rng: random.Random, count: int) -> None:
    """Damage a store, work on, and compare with what the damaged bytes still hold."""
    archive = Archive(folder, fetched, count)
    broken = damage(archive.file.read_bytes(), kind, rng)
    archive.file.write_bytes(broken)
    if rng.random() < 0.3:
        (folder / "ledger.sqlite").unlink()
    named = {each.url for each in work_on(archive, rng)}
    ranges = {(each.start, each.end) for each in archive.store.rebuild().lost}
    held = archive.held()
    bodies = {page.page.url: page.page.body for page in archive.pages}
    whole = {url for url, member in archive.members.items() if member in broken}
    assert {url for url in whole if held.get(url) != bodies[url]} == set(), "undamaged and lost"
    missing = {url for url in bodies if held.get(url) != bodies[url]}
    if (folder / "ledger.sqlite.damaged").exists() or not missing <= named:
        # Nothing but the file's bytes is known of it: then they are named.
        assert ranges or len(broken) < sum(map(len, archive.members.values()))
    assert archive.file.read_bytes()[: len(broken)] == broken, "a file was shortened or rewritten"


@settings(max_examples=20, print_blob=True)
@given(st.sampled_from(KINDS), st.integers(0, 10**6))
def test_damage_loses_nothing_whole_and_is_named(
    tmp_path_factory: pytest.TempPathFactory, fetched_once: Make, kind: str, seed: int
) -> None:
    """Flips, zeros, cuts, insertions: then any order of rebuilding, importing and verifying."""
    check_damage(tmp_path_factory.mktemp("damage"), fetched_once, kind, random.Random(f"{kind} {seed}"), 24)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_three_hundred_damages_lose_nothing_whole(tmp_path: Path, fetched: Make, kind: str, rng: random.Random) -> None:
    """Of a store of 180 pages."""
    for number in range(60):
        (tmp_path / str(number)).mkdir()
        check_damage(tmp_path / str(number), fetched, kind, rng, 180)


@pytest.mark.parametrize("kind", KINDS)
def test_every_lost_page_is_named_by_its_url_where_the_ledger_knew_it(
    tmp_path: Path, fetched: Make, kind: str, rng: random.Random
) -> None:
    """By rebuilding and by verifying alike, and again when that is done a second time."""
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        archive = Archive(folder, fetched, 24)
        broken = damage(archive.file.read_bytes(), kind, rng)
        archive.file.write_bytes(broken)
        bodies = {page.page.url: page.page.body for page in archive.pages}
        surveyed = {each.url for each in archive.store.survey().lasting}
        rebuilt = {each.url for each in archive.store.rebuild().lost}
        missing = {url for url in bodies if archive.held().get(url) != bodies[url]}
        assert missing <= surveyed
        assert missing <= rebuilt
        assert missing <= {each.url for each in archive.store.losses()}
        assert missing <= {each.url for each in archive.store.rebuild().lost}


def test_loss_lasts_until_the_page_is_captured_again(tmp_path: Path, fetched: Make) -> None:
    """Then it is made good; a file restored from a copy makes good all it holds."""
    archive = Archive(tmp_path, fetched, 6)
    good = archive.file.read_bytes()
    capture = archive.store.captures()[2]
    middle = (capture.offset + capture.end) // 2
    archive.file.write_bytes(good[:middle] + bytes([good[middle] ^ 255]) + good[middle + 1 :])
    archive.store.rebuild()
    assert [each.url for each in archive.store.losses()] == [capture.url]
    with archive.store.writing() as writer:
        writer.add(archive.pages[2])
    assert archive.store.losses() == []
    assert len(archive.held()) == 6
    more = archive.file.read_bytes()[len(good) :]
    archive.file.write_bytes(good + more)
    assert archive.store.rebuild().lost == ()


def test_file_that_is_gone_is_named_page_by_page_and_comes_back(tmp_path: Path, fetched: Make) -> None:
    """Writing goes on in a file of another name, so that the old one can be restored."""
    archive = Archive(tmp_path, fetched, 4)
    good = archive.file.read_bytes()
    archive.file.unlink()
    with archive.store.writing() as writer:
        assert sorted(each.url for each in writer.lost) == [page.page.url for page in archive.pages]
        writer.add(archive.pages[0])
    assert [path.name for path in archive.store.files()] == ["nianjian-00002.warc.gz"]
    assert len(archive.store.losses()) == 3
    archive.file.write_bytes(good)
    assert archive.store.losses() == []
    assert len(archive.held()) == 4


def kill_while_writing(archive: Archive, member: bytes) -> None:
    """Leave a store as a writer does that is killed in the middle of a record."""
    with archive.store.writing() as writer:
        writer.ledger.begin(archive.file.name, archive.file.stat().st_size)
        writer._begun.clear()
        with archive.file.open("ab") as file:
            file.write(member[: len(member) // 2])


@pytest.mark.parametrize("step", ["import", "rebuild"])
def test_what_was_settled_is_never_cut_though_the_writer_was_killed(tmp_path: Path, fetched: Make, step: str) -> None:
    """Damage in front of an unfinished write, even in the file's first bytes, takes no record with it."""
    archive = Archive(tmp_path, fetched, 6)
    whole = archive.file.read_bytes()
    kill_while_writing(archive, next(iter(archive.members.values())))
    content = archive.file.read_bytes()
    archive.file.write_bytes(b"file" + content[4:])
    if step == "rebuild":
        archive.store.rebuild()
    with archive.store.writing() as writer:
        writer.add(new_page(archive, random.Random(1)))
    assert archive.file.read_bytes()[4 : len(whole)] == whole[4:]
    assert len(archive.held()) == 7


def test_file_cut_within_a_settled_record_is_not_cut_further(tmp_path: Path, fetched: Make) -> None:
    """What stands of the record stays, and its page is named."""
    archive = Archive(tmp_path, fetched, 6)
    kill_while_writing(archive, next(iter(archive.members.values())))
    last = archive.store.captures()[-1]
    short = archive.file.read_bytes()[: last.end - 20]
    archive.file.write_bytes(short)
    with archive.store.writing() as writer:
        assert last.url in {each.url for each in writer.lost}
        writer.add(new_page(archive, random.Random(1)))
    assert archive.file.read_bytes() == short


@pytest.mark.parametrize(
    "start",
    [b"WARC", b"file", b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18", b"\x5d\x2a\x4d\x18", b"WARC/1.0\r\n\r\n"],
)
@pytest.mark.parametrize("inserted", [False, True])
def test_first_bytes_of_any_kind_hide_no_record(tmp_path: Path, fetched: Make, start: bytes, inserted: bool) -> None:
    """A file is not taken for another kind of file by four bytes."""
    archive = Archive(tmp_path, fetched, 6)
    whole = archive.file.read_bytes()
    archive.file.write_bytes(start + whole if inserted else start + whole[len(start) :])
    archive.store.ledger_path.unlink()
    rebuilt = archive.store.rebuild()
    assert len(archive.held()) == 6
    assert len(rebuilt.lost) == 1


def test_frame_that_says_to_skip_is_none_in_a_gzip_file(tmp_path: Path, fetched: Make) -> None:
    """zstd's skippable frames have no place there: what they would pass over is read."""
    archive = Archive(tmp_path, fetched, 6)
    whole, third = archive.file.read_bytes(), archive.store.captures()[2].offset
    archive.file.write_bytes(whole[:third] + b"\x50\x2a\x4d\x18\xff\xff\xff\x0f" + whole[third:])
    archive.store.ledger_path.unlink()
    assert [(each.start, each.end) for each in archive.store.rebuild().lost] == [(third, third + 8)]
    assert len(archive.held()) == 6


def test_loss_of_which_nothing_is_known_stays_one(tmp_path: Path, fetched: Make) -> None:
    """Looking again does not make it a loss of nothing."""
    archive = Archive(tmp_path, fetched, 6)
    capture = archive.store.captures()[3]
    content = archive.file.read_bytes()
    archive.file.write_bytes(content[: capture.offset] + bytes(200) + content[capture.offset + 200 :])
    archive.store.ledger_path.unlink()
    for _ in range(3):
        assert [(each.url, each.kind) for each in archive.store.rebuild().lost] == [("", "")]
        assert len(archive.store.survey().lasting) == 1
        assert len(archive.store.losses()) == 1


def test_two_captures_of_one_second_are_two(tmp_path: Path, fetched: Make) -> None:
    """The damaged one is named, though the page has another text of the same time."""
    store = PageStore(tmp_path / "warc", tmp_path / "ledger.sqlite")
    with store.writing() as writer:
        for body in (b"<p>first", b"<p>second"):
            writer.add(fetched("http://a.example/1", body))
    (file,) = store.files()
    damaged = next(each for each in store.captures() if each.digest == digest_of(b"<p>second"))
    content = file.read_bytes()
    file.write_bytes(content[: damaged.offset + 30] + bytes(100) + content[damaged.offset + 130 :])
    assert [each.digest for each in store.rebuild().lost] == [damaged.digest]
    assert [each.digest for each in store.rebuild().lost] == [damaged.digest]


@settings(max_examples=60, print_blob=True)
@given(st.integers(0, 10**6))
@example(0)
def test_what_a_killed_writer_left_is_cut_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, fetched_once: Make, seed: int
) -> None:
    """A record that breaks off where a writer had begun is no loss: it was never acknowledged."""
    rng = random.Random(seed)
    folder = tmp_path_factory.mktemp("killed")
    archive = Archive(folder, fetched_once, 5)
    whole = archive.file.read_bytes()
    url, member = rng.choice(list(archive.members.items()))
    cut = rng.randrange(len(member))
    with archive.store.writing() as writer:
        writer.ledger.begin(archive.file.name, len(whole))
    with archive.file.open("ab") as file:
        file.write(member[:cut])
    from indexer.store.ledger import Ledger
    from indexer.store.ledgerfile import connect

    ledger = Ledger(connect(folder / "ledger.sqlite"))
    ledger.begin(archive.file.name, len(whole))
    ledger.close()
    assert archive.store.losses() == []
    with archive.store.writing() as writer:
        assert writer.lost == ()
    assert archive.file.read_bytes() == whole
    assert archive.store.survey().lasting == ()
    assert digest_of(archive.held()[url]) in {each.digest for each in archive.store.captures()}
