"""Rows of web archives' CDX answers with what must become of each: data for tests, knows no product code."""

import base64
import hashlib
import json
from dataclasses import dataclass

HOST = "http://nianjian.cangpu.example"
PREFIX = HOST + "/node6000/"  # the wish: everything below it
HOSTS = ("nianjian.cangpu.example", "www.nianjian.cangpu.example")  # one site; without a scheme: http and https
UNTIL = "20101231235959"  # captures later than this are not wanted
FIELDS = ("original", "timestamp", "statuscode", "mimetype", "digest", "length")


@dataclass(frozen=True)
class Row:
    """One row: outcome is "page", "same" or a reason; page is the canonical URL; also = an outcome as good."""

    name: str
    cdx: dict[str, str]
    outcome: str
    page: str
    also: str = ""


def row(name: str, outcome: str, page: str, also: str = "", **other: str | None) -> Row:
    """A capture of page (short: below the prefix) as archives write it, but for what other says; None leaves out."""
    url = PREFIX + page if outcome in ("page", "same") or also else ""
    cdx = {"original": PREFIX + page, "timestamp": "20060512093000", "statuscode": "200", "mimetype": "text/html",
           "digest": digest_of(name), "length": "2911"} | other  # fmt: skip
    return Row(name, {k: v for k, v in cdx.items() if v is not None}, outcome, url, also)


def digest_of(name: str) -> str:
    """A digest as archives write it (SHA-1 in base 32), of the name and not of any page."""
    return base64.b32encode(hashlib.sha1(name.encode()).digest()).decode()


def at(host: str, path: str) -> str:
    """A URL spelt in another way."""
    return host + "/node6000/" + path


GH, GHG = "%E5%B7%A5%E4%BC%9A", "%B9%A4%BB%E1"  # 工会 in UTF-8, in GBK
U1, U2, U3 = (f"node6056/node6501/userobject1ai{n}.html" for n in (1, 2, 3))
D2 = digest_of("the bytes of userobject1ai2")
ROWS: list[Row] = [
    # one page in every spelling
    row("plain", "page", U1),
    row("port-80", "same", U1, original=at(HOST + ":80", U1), timestamp="20060513000000"),
    row("https", "same", U1, original=at("https://nianjian.cangpu.example", U1), timestamp="20060514000000"),
    row("https-port-443", "same", U1, original=at(HOST.replace("p:", "ps:") + ":443", U1), timestamp="20060515000000"),
    row("www", "same", U1, original=at("http://www.nianjian.cangpu.example", U1), timestamp="20060516000000"),
    row("www-port-80", "same", U1, original=at(f"http://{HOSTS[1]}:80", U1), timestamp="20060517000000"),
    row("https-www", "same", U1, original=at("https://www.nianjian.cangpu.example", U1), timestamp="20060518000000"),
    row("upper-host", "same", U1, original=at("http://NianJian.CANGPU.example", U1), timestamp="20060519000000"),
    row("upper-scheme", "same", U1, original=at("HTTP://nianjian.cangpu.example", U1), timestamp="20060520000000"),
    row("dot-host", "same", U1, original=at(HOST + ".", U1), timestamp="20060521000000"),
    row("dot-host-port", "same", U1, original=at(HOST + ".:80", U1), timestamp="20060522000000"),
    row("fragment", "same", U1, original=PREFIX + U1 + "#top", timestamp="20060523000000"),
    row("empty-query", "same", U1, original=PREFIX + U1 + "?", timestamp="20060524000000"),
    row("dot-segments", "same", U1, original=HOST + "/x/../node6000/./" + U1, timestamp="20060525000000"),
    row("encoded-letters", "same", U1, original=PREFIX + U1.replace("user", "%75ser"), timestamp="20060526000000"),
    row("spaces-round", "same", U1, original=f" {PREFIX}{U1} ", timestamp="20060527000000"),
    row("repeat-of-plain", "repeated", "", **row("plain", "page", U1).cdx),
    # pages first seen under another spelling
    row("only-port-80", "page", "node6056/a.html", original=at(HOST + ":80", "node6056/a.html")),
    row("only-https", "page", "node6056/b.html", original=at("https://nianjian.cangpu.example", "node6056/b.html")),
    row("only-www", "page", "node6056/c.html", original=at("http://www.nianjian.cangpu.example", "node6056/c.html")),
    row("only-dot-host", "page", "node6056/d.html", original=at("http://NIANJIAN.cangpu.example.", "node6056/d.html")),
    row("tilde-encoded", "page", "~wang/a.html", original=PREFIX + "%7Ewang/a.html"),
    row("tilde-lower-hex", "same", "~wang/a.html", original=PREFIX + "%7ewang/a.html", timestamp="20060601000000"),
    row("tilde-plain", "same", "~wang/a.html", timestamp="20060602000000"),
    row("prefix-itself", "page", ""),
    row("space-inside", "page", "a%20b.html", original=PREFIX + "a b.html"),
    row("space-encoded", "same", "a%20b.html", timestamp="20060603000000"),
    row("chinese-raw", "page", GH + ".html", original=PREFIX + "工会.html"),
    row("chinese-encoded", "same", GH + ".html", original=PREFIX + GH.lower() + ".html", timestamp="20060604000000"),
    row("chinese-gbk-path", "page", GHG + ".html", original=PREFIX + GHG.lower() + ".html"),
    row("gbk-query", "page", f"list.asp?key={GHG}", original=f"{PREFIX}list.asp?key={GHG.lower()}"),
    row("other-query", "page", f"list.asp?key={GH}"),
    row("path-case-differs", "page", U1.upper(), original=PREFIX + U1.upper()),
    # kinds
    row("mime-upper", "page", "m/1.html", mimetype="TEXT/HTML"),
    row("mime-charset", "page", "m/2.html", mimetype="text/html; charset=gb2312"),
    row("mime-charset-no-space", "page", "m/3.html", mimetype="Text/Html;charset=GBK"),
    row("mime-xhtml", "page", "m/4.html", mimetype="application/xhtml+xml"),
    row("mime-unk", "page", "m/5.html", mimetype="unk"),
    row("mime-dash", "page", "m/6.html", mimetype="-"),
    row("mime-empty", "page", "m/7.html", mimetype=""),
    row("mime-missing", "page", "m/8.html", mimetype=None),
    row("mime-unknown-word", "page", "m/9", mimetype="application/unknown", also="not-html"),
    row("mime-image", "not-html", "m/1.gif", mimetype="image/gif"),
    row("mime-image-upper", "not-html", "m/1.jpg", mimetype="IMAGE/JPEG"),
    row("mime-css", "not-html", "m/1.css", mimetype="text/css"),
    row("mime-script", "not-html", "m/1.js", mimetype="application/x-javascript; charset=gb2312"),
    row("mime-pdf", "not-html", "m/1.pdf", mimetype="application/pdf"),
    # states
    row("status-dash", "page", "s/1.html", statuscode="-"),
    row("status-empty", "page", "s/2.html", statuscode=""),
    row("status-missing", "page", "s/3.html", statuscode=None),
    row("status-word", "page", "s/4.html", also="status", statuscode="OK"),
    row("status-301", "status", "s/5.html", statuscode="301"),
    row("status-302", "status", "s/6.html", statuscode="302"),
    row("status-404", "status", "s/7.html", statuscode="404"),
    row("status-503", "status", "s/8.html", statuscode="503"),
    row("status-404-of-held-page", "status", U1, statuscode="404", timestamp="20060701000000"),
    # revisits: captures of their URL, whoever has the bytes
    row("revisited", "page", U2, digest=D2),
    row("revisit-same-url", "same", U2, mimetype="warc/revisit", statuscode="-", digest=D2, timestamp="20070101000000"),
    row("revisit-upper", "same", U2, mimetype="WARC/Revisit", statuscode="200", digest=D2, timestamp="20070201000000"),
    row("revisit-of-other-url", "page", U3, mimetype="warc/revisit", statuscode="-", digest=D2),
    row("revisit-alone", "page", "r/1.html", mimetype="warc/revisit", statuscode="-"),
    row("revisit-other-digest", "same", U1, mimetype="warc/revisit", statuscode="-", timestamp="20070301000000"),
    # times
    row("time-last-second", "page", "t/1.html", timestamp=UNTIL),
    row("time-after", "after-until", "t/2.html", timestamp="20110101000000"),
    row("time-after-of-held-page", "after-until", U1, timestamp="20150101000000"),
    row("time-year-only", "page", "t/3.html", also="no-time", timestamp="2006"),
    row("time-17-digits", "page", "t/4.html", also="no-time", timestamp="20060512093000123"),
    row("time-letters", "no-time", "t/5.html", timestamp="2006051209300x"),
    row("time-month-13", "no-time", "t/6.html", timestamp="20061312093000"),
    row("time-february-30", "no-time", "t/7.html", timestamp="20060230093000"),
    row("time-zero", "no-time", "t/8.html", timestamp="00000000000000"),
    row("time-full-width", "no-time", "t/9.html", timestamp="２００６０５１２０９３０００"),
    row("time-empty", "no-time", "t/10.html", timestamp=""),
    row("time-missing", "no-time", "t/11.html", timestamp=None),
    # places
    row("look-alike-node60001", "elsewhere", "", original=HOST + "/node60001/a.html"),
    row("no-last-slash", "elsewhere", "", original=HOST + "/node6000"),
    row("no-last-slash-html", "elsewhere", "", original=HOST + "/node6000.html"),
    row("upper-path", "elsewhere", "", original=HOST + "/NODE6000/a.html"),
    row("other-section", "elsewhere", "", original=HOST + "/node6001/a.html"),
    row("dots-out", "elsewhere", "", original=PREFIX + "../node6001/a.html"),
    row("in-query", "elsewhere", "", original=HOST + "/go.asp?u=/node6000/a.html"),
    row("other-host", "elsewhere", "", original=at("http://www2.nianjian.cangpu.example", "a.html")),
    row("host-look-alike", "elsewhere", "", original=at(HOST + ".evil.example", "a.html")),
    row("host-in-userinfo", "elsewhere", "", original=at(HOST + "@evil.example", "a.html")),
    row("other-port", "elsewhere", "", original=at(HOST + ":8080", "a.html")),
    row("ftp", "elsewhere", "", original=at("ftp://nianjian.cangpu.example", "a.html")),
    row("url-empty", "no-url", "", original=""),
    row("url-missing", "no-url", "", original=None),
    row("url-dash", "no-url", "", original="-"),
    row("url-broken", "no-url", "", original="http://[/node6000/a.html"),
    row("digest-missing", "page", "o/1.html", digest=None),
    row("length-missing", "page", "o/2.html", length=None),
    row("length-dash", "page", "o/3.html", length="-"),
]


def answer_wayback(rows: list[Row]) -> bytes:
    """The rows as Wayback's output=json: one array of arrays with a head row; a missing field is null."""
    table: list[list[str | None]] = [list(FIELDS), *([each.cdx.get(key) for key in FIELDS] for each in rows)]
    return json.dumps(table).encode()


def answer_pywb(rows: list[Row]) -> bytes:
    """The rows as pywb's output=json: one object a line, with its own names; a missing field is left out."""
    names = {"original": "url", "statuscode": "status", "mimetype": "mime"}
    lines = (json.dumps({names.get(key, key): value for key, value in each.cdx.items()}) for each in rows)
    return "".join(line + "\n" for line in lines).encode()


THREE = [row(f"three-{n}", "page", f"b/{n}.html") for n in (1, 2, 3)]
TABLE, LINES = answer_wayback(THREE), answer_pywb(THREE)
FIRST, SECOND, THIRD = LINES.splitlines(keepends=True)
NUMBERS = [[*FIELDS], [PREFIX + "b/1.html", 20060512093000, 200, "text/html", "SHA1", 2911]]
NESTED = [[*FIELDS], [{"a": [PREFIX]}, ["20060512093000"], None, True, 1.5, {}], json.loads(TABLE)[1]]
DEEP = b"[" * 100_000 + b"]" * 100_000
HTML = "<html><title>暂时无法访问</title><body>请稍后再试。</body></html>"
BROKEN: list[tuple[str, bytes, str]] = [  # name, answer, what must become of it
    ("cut-off-table", TABLE[:-40], "loss named: cut off; its whole rows 1 and 2 may be taken"),
    ("cut-off-lines", LINES[:-40], "pages 1 and 2; the last line counted as broken; loss named"),
    ("html-page", HTML.encode(), "loss named: no CDX answer; not an empty result"),
    ("html-page-gbk", HTML.encode("gbk"), "loss named: no CDX answer; not an empty result"),
    ("empty", b"", "no captures: no page, no loss, said as such"),
    ("empty-table", b"[]\n", "no captures: no page, no loss, said as such"),
    ("head-only", json.dumps([FIELDS]).encode(), "no captures: no page, no loss, said as such"),
    ("broken-line-in-middle", FIRST + b'{"url": "http://nian\n' + SECOND + THIRD,
     "pages 1, 2, 3; one broken line counted"),
    ("blank-lines", FIRST + b"\n\n" + SECOND + b"\r\n" + THIRD, "pages 1, 2, 3; nothing counted"),
    ("line-of-other-type", FIRST + b"17\n[1]\nnull\n" + THIRD, "pages 1 and 3; three broken lines counted"),
    ("bad-utf8-line", FIRST + b'{"url": "\xb9\xa4"}\n' + THIRD, "pages 1 and 3; one line counted"),
    ("head-row-missing", json.dumps(json.loads(TABLE)[1:]).encode(), "loss named: no head row; nothing guessed"),
    ("head-row-other-order", json.dumps([r[::-1] for r in json.loads(TABLE)]).encode(), "pages 1, 2, 3"),
    ("head-row-extra-field", json.dumps([["urlkey", *r] for r in json.loads(TABLE)]).encode(), "pages 1, 2, 3"),
    ("row-too-short", json.dumps([*json.loads(TABLE), [PREFIX]]).encode(), "pages 1, 2, 3; one row counted (no-time)"),
    ("row-too-long", json.dumps([*json.loads(TABLE), ["x"] * 9]).encode(), "pages 1, 2, 3; one row counted"),
    ("numbers", json.dumps(NUMBERS).encode(), "page 1: a number is its digits"),
    ("nested", json.dumps(NESTED).encode(), "page 1; one row counted (no-url)"),
    ("object", b'{"error": "too many requests"}', "loss named: no CDX answer (or one row counted, no-url)"),
    ("deep", DEEP, "loss named in one line, no traceback"),
    ("deep-line", FIRST + DEEP + b"\n" + THIRD, "pages 1 and 3; one broken line counted"),
    ("huge-number", b'[["original","timestamp"],["x",' + b"9" * 5000 + b"]]", "one row counted, or refused"),
    ("bom", b"\xef\xbb\xbf" + TABLE, "pages 1, 2, 3"),
]  # fmt: skip
