"""URLs that mean one page, and URLs that mean two."""

from collections.abc import Iterator

from kinds_making import BASE, HOST, PATH, Case, page, record


def same(name: str, canonical: str, why: str, *spelled: str) -> Case:
    """One page under several spellings: held under one URL."""
    data = b"".join(record(5, edit={"WARC-Target-URI": each}) for each in (canonical, *spelled))
    return Case("I-same-" + name, why, {"x.warc": data}, pages={canonical: page(5)})


def one_host() -> Iterator[Case]:
    """Spellings of a host that mean one page."""
    end = f"{PATH}a.html"
    main = f"http://{HOST}{end}"
    yield same(
        "port",
        main,
        "RFC 3986, 6.2.3: 80 is the default, and so is an empty port.",
        f"http://{HOST}:80{end}",
        f"http://{HOST}:{end}",
        f"http://{HOST}:0080{end}",
    )
    yield same("https-port", f"https://{HOST}{end}", "443 is the default of https.", f"https://{HOST}:443{end}")
    yield same(
        "host-case",
        main,
        "RFC 3986, 6.2.2.1: scheme and host have no case.",
        f"http://{HOST.upper()}{end}",
        f"HTTP://{HOST}{end}",
    )
    yield same(
        "host-dot",
        main,
        "The last dot is the DNS root; servers answer the same (RFC 3986, 3.2.2).",
        f"http://{HOST}.{end}",
        f"http://{HOST}.:80{end}",
    )


def one_fragment() -> Iterator[Case]:
    """Fragments, that are no part of what is fetched."""
    end = f"{PATH}a.html"
    main = f"http://{HOST}{end}"
    yield same(
        "fragment",
        main,
        "RFC 3986, 3.5: a fragment is no part of what is fetched.",
        main + "#x",
        main + "#",
        main + "#a?b/../c",
    )
    yield same("fragment-query", main + "?id=4", "As before, after a query.", main + "?id=4#id=5")


def one_path() -> Iterator[Case]:
    """Encodings of characters that mean one page."""
    end = f"{PATH}a.html"
    main = f"http://{HOST}{end}"
    han = BASE + "%E5%B9%B4%E9%89%B4.html"
    yield same(
        "hex-case",
        han,
        "RFC 3986, 6.2.2.1: hex digits have no case; upper is the norm.",
        han.replace("%E5%B9", "%e5%b9"),
        BASE + "%e5%b9%b4%e9%89%b4.html",
    )
    yield same("raw-utf8", han, "RFC 3987, 3.1: characters become the octets of their UTF-8.", BASE + "年鉴.html")
    yield same(
        "unreserved",
        BASE + "~a-b.html",
        "RFC 3986, 6.2.2.2: what needs no encoding is decoded.",
        BASE + "%7Ea%2Db%2Ehtml",
        BASE + "%7ea-b.html",
    )
    yield same("letters", main, "RFC 3986, 6.2.2.2, for a letter.", BASE + "%61.html", BASE + "a%2ehtml")


def one_folder() -> Iterator[Case]:
    """Dots and blanks in a path that mean one page."""
    end = f"{PATH}a.html"
    main = f"http://{HOST}{end}"
    yield same(
        "dots",
        main,
        "RFC 3986, 5.2.4: dot segments are removed.",
        BASE + "./a.html",
        BASE + "x/../a.html",
        f"http://{HOST}/../..{end}",
    )
    yield same(
        "dots-encoded",
        main,
        "RFC 3986, 6.2.2.2 and 6.2.2.3; WHATWG URL too takes %2e for a dot here.",
        BASE + "%2e/a.html",
        BASE + "x/%2E%2e/a.html",
    )


def one_path_as_browsers_read() -> Iterator[Case]:
    """A path that is missing, or written with backslashes; a host in characters."""
    end = f"{PATH}a.html"
    main = f"http://{HOST}{end}"
    yield same(
        "no-path",
        f"http://{HOST}/",
        "RFC 3986, 6.2.3: an empty path is /.",
        f"http://{HOST}",
        f"http://{HOST}:80",
        f"http://{HOST}/.",
    )
    yield same(
        "backslash",
        main,
        "WHATWG URL: in http a backslash is a slash.",
        main.replace("/", "\\").replace("http:\\\\", "http://"),
    )
    yield same("blank", BASE + "a%20b.html", "WHATWG URL: a blank in a path is encoded.", BASE + "a b.html")
    yield same(
        "host-han",
        f"http://{puny('年鉴')}.cangpu.example{end}",
        "RFC 3490/5891: a host is asked for in punycode.",
        f"http://年鉴.cangpu.example{end}",
    )


def puny(label: str) -> str:
    """Write a label in punycode."""
    return label.encode("idna").decode()


def differ(name: str, why: str, *urls: str) -> Case:
    """Pages that differ: each is held under its own URL."""
    held = {each: page(n) for n, each in enumerate(urls, 5)}
    data = b"".join(record(n, edit={"WARC-Target-URI": each}) for n, each in enumerate(urls, 5))
    return Case("I-two-" + name, why, {"x.warc": data}, pages=held)


def two_queries() -> Iterator[Case]:
    """Queries that look alike and mean two pages."""
    ask = BASE + "show.asp"
    yield differ(
        "query-order", "Nothing in RFC 3986 makes the order of a query meaningless.", ask + "?a=1&b=2", ask + "?b=2&a=1"
    )


def two_paths() -> Iterator[Case]:
    """Paths that look alike and mean two pages."""
    ask = BASE + "show.asp"
    yield differ(
        "path-case",
        "RFC 3986, 6.2.2.1: only scheme and host have no case.",
        BASE + "a.html",
        BASE + "A.html",
        BASE + "a.HTML",
    )
    yield differ("query-case", "As the path.", ask + "?id=a", ask + "?ID=a", ask + "?id=A")
    yield differ(
        "slash-encoded",
        "RFC 3986, 2.2: an encoded reserved character is not the character.",
        BASE + "a/b.html",
        BASE + "a%2Fb.html",
    )
    yield differ("ask-encoded", "RFC 3986, 2.2, for the question mark.", ask + "?id=4", ask + "%3Fid=4")
    yield differ("and-encoded", "RFC 3986, 2.2, for the ampersand.", ask + "?a=1&b", ask + "?a=1%26b")
    yield differ(
        "plus",
        "In a URL + and %20 are different octets; only forms make them the same.",
        ask + "?q=a+b",
        ask + "?q=a%20b",
        ask + "?q=a%2Bb",
    )


def two_places() -> Iterator[Case]:
    """Hosts, ports and folders that look alike and mean two pages."""
    ask = BASE + "show.asp"
    yield differ(
        "slash-end",
        "With and without / are two names; a server redirects from one to the other.",
        BASE + "x",
        BASE + "x/",
    )
    yield differ("slash-double", "RFC 3986, 3.3: an empty segment is a segment.", BASE + "a/b.html", BASE + "a//b.html")
    yield differ("index", "Which file / shows, only the server knows.", BASE, BASE + "index.html")
    yield differ("port", "8080 is another server.", BASE + "a.html", BASE.replace(HOST, HOST + ":8080") + "a.html")
    yield differ("www", "www. is another host.", BASE + "a.html", BASE.replace(HOST, "www." + HOST) + "a.html")
    yield differ("percent-twice", "RFC 3986, 2.4: decoded only once.", BASE + "a.html", BASE + "%2561.html")
    yield differ("zeros", "The query is the server's to read.", ask + "?id=4", ask + "?id=04", ask + "?id=4&")
    yield differ(
        "gbk-utf8", "Different octets: what they say only the server knows.", ask + "?q=%C4%EA", ask + "?q=%E5%B9%B4"
    )


CASES = (
    *one_host(),
    *one_fragment(),
    *one_path(),
    *one_folder(),
    *one_path_as_browsers_read(),
    *two_queries(),
    *two_paths(),
    *two_places(),
)
