"""Pages and redirects with the URLs that a crawl must ask for: data for tests, knows no product code."""

import re
from dataclasses import dataclass

HOST = "http://nianjian.cangpu.example"
SCOPE = HOST + "/node6000/"
AT = SCOPE + "node6056/node6501/index.html"  # the page of every LinkCase
HERE = SCOPE + "node6056/node6501/"


@dataclass(frozen=True)
class LinkCase:
    """A page, what must be asked for from it, what must not; also = (wanted URL, one that is as good)."""

    name: str
    page_url: str
    page_bytes: bytes
    followed: tuple[str, ...]
    not_followed: tuple[str, ...]
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RedirectCase:
    """A Location (a newline parts several header fields) and the canonical URL to ask next, "" for none."""

    name: str
    from_url: str
    location: bytes
    right: str


PAGE = (
    "<html><head>{head}<title>目录</title></head><body>\n<table><tr><td>当前位置：<a href='/index.html'>首页</a> "
    "&gt;&gt;<font>2005年鉴综合</font></td></tr>\n<tr><td align=center>" + "-" * 77 + "</td></tr>\n"
    "<tr><td class=f14>{body}</td></tr>\n<tr><td align=center>[关闭窗口]</td></tr></table></body></html>"
)
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
NAMES = {"gb18030": "gb2312", "utf-8": "utf-8"}


def full(urls: str) -> tuple[str, ...]:
    """URLs written short: "/x" is on the host, "x" is beside the page."""
    return tuple(u if "://" in u else HOST + u if u[0] == "/" else HERE + u for u in urls.split())


def links(name: str, body: str, follow: str = "", avoid: str = "", head: str = "", code: str = "gb18030",
          said: bool = True, also: str = "") -> LinkCase:  # fmt: skip
    """A page of the yearbook with these links in its body."""
    text = PAGE.format(head=(META.format(NAMES[code]) if said else "") + head, body=body)
    pairs = tuple(tuple(full(pair.replace("=>", " "))) for pair in also.split())
    return LinkCase(name, AT, text.encode(code), full(follow), full(avoid), pairs)


def a(*hrefs: str) -> str:
    """Anchors with these href values, in double quotes."""
    return "<br>".join(f'<a href="{href}">条目</a>' for href in hrefs)


U = "utf-8"
GH, GHG = "%E5%B7%A5%E4%BC%9A", "%B9%A4%BB%E1"  # 工会 in UTF-8, in GBK
LINKS = [
    links("path-raw-gbk", a("工会.html", "职工/信访(1).html"),
          f"{GH}.html %E8%81%8C%E5%B7%A5/%E4%BF%A1%E8%AE%BF(1).html", f"{GHG}.html"),
    links("path-raw-gbk-undeclared", a("工会.html"), f"{GH}.html", f"{GHG}.html", said=False),
    links("path-raw-utf8", a("工会.html"), f"{GH}.html", f"{GHG}.html", code=U),
    links("path-raw-utf8-undeclared", a("工会.html"), f"{GH}.html", code=U, said=False),
    links("path-encoded-gbk", a(f"{GHG}.html"), f"{GHG}.html", f"{GH}.html"),
    links("path-encoded-utf8-in-gbk", a(f"{GH}.html"), f"{GH}.html", f"{GHG}.html"),
    links("path-encoded-lower-hex", a("%b9%a4%bb%e1.html", "%e5%b7%a5.html"), f"{GHG}.html %E5%B7%A5.html"),
    links("path-encoded-unreserved", a("%7Ewang/%61%2D%5f.html", "~li/b.html"), "~wang/a-_.html ~li/b.html"),
    links("path-encoded-reserved-stays", a("a%2Fb.html", "c%3Fd.html", "e%23.html", "f%25.html"),
          "a%2Fb.html c%3Fd.html e%23.html f%25.html", "a/b.html c?d.html"),
    links("path-gbk-trail-5c-7c", a("乗.html", "亅.html", "亇.html"), "%E4%B9%97.html %E4%BA%85.html %E4%BA%87.html",
          "%81/.html"),
    links("path-four-byte-gb", a("王𠮷.html", "㛃.html"), "%E7%8E%8B%F0%A0%AE%B7.html %E3%9B%83.html"),
    links("path-numeric-reference", a("&#24037;&#x4F1A;.html", "&#x5de5;.html"), f"{GH}.html %E5%B7%A5.html"),
    links("path-folder-chinese", a("信访/", "./信访/a.html"), "%E4%BF%A1%E8%AE%BF/ %E4%BF%A1%E8%AE%BF/a.html"),
    links("path-dots", a("../node6502/a.html", "./b.html", "%2e%2E/c.html", "../../../../d.html"),
          "/node6000/node6056/node6502/a.html b.html /node6000/node6056/c.html", "/d.html"),
    links("query-raw-gbk", a("list.asp?key=工会", "?key=信访"), f"list.asp?key={GHG} index.html?key=%D0%C5%B7%C3",
          f"list.asp?key={GH}"),
    links("query-raw-utf8", a("list.asp?key=工会"), f"list.asp?key={GH}", f"list.asp?key={GHG}", code=U),
    links("query-and-path-gbk", a("工会.asp?key=工会"), f"{GH}.asp?key={GHG}"),
    links("query-encoded", a(f"l.asp?k={GHG}", f"m.asp?k={GH}", "n.asp?k=%b9%a4&k=工"),
          f"l.asp?k={GHG} m.asp?k={GH} n.asp?k=%B9%A4&k=%B9%A4"),
    links("query-not-in-gbk", a("l.asp?k=𠮷", "m.asp?k=€"), "l.asp?k=%26%23134071%3B m.asp?k=%80"),
    links("query-entities", a("l.asp?a=1&amp;b=2", "l.asp?a=1&#38;b=3", "l.asp?a=1&b=4", "l.asp?k=&#24037;"),
          "l.asp?a=1&b=2 l.asp?a=1&b=3 l.asp?a=1&b=4 l.asp?k=%B9%A4", "l.asp?a=1&amp;b=2"),
    links("query-names-like-entities", a("l.asp?id=1&section=2", "l.asp?id=1&copy=2", "l.asp?a=1&reg=3&para=4"),
          "l.asp?id=1&section=2 l.asp?id=1&copy=2 l.asp?a=1&reg=3&para=4", "l.asp?id=1%C2%A7ion=2"),
    links("query-empty-and-fragment", a("b.html?", "c.html#top", "d.html?#x", "e.asp?a=1#段", "#top"),
          "b.html c.html d.html e.asp?a=1", "b.html? c.html#top d.html?"),
    links("space-round", a(" b.html ", "\n\tc.html\n", "\x0c d.html \x0c"), "b.html c.html d.html",
          "%20b.html b.html%20"),
    links("space-newline-inside", a("user\nobject1.html", "user\tobject2.html", "user\r\nobject3.html"),
          "userobject1.html userobject2.html userobject3.html", "user"),
    links("space-inside", a("工会 概况.html", "a b.asp?k=c d"), f"{GH}%20%E6%A6%82%E5%86%B5.html a%20b.asp?k=c%20d"),
    links("space-ideographic-stays", a("　工.html", "l.asp?k=工　会"),
          "%E3%80%80%E5%B7%A5.html l.asp?k=%B9%A4%A1%A1%BB%E1"),
    links("quotes", "<a href=b.html>b</a><a href='c.html'>c</a><A\nHREF = \"d.html\">d</A>"
          "<a target=_top href=工.html>e</a>", "b.html c.html d.html %E5%B7%A5.html"),
    links("backslash", a(r"..\node6502\b.html", r"sub\c.html", r"\node6000\d.html", r"e.asp?f=a\b"),
          r"/node6000/node6056/node6502/b.html sub/c.html /node6000/d.html e.asp?f=a\b",
          also=r"e.asp?f=a\b=>e.asp?f=a%5Cb"),
    links("host-spellings", a(HOST + ":80/node6000/b.html", "HTTP://NianJian.CangPu.Example/node6000/c.html",
          "//nianjian.cangpu.example/node6000/d.html", "http:e.html", "http:/node6000/f.html"),
          "/node6000/b.html /node6000/c.html /node6000/d.html e.html /node6000/f.html"),
    links("host-https-and-dot", a("https://nianjian.cangpu.example/node6000/b.html", HOST + "./node6000/c.html"),
          "/node6000/b.html /node6000/c.html",
          also="/node6000/b.html=>https://nianjian.cangpu.example/node6000/b.html "
               f"/node6000/c.html=>{HOST}./node6000/c.html"),
    links("outside", a("/index.html", "/node60001/b.html", "/node6000", "http://other.example/node6000/c.html",
          HOST + ":8080/node6000/d.html", "/NODE6000/e.html", HOST + ".evil.example/node6000/f.html"), "",
          f"/index.html /node60001/b.html /node6000 http://other.example/node6000/c.html {HOST}:8080/node6000/d.html "
          f"/NODE6000/e.html {HOST}.evil.example/node6000/f.html"),
    links("no-page-schemes", a("javascript:open('b.html')", "mailto:c.html@x.example", "data:text/html,d.html",
          "JaVaScRiPt:e.html", "java\nscript:f.html", "ftp://nianjian.cangpu.example/node6000/g.html", "about:blank"),
          "", "b.html c.html d.html e.html f.html /node6000/g.html"),
    links("bad-urls-beside-good", a("http://[/b.html", "http://a:b:c/d.html", "http://%00/", "c.html", "工会.html"),
          f"c.html {GH}.html"),
    links("no-links", '<a name="b.html">x</a><a>y</a><form action="c.asp"><option value="d.html"></form><!-- '
          + a("e.html") + " --><link rel=next href=f.html><span onclick=\"window.open('g.html')\">详细</span>"
          "<script>document.write('<a href=\"h.html\">h</a>')</script><textarea><a href=i.html></textarea>",
          "", "b.html c.asp d.html e.html f.html g.html h.html i.html"),
    links("onclick-beside-href", '<a href="b.html" onclick="window.open(\'c.html\')">x</a>', "b.html", "c.html"),
    links("area", '<map name=m><area href="b.html" shape=rect><AREA HREF=工.html></map>', "b.html %E5%B7%A5.html"),
    links("area-nohref-and-cell", '<table><tr><td><map name=m><area nohref><area href="c.html"></map></td></tr>'
          "</table>", "c.html"),
    links("iframe", '<iframe src="b.html"></iframe><iframe src="about:blank"></iframe><IFRAME SRC=../c.html></IFRAME>',
          "b.html /node6000/node6056/c.html"),
    links("area-iframe-outside-scope", '<map><area href="/b.html"></map><iframe src="http://ad.example/c.html"></iframe>',
          "", "/b.html http://ad.example/c.html"),
]  # fmt: skip


def frames(name: str, text: str, follow: str, avoid: str = "", code: str = "gb18030") -> LinkCase:
    """A page that is only a frame set."""
    text = f"<html><head>{META.format(NAMES[code])}</head>{text}</html>"
    return LinkCase(name, AT, text.encode(code), full(follow), full(avoid))


LINKS += [
    frames("frameset", '<frameset cols="20%,*"><frame src="left.html"><frame src="main.html"></frameset>',
           "left.html main.html"),
    frames("frameset-nested", '<frameset rows="9,*"><frame src=top.html><frameset cols="9,*"><frame src="目录.html">'
           '<FRAME SRC="../main.asp?k=工会"></frameset></frameset>',
           f"top.html %E7%9B%AE%E5%BD%95.html /node6000/node6056/main.asp?k={GHG}"),
    frames("frameset-base", '<base href="/node6000/f/"><frameset><frame src="a.html"></frameset>',
           "/node6000/f/a.html", "a.html"),
    frames("frameset-outside", '<frameset><frame src="/ad.html"><frame src="a.html"></frameset>', "a.html", "/ad.html"),
]  # fmt: skip
UP = "/node6000/node6056/"
BASES = [  # name, head, followed for href="b.html", avoided
    ("relative", '<base href="../node6600/">', UP + "node6600/b.html", "b.html"),
    ("absolute", f'<base href="{SCOPE}">', "/node6000/b.html", "b.html"),
    ("path-absolute", '<base href="/node6000/x/">', "/node6000/x/b.html", "b.html"),
    ("other-host", '<base href="http://other.example/node6000/">', "", "b.html http://other.example/node6000/b.html"),
    ("two-first-counts", '<base href="../a/"><base href="../c/">', UP + "a/b.html", UP + "c/b.html"),
    ("target-then-href", '<base target=_blank><base href="../c/">', UP + "c/b.html", "b.html"),
    ("target-only", "<base target=_blank>", "b.html", ""),
    ("empty", '<base href="">', "b.html", ""),
    ("chinese", '<base href="/node6000/信访/">', "/node6000/%E4%BF%A1%E8%AE%BF/b.html", "b.html"),
    ("encoded-gbk", '<base href="/node6000/%d0%c5/">', "/node6000/%D0%C5/b.html", "b.html"),
    ("file-name", '<base href="/node6000/x/index.html">', "/node6000/x/b.html", "/node6000/x/index.html/b.html"),
    ("no-last-slash", '<base href="/node6000/x">', "/node6000/b.html", "/node6000/x/b.html"),
    ("upper-case", '<BASE HREF="../C/" TARGET=_top>', UP + "C/b.html", "b.html"),
    ("javascript", '<base href="javascript:void(0)">', "b.html", ""),
    ("data", '<base href="data:text/html,x">', "b.html", ""),
    ("unparsable", '<base href="http://[/">', "b.html", ""),
    ("bad-first-still-first", '<base href="data:,x"><base href="../c/">', "b.html", UP + "c/b.html"),
    ("in-comment", '<!-- <base href="../c/"> -->', "b.html", UP + "c/b.html"),
    ("spaces-and-port", f'<base href=" {HOST}:80/node6000/x/ ">', "/node6000/x/b.html", "b.html"),
    ("protocol-relative", '<base href="//nianjian.cangpu.example/node6000/x/">', "/node6000/x/b.html", "b.html"),
    ("backslashes", r'<base href="..\c\">', UP + "c/b.html", "b.html"),
]
LINKS += [links("base-" + name, a("b.html"), yes, no, head=head) for name, head, yes, no in BASES]
LINKS += [
    links("base-after-links", a("b.html") + '<base href="../c/">' + a("d.html"), f"{UP}c/b.html {UP}c/d.html",
          "b.html"),
    links("base-and-absolute-link", a("/node6000/b.html", SCOPE + "c.html"), "/node6000/b.html /node6000/c.html", "",
          head='<base href="/node6000/x/">'),
    links("base-other-host-absolute-link", a("b.html", SCOPE + "c.html"), "/node6000/c.html", "b.html",
          head='<base href="http://other.example/">'),
    links("base-iframe-area", '<iframe src=b.html></iframe><map><area href=c.html></map>', f"{UP}d/b.html {UP}d/c.html",
          "b.html c.html", head='<base href="../d/">'),
    links("base-and-refresh", "", UP + "d/b.html", "b.html",
          head='<base href="../d/"><meta http-equiv=refresh content="0;url=b.html">'),
    links("base-query", a("?k=工", "b.html"), f"{UP}l.asp?k=%B9%A4 {UP}b.html", "", head='<base href="../l.asp?k=1">'),
]  # fmt: skip
REFRESH = {  # content of the meta element -> followed
    "0;URL=b.html": "b.html", "0; url=b.html": "b.html", "5;url='b.html'": "b.html", "0;b.html": "b.html",
    "0,url=b.html": "b.html", "0 url=b.html": "b.html", " 0 ; Url = b.html": "b.html", "5.5;url=b.html": "b.html",
    ".5;url=b.html": "b.html", "0;url='b.html": "b.html", "0;url='b.html' x": "b.html", "0; 'b.html'": "b.html",
    "0;url=工会.html": f"{GH}.html", "0;url=l.asp?k=工": "l.asp?k=%B9%A4", "0\n;\nurl=b.html": "b.html",
    "0;urlb.html": "urlb.html", "0;uri=b.html": "uri=b.html", "0;url=b.html?": "b.html", "0;;url=b.html": ";url=b.html",
    "3;url=&quot;b.html&quot;": "b.html", "3;url=/node6000/b.html#t": "/node6000/b.html", "0,,b.html": ",b.html",
    "0url=b.html": "", "url=b.html": "", "-1;url=b.html": "", "+0;url=b.html": "", ";url=b.html": "", "": "", "0": "",
    "0;url=javascript:b.html": "", "0;url=/b.html": "", "0:url=b.html": "", "x;url=b.html": "",
}  # fmt: skip
LINKS += [
    links("refresh-" + (re.sub(r"\s", "_", content) or "empty"), "", yes, "" if yes == "b.html" else "b.html",
          head=f'<meta http-equiv="refresh" content="{content}">')
    for content, yes in REFRESH.items()
] + [
    links("refresh-in-body", '<META HTTP-EQUIV=REFRESH CONTENT="0;URL=b.html">', "b.html"),
    links("refresh-content-first", "", "b.html", head="<meta content='1; url=\"b.html\"' http-equiv='Refresh'/>"),
    links("refresh-name-only", "", "", "b.html", head='<meta name="refresh" content="0;url=b.html">'),
    links("refresh-in-comment", '<!-- <meta http-equiv="refresh" content="0;url=b.html"> -->', "", "b.html"),
]  # fmt: skip
LOCATIONS: list[tuple[str, bytes, str]] = [
    ("absolute", SCOPE.encode() + b"b.html", "/node6000/b.html"), ("relative", b"b.html", "b.html"),
    ("path-absolute", b"/node6000/b.html", "/node6000/b.html"), ("up", b"../b.html", UP + "b.html"),
    ("protocol-relative", b"//nianjian.cangpu.example/node6000/b.html", "/node6000/b.html"),
    ("host-upper-and-port", b"HTTP://NIANJIAN.CANGPU.EXAMPLE:80/node6000/b.html", "/node6000/b.html"),
    ("gbk-path", "/node6000/工会.html".encode("gbk"), f"/node6000/{GHG}.html"),
    ("gbk-relative", "信访/工会.html".encode("gbk"), f"%D0%C5%B7%C3/{GHG}.html"),
    ("gbk-query", "l.asp?k=工会".encode("gbk"), f"l.asp?k={GHG}"),
    ("gbk-absolute", (SCOPE + "工会/").encode("gbk"), f"/node6000/{GHG}/"),
    ("gbk-valid-as-utf8", "学习.html".encode("gbk"), "%D1%A7%CF%B0.html"),
    ("utf8-path", "/node6000/工会.html".encode(), f"/node6000/{GH}.html"),
    ("utf8-query", "l.asp?k=工会".encode(), f"l.asp?k={GH}"),
    ("utf8-path-gbk-query", "工会.asp?k=".encode() + "工会".encode("gbk"), f"{GH}.asp?k={GHG}"),
    ("encoded-gbk-lower", b"%b9%a4%bb%e1.html", f"{GHG}.html"), ("encoded-utf8", f"{GH}.html".encode(), f"{GH}.html"),
    ("encoded-unreserved", b"%7Ewang/%61.html", "~wang/a.html"), ("space-inside", b"a b.html", "a%20b.html"),
    ("space-round", b" \tb.html \t", "b.html"), ("fragment", b"b.html#top", "b.html"),
    ("question", b"b.html?", "b.html"),
    ("fragment-gbk", "b.html#工".encode("gbk"), "b.html"), ("query-only", b"?page=2", "index.html?page=2"),
    ("backslash", rb"..\b.html", UP + "b.html"), ("dots", b"./x/../b.html", "b.html"), ("empty", b"", ""),
    ("spaces-only", b"  ", ""), ("two-different", b"b.html\nc.html", ""), ("two-same", b"b.html\nb.html", "b.html"),
    ("javascript", b"javascript:b.html", ""), ("mailto", b"mailto:w@cangpu.example", ""),
    ("bad-host", b"http://[/", ""),
    ("ftp", b"ftp://nianjian.cangpu.example/node6000/b.html", ""), ("comma-is-path", b"b,c.html", "b,c.html"),
]  # fmt: skip
REDIRECTS = [RedirectCase(n, AT, sent, full(to)[0] if to else "") for n, sent, to in LOCATIONS]
