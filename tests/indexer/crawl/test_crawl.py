"""The live crawl against a local site that misbehaves in every way; the site's own log is the judge."""

import json
import random
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from forked import nianjian

from indexer.config import DataFolder
from indexer.stages.importing import page_store
from indexer.store.held import Held

COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
KILLS = 5


def crawl(data: Path, manifest: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run `nianjian crawl` to its end."""
    return nianjian("--data", data, "--manifest", manifest, "crawl", *args)


def reasons(data: Path) -> dict[str, str]:
    """Give the reason by page name of every URL that the ledger has not stored."""
    from indexer.crawl.frontier import Frontier

    with page_store(DataFolder(data)).ledger() as ledger:
        return {
            each.url.rsplit("/", 1)[1].removesuffix(".html"): each.reason for each in Frontier(ledger).unstored(["L1"])
        }


def check(data: Path) -> int:
    """Let warcio's own command check every file."""
    files = [str(file) for file in (data / "warc").glob("*.warc.gz")]
    if not files:
        return 0
    return subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, check=False
    ).returncode


@pytest.mark.slow
def test_misbehaving_site_gives_every_good_page_once_and_names_every_bad_one(
    tmp_path: Path, misbehaving, serving
) -> None:  # type: ignore[no-untyped-def]
    """Slow, silent, broken, huge, locked, endless: each is named with its reason, nothing forbidden is asked.

    What forbids it stands in UTF-16 behind five redirects; good pages are reached by odd roads, too.
    """
    robots = "\ufeffUser-agent: *\nDisallow: /node6000/node6001/forbidden\n".encode("utf-16-le")
    site = misbehaving.Site(5, bad=True, odd=True, robots=robots)
    site.hops = 5
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path, timeout=2.0)
        done = crawl(tmp_path / "data", manifest)
    assert done.returncode == 1, done.stderr  # pages that did not answer are named below
    root = f"{site.address}{misbehaving.ROOT}"
    stored = sorted(capture.url.removeprefix(root) for capture in page_store(DataFolder(tmp_path / "data")).captures())
    good = [
        *(f"good{n}.html" for n in range(5)),
        "index.html",
        "later.html",
        "retry.html",
        "slow.html",
        *misbehaving.ROADS,
    ]
    assert stored == sorted(good)
    found = reasons(tmp_path / "data")
    assert {name: why in found.get(name, "missing") for name, why in misbehaving.BAD.items() if name != "endless"} == {
        name: True for name in misbehaving.BAD if name != "endless"
    }
    assert found["endless5"] == "redirects without end"
    assert found["hop3"] == f"redirects to {root}refreshed.html"
    asked = [path for _, _, path, _ in site.log]
    assert not [path for path in asked if "forbidden" in path or "secret" in path or path.startswith("/news")]
    # Of answers that the crawl gave up, the site notices the end late.
    whole = sorted(each for each in site.log if not each[2].endswith(("never.html", "huge.html")))
    assert [later[2] for earlier, later in pairwise(whole) if later[0] < earlier[1]] == []
    assert check(tmp_path / "data") == 0


INJECTED = """
import indexer.parse.page.pages as pages
whole = pages.cut_frame
def cut_frame(links, *args, **named):
    if links.url.endswith("good1.html"):
        raise RuntimeError("of our own")
    return whole(links, *args, **named)
pages.cut_frame = cut_frame
"""
"""A fault of the parser's own code at one page."""


def test_parser_s_own_fault_at_one_page_is_that_page_s(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """Its bytes are stored, it is named, all else goes on; mended, its links are followed by the next crawl."""
    site = misbehaving.Site(4, bad=False)
    data = tmp_path / "data"
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        faulty = ("--data", data, "--manifest", manifest)
        ended = [nianjian(*faulty, name, before=INJECTED) for name in ("crawl", "parse")]
        assert [each.returncode for each in ended] == [1, 1]
        assert "nianjian: 1 page failed; what is stored stays" in ended[0].stderr
        assert "parser-fault: RuntimeError, of our own" in reasons(data)["good1"]
        assert "parser-fault" in (data / "problems.jsonl").read_text("utf-8")
        assert len((data / "entries.jsonl").read_text("utf-8").splitlines()) == 3
        assert crawl(data, manifest).returncode == 0
    assert len(list(page_store(DataFolder(data)).pages())) == 5
    assert reasons(data) == {}


def test_store_that_fails_ends_the_crawl_and_is_no_matter_of_a_url(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """One line, exit 2; the next crawl goes on."""
    site = misbehaving.Site(4, bad=False)
    data = tmp_path / "data"
    failing = """
import indexer.crawl.frontier as frontier
from indexer.errors import StoreError
left = [3]
whole = frontier.Frontier.next
def next_of(self, volumes):
    left[0] -= 1
    if left[0] < 0:
        raise StoreError("ledger.sqlite: disk I/O error")
    return whole(self, volumes)
frontier.Frontier.next = next_of
"""
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        failed = nianjian("--data", data, "--manifest", manifest, "crawl", before=failing)
        assert failed.returncode == 1
        assert failed.stderr.startswith("nianjian: stopped early: ledger.sqlite: disk I/O error\n")
        assert crawl(data, manifest).returncode == 0
    assert len(list(page_store(DataFolder(data)).pages())) == 5


def test_site_that_stops_answering_leaves_pages_to_ask_for(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """What came is stored, what is left is counted: exit 1; a site that never answered is exit 2."""
    site = misbehaving.Site(12, bad=False)
    site.down_after = 3
    data = tmp_path / "data"
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        stopped = crawl(data, manifest)
    assert stopped.returncode == 1
    assert "stopped early: 8 failures one after another" in stopped.stderr
    assert "nianjian: 11 pages still to be asked for; what is stored stays" in stopped.stderr
    gone = crawl(tmp_path / "other", manifest)
    assert (gone.returncode, gone.stdout) == (2, "")
    assert gone.stderr.startswith("nianjian: nothing is stored: http://127.0.0.1:")


def test_seed_that_is_not_there_is_a_loss(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """Of other pages the site may say that it has them not; the manifest says that it has this one."""
    site = misbehaving.Site(2, bad=False)
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        manifest.write_text(manifest.read_text("utf-8").replace("index.html", "none.html"), "utf-8")
        done = crawl(tmp_path / "data", manifest)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"nothing is stored: {site.address}{misbehaving.ROOT}none.html: status 404; look whether" in done.stderr


def test_pages_that_send_readers_round_in_circles_are_named(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """Three that redirect to each other, by status and by refresh: the crawl ends, and it is a loss."""
    site = misbehaving.Site(1, bad=False, odd=True)
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        done = crawl(tmp_path / "data", manifest)
    assert (done.returncode, "1 page failed" in done.stderr) == (1, True)
    why = reasons(tmp_path / "data")
    assert {name: why[name].replace(site.address + misbehaving.ROOT, "") for name in ("ring1", "ring2", "ring3")} == {
        "ring1": "redirects to ring2.html",
        "ring2": "redirects to ring3.html",
        "ring3": "redirects in a circle, through ring1.html",
    }


def test_interval_is_kept_by_the_site_s_own_log(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """One connection at a time, the delay set between the beginnings of two requests; Crawl-delay is longer."""
    site = misbehaving.Site(4, bad=False, robots="User-agent: *\nCrawl-delay: 0.5\n")
    with serving(site):
        assert crawl(tmp_path / "data", misbehaving.manifest_for(site, tmp_path, delay=0.2)).returncode == 0
    starts = [start for start, _, path, _ in sorted(site.log) if path != "/robots.txt"]
    assert len(starts) == 5
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.45
    assert site.most_open == 1


@pytest.mark.parametrize(("robots", "code"), [("User-agent: *\nDisallow: /\n" + "# \n" * 900_000, 2), (None, 0)])
def test_huge_and_missing_robots(tmp_path: Path, misbehaving, serving, robots: str | None, code: int) -> None:  # type: ignore[no-untyped-def]
    """A huge one is read as far as RFC 9309 asks, a missing one forbids nothing."""
    site = misbehaving.Site(1, bad=False, robots=robots)
    with serving(site):
        assert crawl(tmp_path / "data", misbehaving.manifest_for(site, tmp_path)).returncode == code
    assert len(page_store(DataFolder(tmp_path / "data")).captures()) == (0 if robots else 2)


def test_refresh_stores_revisits_and_the_one_change(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """304 and equal bytes are revisits; the changed page is a new capture and the one that counts."""
    site = misbehaving.Site(4, bad=False)
    data = tmp_path / "data"
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        crawl(data, manifest)
        again = crawl(data, manifest)
        asked = len(site.log)
        site.version = 2
        time.sleep(1.1)  # WARC dates have whole seconds
        refreshed = crawl(data, manifest, "--refresh")
    assert "Asked 0 times" in again.stdout or "Asked 1 times" in again.stdout
    assert "1 new pages, 4 unchanged" in refreshed.stdout
    assert len(site.log) - asked == 6
    store = page_store(DataFolder(data))
    assert sorted(capture.kind for capture in store.captures()) == ["response"] * 6 + ["revisit"] * 4
    (changed,) = [held.page for held in store.pages() if held.page.url.endswith("good1.html")]
    assert "第2版" in changed.body.decode("gb18030")
    assert check(data) == 0


def test_pictures_are_fetched_when_asked_for_from_the_own_host_alone(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """Also those of pages that came before; they are records, but no pages."""
    site = misbehaving.Site(3, bad=False)
    site.pictures = True
    data = tmp_path / "data"
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        assert crawl(data, manifest).returncode == 0
        assert site.asked.get("/pic/own.gif") is None
        asked = crawl(data, manifest, "--images")
    assert asked.returncode == 0, asked.stderr  # a picture that the site has not is told, no more
    assert {path: count for path, count in site.asked.items() if "pic" in path} == {
        "/pic/own.gif": 1,
        "/pic/none.gif": 1,
    }
    store = page_store(DataFolder(data))
    (picture,) = [each for each in store.captures() if not each.is_page]
    assert (store.read(picture).body, picture.content_type) == (b"GIF89a own", "image/gif")
    assert len(list(store.pages())) == 4
    assert "status 404" in asked.stdout


def test_page_that_was_lost_is_asked_for_again(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """Whole, not on condition that it has changed; then nothing is lost any more."""
    site = misbehaving.Site(4, bad=False)
    data = tmp_path / "data"
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        crawl(data, manifest)
        store = page_store(DataFolder(data))
        (lost,) = [each for each in store.captures() if each.url.endswith("good3.html")]
        file = data / "warc" / lost.file
        whole = file.read_bytes()
        file.write_bytes(whole[: lost.offset + 40] + bytes(30) + whole[lost.offset + 70 :])
        assert [each.url for each in store.rebuild().lost] == [lost.url]
        again = crawl(data, manifest)
    assert again.returncode == 0, again.stderr
    assert "1 new pages" in again.stdout
    assert store.losses() == []
    assert len(list(store.pages())) == 5


@pytest.mark.slow
def test_update_parses_and_indexes_only_what_changed(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """One command for cron: the second time nothing is made, after a change all is."""
    site = misbehaving.Site(3, bad=False)
    data = tmp_path / "data"
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        update = ("--data", data, "--manifest", manifest, "update")
        runs = []
        for version in (1, 1, 2):
            site.version = version
            runs.append(nianjian(*update))
            time.sleep(1.1)  # WARC dates have whole seconds
        site.server_close()
    assert [each.returncode for each in runs] == [0, 0, 0], runs[-1].stderr
    assert ["Parsed" in each.stdout for each in runs] == [True, False, True]
    assert ["Indexed" in each.stdout for each in runs] == [True, False, True]
    assert "Nothing has changed" in runs[1].stdout
    assert "第2版" in (data / "entries.jsonl").read_text("utf-8")
    down = nianjian(*update)
    assert (down.returncode, "stopped early" in down.stderr) == (1, True)


def test_site_that_is_down_stops_the_crawl_with_one_line(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """And nothing is lost."""
    site = misbehaving.Site(1, bad=False)
    manifest = misbehaving.manifest_for(site, tmp_path)
    site.server_close()
    done = crawl(tmp_path / "data", manifest)
    assert (done.returncode, "robots.txt cannot be read" in done.stderr.splitlines()[-1]) == (2, True)


def test_settings_are_ones_that_scrapy_knows() -> None:
    """A misspelt one would be ignored in silence."""
    from scrapy.settings import default_settings

    from indexer.crawl.downloader import scrapy_settings
    from indexer.crawl.policy import Manners

    assert [name for name in scrapy_settings(Manners("x")) if not hasattr(default_settings, name)] == []


def test_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """Nothing is asked over a connection that cannot be trusted."""
    import datetime as dt
    import ssl

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    text = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "pem").write_bytes(
        builder.sign(key, hashes.SHA256()).public_bytes(text) + key.private_bytes(text, *plain)
    )
    site = misbehaving.Site(1, bad=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pem")
    site.socket = context.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        manifest.write_text(manifest.read_text("utf-8").replace("http://127.0.0.1", "https://localhost"), "utf-8")
        done = crawl(tmp_path / "data", manifest)
    assert (done.returncode, site.log) == (2, [])
    assert "certificate" in done.stderr.lower()


@pytest.mark.parametrize(("host", "said"), [("localhost", "its host is a private address"), ("127.0.0.1", "")])
def test_private_addresses_are_refused_by_name_and_by_number(
    tmp_path: Path, misbehaving, serving, host: str, said: str
) -> None:  # type: ignore[no-untyped-def]
    """Unless the manifest allows them; nothing is asked of the site."""
    site = misbehaving.Site(1, bad=False)
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path, allow_private=False)
        manifest.write_text(manifest.read_text("utf-8").replace("127.0.0.1", host), "utf-8")
        done = crawl(tmp_path / "data", manifest)
    assert site.log == []
    assert said in done.stderr
    if host == "127.0.0.1":
        assert reasons(tmp_path / "data") == {"index": "its host is a private address"}


def test_full_disk_is_one_line_and_loses_nothing(tmp_path: Path, misbehaving, serving) -> None:  # type: ignore[no-untyped-def]
    """The WARC ends with a whole record; with room again the crawl goes on."""
    site = misbehaving.Site(40, bad=False)
    data = tmp_path / "data"
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))"
        stopped = nianjian("--data", data, "--manifest", manifest, "crawl", before=limit)
        assert stopped.returncode == 1, stopped.stdout
        assert "stopped early: cannot write" in stopped.stderr
        assert "new pages, 0 unchanged" in stopped.stdout
        assert check(data) == 0
        assert crawl(data, manifest).returncode == 0
    assert len(list(page_store(DataFolder(data)).pages())) == 41
    assert check(data) == 0


def kill_and_go_on(tmp_path: Path, misbehaving, serving, kills: int, pages: int, rng: random.Random) -> None:  # type: ignore[no-untyped-def]
    """Kill a crawl at random moments, each time start it again; then let it end and compare."""
    site = misbehaving.Site(pages, bad=False, odd=True)
    site.rings = False
    data = tmp_path / "data"
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        full = [*COMMAND, "--data", str(data), "--manifest", str(manifest), "crawl"]
        for _ in range(kills):
            before = len(site.log)
            running = subprocess.Popen(full, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wanted = before + rng.randint(1, max(1, pages // kills))
            while len(site.log) < wanted and running.poll() is None:
                time.sleep(0.002)
            time.sleep(rng.random() * 0.02)
            running.send_signal(signal.SIGKILL)
            running.wait()
            # Whatever the moment: what the ledger has entered can be read, though what was being written may be cut.
            assert [each for each in page_store(DataFolder(data)).pages() if not isinstance(each, Held)] == []
        done = crawl(data, manifest)
    assert done.returncode == 0, done.stderr
    store = page_store(DataFolder(data))
    assert len(list(store.pages())) == pages + 1 + len(misbehaving.ROADS)
    twice = {path: count for path, count in site.asked.items() if count > 1 and path != "/robots.txt"}
    for asked_again in (*misbehaving.HOPS, "hop3.html"):  # what redirects for now is asked by every crawl
        twice.pop(misbehaving.ROOT + asked_again, None)
    assert sum(count - 1 for count in twice.values()) <= kills, json.dumps(twice)
    assert check(data) == 0


@pytest.mark.slow
def test_killed_crawl_goes_on(tmp_path: Path, misbehaving, serving, rng: random.Random) -> None:  # type: ignore[no-untyped-def]
    """No page lost, at most one asked twice for each kill, every WARC sound."""
    kill_and_go_on(tmp_path, misbehaving, serving, KILLS, 60, rng)


@pytest.mark.slow
def test_fifty_kills(tmp_path: Path, misbehaving, serving, rng: random.Random) -> None:  # type: ignore[no-untyped-def]
    """The same with 300 pages and 50 kills."""
    kill_and_go_on(tmp_path, misbehaving, serving, 50, 300, rng)
