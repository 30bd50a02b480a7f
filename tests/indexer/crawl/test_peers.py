"""What other programs write and serve gives the same entries as our own crawl, byte for byte."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from forked import nianjian

BIN = Path(sys.executable).parent

SPIDER = """
import io, sys, scrapy
from scrapy.crawler import CrawlerProcess
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

class Plain(scrapy.Spider):
    name = "plain"
    start_urls = [sys.argv[1]]

    async def start(self):
        for url in self.start_urls:
            yield scrapy.Request(url)

    def parse(self, response):
        headers = [(k.decode(), v.decode()) for k, vs in response.headers.items() for v in vs]
        http = StatusAndHeaders(f"{response.status} OK", headers, protocol="HTTP/1.1")
        payload = io.BytesIO(response.body)
        WRITER.write_record(WRITER.create_warc_record(response.url, "response", payload=payload, length=len(response.body), http_headers=http))
        for link in response.css("a::attr(href)").getall():
            if link.startswith("/node6000/"):
                yield response.follow(link)

with open(sys.argv[2], "wb") as file:
    WRITER = WARCWriter(file, gzip=True)
    process = CrawlerProcess({"LOG_ENABLED": False, "ROBOTSTXT_OBEY": False, "TELNETCONSOLE_ENABLED": False})
    process.crawl(Plain)
    process.start()
"""


@pytest.mark.slow
def test_wget_scrapy_wacz_and_pywb_give_what_the_crawl_gives(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """One site: crawled; saved as WARC by wget and by a plain Scrapy; packed by wacz; ours served by a real pywb."""
    for program, needed in (
        ("wget", shutil.which("wget")),
        ("wayback (pywb)", (BIN / "wayback").exists()),
        ("wacz", (BIN / "wacz").exists()),
    ):
        if not needed:
            pytest.skip(f"{program} is not installed")
    misbehaving, serving = request.getfixturevalue("misbehaving"), request.getfixturevalue("serving")
    site = misbehaving.Site(6, bad=False)
    with serving(site):
        manifest = misbehaving.manifest_for(site, tmp_path)
        crawled = entries(tmp_path, "crawled", manifest, "crawl")
        index = f"{site.address}{misbehaving.ROOT}index.html"
        save = ["wget", "-q", "-r", "-l", "2", "-np", "-e", "robots=off", "--warc-file=saved", index]
        subprocess.run(save, cwd=tmp_path, check=False, timeout=60)
        plain = [sys.executable, "-c", SPIDER, index, "plain.warc.gz"]
        subprocess.run(plain, cwd=tmp_path, check=True, timeout=60, capture_output=True)
    assert crawled.count(b"\n") == 6
    assert entries(tmp_path, "scrapy", manifest, "import", "plain.warc.gz") == crawled
    assert entries(tmp_path, "wget", manifest, "import", "saved.warc.gz") == crawled
    subprocess.run(
        [BIN / "wacz", "create", "-f", "saved.warc.gz", "-o", "saved.wacz"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert entries(tmp_path, "wacz", manifest, "import", "saved.wacz") == crawled

    subprocess.run([BIN / "wb-manager", "init", "coll"], cwd=tmp_path, check=True, capture_output=True)
    ours = tmp_path / "crawled" / "warc" / "nianjian-00001.warc.gz"
    subprocess.run([BIN / "wb-manager", "add", "coll", ours], cwd=tmp_path, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wayback = subprocess.Popen(
        [BIN / "wayback", "-p", str(port), "-b", "127.0.0.1"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(150):
            try:
                urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        prefix = f"{site.address}{misbehaving.ROOT}"
        cdx = f"http://127.0.0.1:{port}/coll/cdx"
        options = ["--cdx", cdx, "--delay", "0", "--contact", "mailto:a@b.example"]
        assert entries(tmp_path, "pywb", manifest, "import-web-archive", prefix, *options) == crawled
    finally:
        wayback.terminate()
        wayback.wait(20)


def entries(folder: Path, name: str, manifest: Path, *args: str) -> bytes:
    """Run a command that brings pages in, parse them, give `entries.jsonl`."""
    start = ("--data", folder / name, "--manifest", manifest)
    brought = nianjian(*start, *args, cwd=folder)
    assert brought.returncode == 0, brought.stderr
    nianjian(*start, "parse", cwd=folder).check_returncode()
    return (folder / name / "entries.jsonl").read_bytes()
