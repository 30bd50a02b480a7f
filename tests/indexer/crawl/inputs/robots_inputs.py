"""Answers at /robots.txt with what they allow and forbid: data for tests, knows no product code."""

import gzip
from dataclasses import dataclass

SCOPE = "http://nianjian.cangpu.example/node6000/"
GH, GHG = "%E5%B7%A5%E4%BC%9A", "%B9%A4%BB%E1"  # 工会 in UTF-8, in GBK


@dataclass(frozen=True)
class RobotsCase:
    """Answers in order from /robots.txt on; outcome is "rules", "allow-all" or "nothing-asked"."""

    name: str
    answers: list[tuple[int, dict[str, str], bytes]]
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...]
    outcome: str


RULES = "User-agent: *\nDisallow: /node6000/private/\nAllow: /node6000/private/open.html\n"
YES = (SCOPE + "b.html", SCOPE + "private/open.html")
NO = (SCOPE + "private/a.html",)


def robots(name: str, body: bytes, yes: tuple[str, ...] = YES, no: tuple[str, ...] = NO, outcome: str = "rules",
           **headers: str) -> RobotsCase:  # fmt: skip
    """robots.txt answered at once with status 200."""
    return RobotsCase(name, [(200, {k.replace("_", "-"): v for k, v in headers.items()}, body)], yes, no, outcome)


def hops(name: str, count: int, last: tuple[int, dict[str, str], bytes], outcome: str, to: str = "/r") -> RobotsCase:
    """robots.txt behind redirects."""
    via = [((301, 302, 303, 307, 308)[n % 5], {"Location": to.format(n)}, b"moved") for n in range(count)]
    yes, no = {"rules": (YES, NO), "allow-all": (YES + NO, ()), "nothing-asked": ((), YES + NO)}[outcome]
    return RobotsCase(name, [*via, last], yes, no, outcome)


def paths(name: str, rules: str, yes: str, no: str, code: str = "utf-8") -> RobotsCase:
    """Rules for every robot, and paths below the scope."""
    body = ("User-agent: *\n" + rules).encode(code)
    return robots(name, body, *(tuple(SCOPE + p for p in text.split()) for text in (yes, no)))


GOOD = (200, {"Content-Type": "text/plain"}, RULES.encode())
HTML = "<html><title>找不到</title><body>Disallow: /<br>\nDisallow: /\n<p>页面不存在</body></html>"
ALL = YES + NO
ROBOTS = [
    robots("plain", RULES.encode()), robots("bom", b"\xef\xbb\xbf" + RULES.encode()),
    robots("utf16-le", b"\xff\xfe" + RULES.encode("utf-16-le")),
    robots("utf16-be", b"\xfe\xff" + RULES.encode("utf-16-be")),
    robots("utf16-le-crlf-chinese", ("\ufeff# 工会\r\n" + RULES.replace("\n", "\r\n")).encode("utf-16-le")),
    robots("gbk-comments", ("# 沧浦年鉴的规则\n" + RULES.replace("\nAllow", " # 不公开\nAllow")).encode("gbk")),
    robots("cr", RULES.replace("\n", "\r").encode()), robots("crlf", RULES.replace("\n", "\r\n").encode()),
    robots("no-last-newline", RULES.rstrip().encode()), robots("blank-lines", ("\n\n" + RULES).encode()),
    robots("blank-inside-group", RULES.replace("\n", "\n\n").encode()),
    robots("case-and-spaces", RULES.replace("User-agent: *", "USER-AGENT :  * ").replace("Dis", " DIS").encode()),
    robots("other-robots-group", ("User-agent: OtherSpider\nDisallow: /\n\n" + RULES).encode()),
    robots("group-split", b"User-agent: *\nDisallow: /x/\n\nUser-agent: Other\nDisallow: /\n\n" + RULES.encode()),
    robots("shared-group", ("User-agent: OtherSpider\n" + RULES).encode()),
    robots("garbage-lines", b"\xff\xb9\xa4\n:::\nDisallow\n" + RULES.encode() + b"Sitemap: /s.xml\nCrawl-delay: x\n"),
    robots("gzip", gzip.compress(RULES.encode(), mtime=0), Content_Encoding="gzip"),
    robots("nul-padding", RULES.encode() + bytes(300)), robots("nul-in-comment", b"# a\0b\n" + RULES.encode()),
    robots("long-comment", b"#" + b"x" * 200_000 + b"\n" + RULES.encode()),
    robots("long-rule-first", RULES.replace("*\n", "*\nDisallow: /" + "y" * 100_000 + "\n").encode()),
    robots("empty", b"", ALL, (), "allow-all"), robots("html-soft-404", HTML.encode("gbk"), ALL, (), "allow-all"),
    robots("html-with-bom", b"\xef\xbb\xbf" + HTML.encode(), ALL, (), "allow-all"),
    robots("empty-disallow", b"User-agent: *\nDisallow:\n", ALL, ()),
    robots("rules-without-group", b"Disallow: /\n", ALL, (), "allow-all"),
    robots("all-forbidden", b"User-agent: *\nDisallow: /\n", (), ALL),
    paths("longest-wins", "Disallow: /node6000/a\nAllow: /node6000/ab\n", "b ab", "a ac"),
    paths("tie-allows", "Disallow: /node6000/a\nAllow: /node6000/a\n", "a b", ""),
    paths("star-and-end", "Disallow: /*.asp$\nDisallow: /*?print=\n", "b.html a.asp?x=1", "a.asp b.html?print=1"),
    paths("tilde", "Disallow: /node6000/%7Ewang/\n", "b.html", "~wang/a.html"),
    paths("chinese-raw-utf8", "Disallow: /node6000/工会/\n", "b.html", f"{GH}/a.html"),
    paths("chinese-encoded-utf8", f"Disallow: /node6000/{GH}/\n", f"b.html {GHG}/a.html", f"{GH}/a.html"),
    paths("chinese-encoded-lower", f"Disallow: /node6000/{GH.lower()}/\n", "b.html", f"{GH}/a.html"),
    paths("chinese-raw-gbk", "Disallow: /node6000/工会/\n", "b.html", f"{GHG}/a.html", "gbk"),
    *(hops(f"redirects-{n}", n, GOOD, "rules", "/r{}.txt") for n in range(1, 6)),
    hops("redirects-6", 6, GOOD, "allow-all", "/r{}.txt"),
    hops("redirect-loop", 20, GOOD, "allow-all", "/robots.txt"),
    hops("redirect-other-host", 1, GOOD, "rules", "http://other.example/robots.txt"),
    hops("redirect-to-404", 1, (404, {}, b""), "allow-all"),
    hops("redirect-to-503", 1, (503, {}, b""), "nothing-asked"),
    hops("redirect-to-home-page", 1, (200, {"Content-Type": "text/html"}, HTML.encode()), "allow-all", "/index.html"),
    *(hops(f"status-{n}", 0, (n, {}, RULES.encode()), "allow-all") for n in (400, 401, 403, 404, 410, 451)),
    *(hops(f"status-{n}", 0, (n, {}, RULES.encode()), "nothing-asked") for n in (429, 500, 502, 503, 504)),
]  # fmt: skip
