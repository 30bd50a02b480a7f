"""Writes the benchmark's entries as the pages of a yearbook site, as wget mirrors one; knows no parser."""

from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

from indexer.model import Entry

HOST = "nianjian.benchmark.example"
_PAGE = """\
<html><head><title>{heading}</title></head><body>
<table><tr><td><table><tr><td>工会年鉴</td></tr><tr><td><a href="/2001/index.html">2001年年鉴</a></td></tr></table></td>
<td><table>
<tr><td>当前位置： <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>{year}年鉴{section}</font></td></tr>
<tr><td align=center><b>{heading}</b></td></tr>
<tr><td align=center>{rule}</td></tr>
<tr><td>{entries}</td></tr>
<tr><td align=center><a href="javascript:closewin()">[关闭窗口]</a></td></tr>
</table></td></tr></table>
<hr>某市总工会 2006年版权所有
</body></html>
"""
_ENTRY = "<p>　　【{title}】 {body}</p>\n<p>　　{signature}</p>\n"
_SITE = """\
[[site]]
id = "benchmark"
live = false
title = "基准工会年鉴"
publisher = "基准"
licence = "CC0-1.0"
layout = "eastday-cms"
"""
_VOLUME = """
[[site.volume]]
id = "{year}"
year = {year}
scope = ["http://{host}/{year}/"]
"""


def write_mirror(folder: Path, entries: Iterable[Entry]) -> tuple[Path, int]:
    """Write a mirror, in GB 18030, and its manifest; give the manifest and the number of pages.

    A page has the entries that follow one another with the same heading in one year; its section is the first one's.
    """
    years: dict[int, None] = {}
    pages = 0
    for (year, heading), group in groupby(entries, lambda entry: (entry.year, entry.heading)):
        together = list(group)
        parts = [
            _ENTRY.format(
                title=escape(each.title),
                body=escape(each.body).replace("\n", "</p>\n<p>　　"),
                signature=escape(each.signature),
            )
            for each in together
        ]
        page = _PAGE.format(
            heading=escape(heading),
            year=year,
            section=escape(together[0].section),
            rule="-" * 77,
            entries="".join(parts),
        )
        pages += 1
        place = folder / HOST / str(year) / f"userobject1ai{pages:06}.html"
        if year not in years:
            years[year] = None
            place.parent.mkdir(parents=True)
        place.write_bytes(page.encode("gb18030"))
    manifest = folder / "manifest.toml"
    manifest.write_text(_SITE + "".join(_VOLUME.format(year=year, host=HOST) for year in years), "utf-8")
    return manifest, pages
