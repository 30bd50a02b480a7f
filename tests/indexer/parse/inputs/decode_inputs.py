"""Bytes of pages with the text that must come out of them: data for tests of decoding, knows no product code."""

import random
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """One page; right None means refused (encoding "") or that nobody can tell (encoding "?"); also = as good."""

    name: str
    body: bytes
    right: str | None
    reported: tuple[str, ...]
    encoding: str
    also: tuple[str, ...] = ()


META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
FRAME = (
    "{pre}<html><head>{meta}<title>{title}</title></head><body>{open}\n"
    "<table><tr><td>{where} &gt;&gt;{crumb}</td></tr>\n<tr><td align=center><b>{heading}</b></td></tr>\n"
    "<tr><td align=center>" + "-" * 77 + "</td></tr>\n<tr><td {attr}>{body}{sign}</td></tr>\n"
    "<tr><td align=center>{close}</td></tr></table>\n<table align=center><tr><td>{foot}</td></tr></table>"
    "</body></html>{post}"
)
S1 = "<p>　　全市各级工会接待来信来访三千余件，为困难职工办理实事一百二十件。</p>"
S2 = "<p>　　各专业学校组织职工学习统一的知识，职业技能水平明显提高。</p>"
S3 = "<p>　　沧浦区工会设立法律援助站，职工代表参加调解，当年结案九十六件。</p>"
S4 = "<p>　　年底，市总工会召开信访工作会议，表彰先进集体十二个。</p>"
SLOTS = {
    "pre": "", "meta": "", "title": "来信来访", "open": "", "where": "当前位置：首页", "crumb": "2002年鉴信访",
    "heading": "来信来访", "attr": "class=f14", "body": S1 + S3, "sign": "（王刚）", "close": "[关闭窗口]",
    "foot": "沧浦市总工会 2006年版权所有", "post": "",
}  # fmt: skip
Part = tuple[bytes, tuple[str, ...]]  # bytes, the text they mean, texts that are as good
SAID = {"gb18030": META.format("gb2312"), "utf-8": META.format("utf-8")}


def gb(text: str) -> Part:
    """A piece in GB 18030."""
    return text.encode("gb18030"), (text,)


def u8(text: str) -> Part:
    """A piece in UTF-8."""
    return text.encode("utf-8"), (text,)


def raw(octets: str, *texts: str) -> Part:
    """A piece given by its bytes in hexadecimal and the text that must come out."""
    return bytes.fromhex(octets), texts


def nul(count: int = 1) -> Part:
    """Some NUL bytes, which mean nothing."""
    return bytes(count), ("",)


def made(name: str, base: str, reported: str = "", encoding: str = "", **slots: str | tuple[Part | str, ...]) -> Case:
    """A page of the yearbook in one encoding, with slots filled by pieces that may differ."""
    parts: list[Part] = []
    filled = SLOTS | {"meta": SAID[base]} | slots
    for index, piece in enumerate(re.split(r"\{(\w+)\}", FRAME)):
        value = filled[piece] if index % 2 else piece
        for part in (value,) if isinstance(value, str) else value:
            parts += [(part.encode(base), (part,)) if isinstance(part, str) else part]
    most = max(len(texts) for _, texts in parts)
    said = ["".join(texts[min(n, len(texts) - 1)] for _, texts in parts) for n in range(most)]
    body = b"".join(octets for octets, _ in parts)
    return Case(name, body, said[0], tuple(reported.split()), encoding or base, tuple(said[1:]))


def unreadable(name: str, body: bytes, encoding: str = "") -> Case:
    """Bytes that are refused, or of which nobody can tell what they are (encoding "?")."""
    return Case(name, body, None, (), encoding)


G, U, Q = "gb18030", "utf-8", "\ufffd"
NULS = [
    made("nul-one-in-text-gb", G, "nul", body=("<p>全市各级工", nul(), "会认真开展</p>", S3)),
    made("nul-one-in-text-utf8", U, "nul", body=("<p>全市各级工", nul(), "会认真开展</p>", S3)),
    made("nul-first-byte", G, "nul", pre=(nul(),)),
    made("nul-in-title-and-signature", U, "nul", title=("来信", nul(3), "来访"), sign=("（王", nul(), "刚）")),
    made("nul-in-charset-name", G, "nul", meta=('<meta content="text/html; charset=gb', nul(), '2312">')),
    made("nul-in-tag-name", G, "nul", body=("<", nul(), "p>甲</p", nul(), "><p", nul(2), ">", S1)),
    made("nul-in-attribute-utf8", U, "nul", attr=("cl", nul(), 'ass="f', nul(2), '14"')),
    made("nul-in-entity-and-comment", G, "nul", open=("<!-- ", nul(), " -->&l", nul(), "t;")),
    made("nul-after-each-digit", G, "nul", body=(S1, *[p for d in "2001" for p in (d, nul())], "年。")),
    made("nul-between-all-characters", U, "nul", body=tuple(p for d in S3 for p in (d, nul()))),
    made("nul-padding-to-512", G, "nul", post=(nul(-len(made("", G).body) % 512 or 512),)),
    made("nul-padding-utf8", U, "nul", post=(nul(1024),)),
    made("nul-thousands-in-middle", G, "nul", body=(S1, nul(9000), S3)),
    made("nul-beside-ascii", G, "nul", body=("<p>共A", nul(), "级", nul(), "3", nul(), "个。</p>")),
    made("nul-inside-gb-pair", G, "nul bad-byte", body=("<p>各级", raw("b900a4", Q, Q + Q, "工"), "会开展</p>", S3)),
    made("nul-inside-last-gb-pair", G, "nul bad-byte", body=("<p>各级工", raw("bb00e1", Q, Q + Q, "会"), "</p>", S3)),
    made("nul-for-trail-byte", G, "nul bad-byte", body=("<p>各级", raw("b900", Q), "会认真开展</p>", S3)),
    made("nul-for-lead-byte", G, "nul bad-byte", body=("<p>各级", raw("00a4", Q), "会认真开展</p>", S3)),
    made("nul-for-whole-character", G, "nul", body=("<p>各级", nul(2), "会认真开展</p>", S3)),
    made("nul-inside-utf8-character", U, "nul bad-byte", body=("<p>各级", raw("e5b700a5", Q + Q, Q, "工"), "会</p>")),
]
BOM8 = raw("efbbbf", "")
BOMS = [
    made("bom8-gb-declared", G, "bom", pre=(BOM8,)),
    made("bom8-gb-undeclared", G, "bom", pre=(BOM8,), meta=""),
    made("bom8-gb-says-utf8", G, "bom", pre=(BOM8,), meta=SAID[U]),
    made(
        "bom8-gb-only-signature",
        G,
        "bom",
        pre=(BOM8,),
        title="",
        where="",
        crumb="",
        heading="",
        close="",
        foot="",
        body="<p>text</p>",
    ),
    made("bom8-twice-gb", G, "bom", pre=(BOM8, raw("efbbbf", "", "\ufeff"))),
    made("bom16-before-gb", G, "bom", pre=(raw("fffe", ""),)),
    made("bom16be-before-utf8", U, "bom", pre=(raw("feff", ""),)),
    made(
        "bom8-ascii",
        U,
        encoding=U,
        pre=(BOM8,),
        title="News",
        where="Home",
        crumb="2002",
        heading="News",
        body="<p>Nothing here.</p>",
        sign="(W. G.)",
        close="[close]",
        foot="2006",
    ),
    made("bom8-utf8", U, pre=(BOM8,)),
    made("bom8-utf8-says-gb", U, pre=(BOM8,), meta=SAID[G]),
    made("bom8-utf8-bad-bytes", U, "bad-byte", pre=(BOM8,), body=("<p>各级", raw("ff", Q), "会", raw("b9", Q), "</p>")),
    made("bom8-utf8-cut-at-end", U, "bad-byte", pre=(BOM8,), post=("完", raw("e5b7", Q))),
    made("bom-in-middle-utf8", U, body=(S1, raw("efbbbf", "\ufeff", ""), S3)),
    made("bom-in-middle-gb", G, "bom", body=(S1, raw("efbbbf", "\ufeff", ""), S3)),
    made("bom-at-footer-gb", G, "bom", foot=(raw("efbbbf", "\ufeff", ""), "沧浦市总工会")),
    made("bom-with-utf8-part-in-gb", G, "mixed", foot=(raw("efbbbf", "\ufeff", ""), u8("沧浦市总工会版权所有"))),
]
PLAIN = made("", G).right or ""
for code, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
    BOMS.append(Case("bom-" + code, mark + PLAIN.encode(code), PLAIN, (), code))
    rare = PLAIN.replace("王刚", "王𠮷")
    BOMS.append(Case("bom-" + code + "-surrogates", mark + rare.encode(code), rare, (), code))
MIXED = [
    made("gb-paragraph-in-utf8", U, "mixed", body=(S1, gb(S3), S4)),
    made("gb-paragraph-of-words-valid-in-utf8", U, "mixed", body=(S1, gb(S2), S4)),
    made("gb-signature-in-utf8", U, "mixed", sign=(gb("（王刚）"),)),
    made("gb-title-in-utf8", U, "mixed", title=(gb("来信来访"),)),
    made("gb-breadcrumb-in-utf8", U, "mixed", where=(gb("当前位置：首页"),), crumb=(gb("2002年鉴信访"),)),
    made("gb-footer-in-utf8", U, "mixed", foot=(gb("沧浦市总工会 2006年版权所有"),)),
    made("gb-close-in-utf8", U, "mixed", close=(gb("[关闭窗口]"),)),
    made(
        "gb-body-in-utf8-frame",
        U,
        "mixed",
        heading=(gb("来信来访"),),
        body=(gb(S1 + S2 + S3 + S4),),
        sign=(gb("（王刚）"),),
    ),
    made("gb-lines-alternating-in-utf8", U, "mixed", body=(S1, "\n", gb(S2), "\n", S3, "\n", gb(S4))),
    made(
        "gb-cells-without-newline-in-utf8",
        U,
        "mixed",
        body=("<b>甲组</b>", gb("<b>先进集体</b>"), "<b>乙组</b>", gb("<i>调解九件</i>")),
    ),
    made("gb-abutting-in-utf8", U, "mixed", body=("<p>接待来访。", gb("工会办实事一百二十件，群众满意。"), "</p>")),
    made("utf8-abutting-in-gb", G, "mixed", body=("<p>接待来访。", u8("工会办实事一百二十件，群众满意。"), "</p>")),
    made("gb-four-byte-in-utf8", U, "mixed", body=(S1, gb("<p>王𠮷、李㛃参加调解。</p>"))),
    made("gb-with-nul-in-utf8", U, "mixed nul", body=(S1, gb("<p>群众"), nul(), gb("来信来访增多。</p>"))),
    made("gb-paragraph-in-bom8-utf8", U, "mixed", pre=(BOM8,), body=(S1, gb(S3))),
    made("gb-in-undeclared-utf8", U, "mixed", meta="", body=(S1, gb(S3), S4)),
    made("utf8-paragraph-in-gb", G, "mixed", body=(S1, u8(S3), S2)),
    made("utf8-signature-in-gb", G, "mixed", sign=(u8("（王刚）"),)),
    made("utf8-title-in-gb", G, "mixed", title=(u8("来信来访"),)),
    made("utf8-breadcrumb-in-gb", G, "mixed", where=(u8("当前位置：首页"),), crumb=(u8("2002年鉴信访"),)),
    made("utf8-footer-in-gb", G, "mixed", foot=(u8("沧浦市总工会 2006年版权所有"),)),
    made("utf8-four-characters-valid-in-gb", G, "mixed", body=(S1, u8("<b>综述概况</b>"), S3)),
    made("utf8-ten-characters-in-gb", G, "mixed", body=(S2, u8("<td>信访工作会议在市里召开</td>"), S4)),
    made("utf8-lines-alternating-in-gb", G, "mixed", body=(u8(S1), S2, u8(S3), S4)),
    made("utf8-body-in-gb-frame", G, "mixed", body=(u8(S1 + S2 + S3 + S4),)),
    made("utf8-rare-characters-in-gb", G, "mixed", body=(S1, u8("<p>王𠮷与李㛃参加了调解。</p>"), S3)),
    made("utf8-in-undeclared-gb", G, "mixed", meta="", foot=(u8("沧浦市总工会"),)),
    made("utf8-in-gb-says-utf8", G, "mixed", meta=SAID[U], foot=(u8("沧浦市总工会版权所有"),)),
    made("bom8-gb-with-utf8-footer", G, "bom mixed", pre=(BOM8,), foot=(u8("沧浦市总工会版权所有"),)),
    unreadable("gb-学习-alone-in-utf8-cell", made("", U, body=(S1, gb("<td>学习</td>"))).body, "?"),
    unreadable("utf8-middle-dot-alone-in-gb-cell", made("", G, body=(S1, u8("<td>·</td>"))).body, "?"),
    unreadable("one-gb-character-abutting-in-utf8", made("", U, body=("<p>各级", gb("工"), "会</p>")).body, "?"),
]
WORDS = "学习 职业 统一 水平 什么 同志 一支 院校 为什么 甬江 黏附 穹顶 涓滴归公 窨井"
PURE = [made(f"gb-{w}-valid-as-utf8", G, body=f"{S1}<td>{w}</td><td>{w}</td>{S3}") for w in WORDS.split()]
VALID = {"title": "学习", "where": "平台", "heading": "知识", "close": "", "foot": "学校", "sign": "", "crumb": "2002"}
PURE += [
    made("gb-title-valid-as-utf8", G, title="学习知识", heading="学习知识", body="<td>职业学校</td><td>统一</td>"),
    made("gb-mostly-valid-as-utf8", G, meta="", **(VALID | {"body": "<td>水平</td>" * 40, "sign": "（王刚）"})),
    made("gb-every-run-valid-as-utf8-declared", G, **(VALID | {"body": "<td>水平</td>"})),
    unreadable("gb-every-run-valid-as-utf8-undeclared", made("", G, meta="", **(VALID | {"body": "水平"})).body, "?"),
    made("utf8-words-valid-as-gb", U, body="<td>综述</td><td>综述</td><td>王刚</td>" + S1),
    made("utf8-latin-and-cyrillic", U, body=S1 + "<p>Café Zürich · Профсоюз · ěščř</p>"),
    made("utf8-rare-characters", U, body=S1 + "<p>王𠮷、李㛃、龴、ǹ、ḿ、①、㎡</p>"),
    made("utf8-undeclared-short", U, meta="", where="", crumb="", foot="", close="", body="<td>综述</td>"),
]
BAD = [
    made("bad-ff-in-gb", G, "bad-byte", body=("<p>各级", raw("ff", Q), "</p>", S1)),
    made("bad-lead-before-tag-gb", G, "bad-byte", body=("<p>各级工", raw("bb", Q), "</p>", S1)),
    made("bad-lead-before-digits-gb", G, "bad-byte", body=("<p>各级工", raw("bb", Q), "2001年</p>", S1)),
    made("bad-lead-at-end-gb", G, "bad-byte", post=(raw("bb", Q),)),
    made("bad-cut-utf8-before-tag", U, "bad-byte", body=("<p>各级", raw("e5b7", Q), "</p>", S1)),
    made("bad-cut-utf8-in-text", U, "bad-byte", body=("<p>各级", raw("e5b7", Q), "会开展</p>", S1)),
    made("bad-80-in-utf8", U, "bad-byte", body=("<p>计", raw("80", Q), "35万</p>", S1)),
]
EURO = raw("80", "€")
EUROS = [
    made("euro-before-digits", G, body=("<p>援助款", EURO, "35万元。</p>", S1)),
    made("euro-after-digits-before-tag", G, body=("<p>计3500", EURO, "</p>", S3)),
    made("euro-before-lead-byte", G, body=("<p>欧元（", EURO, "）与", EURO, "工会</p>")),
    made("euro-many", G, body=("<p>", *[EURO] * 5, "</p>"), foot=(EURO,)),
    made("euro-before-half-of-four-bytes", G, "bad-byte", body=("<p>价", raw("80308130", "€0" + Q + "0"), "</p>")),
    made("euro-as-a2e3", G, body=("<p>计", raw("a2e3", "€"), "35万</p>")),
    made("80-as-trail-byte", G, body="<p>個儉剙厐唨</p>"),
    made("euro-at-end", G, post=(EURO,)),
]
MEANT = {  # GB 18030-2005 pair -> character; the six from FE51 on the last line are PUA in WHATWG's index as well
    "a3a0": 0x3000, "a6d9": 0xFE10, "a6da": 0xFE12, "a6db": 0xFE11, "a6dc": 0xFE13, "a6dd": 0xFE14, "a6de": 0xFE15,
    "a6df": 0xFE16, "a6ec": 0xFE17, "a6ed": 0xFE18, "a6f3": 0xFE19, "a8bc": 0x1E3F, "fe59": 0x9FB4, "fe61": 0x9FB5,
    "fe66": 0x9FB6, "fe67": 0x9FB7, "fe6d": 0x9FB8, "fe7e": 0x9FB9, "fe90": 0x9FBA, "fea0": 0x9FBB,
    "fe51": 0x20087, "fe52": 0x20089, "fe53": 0x200CC, "fe6c": 0x215D7, "fe76": 0x2298F, "fe91": 0x241FE,
}  # fmt: skip
SETTLED = {"a8bf": 0x1F9, "a2e3": 0x20AC, "a6e0": 0xFE35, "a989": 0x303E, "fe50": 0x2E81, "fe9f": 0x4DAE} | {
    f"a9{0x8A + n:02x}": 0x2FF0 + n for n in range(12)
}  # what Python's codec gives already
PRIVATE = ("aaa1", "affe", "f8a1", "fefe", "a140", "a7a0", "a2ab", "a6fe", "d7fa")
PUA = [
    made(f"pua-{pair}", G, body=("<p>字", raw(pair, chr(to)), "出现。</p>", S1))
    for pair, to in (MEANT | SETTLED).items()
]
PUA += [
    made("pua-indent-a3a0", G, body=("<p>", raw("a3a0a3a0", "\u3000\u3000"), "全市工会。</p>")),
    made("pua-several", G, body=("<p>", raw("fe51fe59a8bca6d9", "\U00020087\u9fb4\u1e3f\ufe10"), "</p>", S1)),
    made("pua-in-signature", G, sign=("（王", raw("fea0", "\u9fbb"), "）")),
    made("four-byte-of-fe10", G, body=("<p>", raw("84318236", "\ufe10"), raw("82359037", "\u9fb4"), "</p>", S1)),
    made("four-byte-8135f437", G, body=("<p>", raw("8135f437", "\u1e3f", "\ue7c7"), "</p>", S1)),
]
PUA += [
    made(f"private-{pair}", G, "private", body=("<p>字", raw(pair, bytes.fromhex(pair).decode(G)), "。</p>", S1))
    for pair in PRIVATE
]
TRAD = "<html>{}<body>目前位置：首頁 &gt;&gt;2002年鑑信訪<br>全市各級工會開展調查研究，組織職工參加比武。</body>"
JAPAN = "<html>{}<body>現在の位置：ホーム<br>組合は調査を行い、多くの人が参加しました。これは日本語です。</body>"
KOREA = "<html>{}<body>현재 위치: 처음<br>노동조합은 조사를 하고 많은 사람이 참가하였습니다. 한국어입니다.</body>"
CONTROL = [made(f"clean-{n}", b, meta=m) for n, b, m in (
    ("gb2312", G, SAID[G]), ("gbk", G, META.format("GBK")), ("gb18030", G, META.format("gb18030")),
    ("gb-undeclared", G, ""), ("utf8", U, SAID[U]), ("utf8-undeclared", U, ""),
    ("gb-says-utf8", G, SAID[U]), ("gb-says-latin1", G, META.format("iso-8859-1")),
    ("gb-says-big5", G, META.format("big5")),
    ("utf8-says-gb2312", U, SAID[G]), ("utf8-says-latin1", U, META.format("iso-8859-1")),
    ("gb-says-nonsense", G, META.format("x-sjis2312")))]  # fmt: skip
CONTROL += [
    made("clean-gb-four-byte", G, body=S1 + "<p>王𠮷、李㛃、ěď。</p>"),
    made("clean-gbk-traditional", G, body=S1 + "<p>總工會、朱镕、囍。</p>"),
]
for code, text in (("big5", TRAD), ("shift_jis", JAPAN), ("euc_kr", KOREA)):
    said = META.format(code.replace("_", "-"))
    CONTROL.append(unreadable(code + "-declared", text.format(said).encode(code)))
    CONTROL.append(unreadable(code + "-undeclared-unsure", text.format("").encode(code)))
NOISE = random.Random(2006).randbytes(5120)
CONTROL += [
    unreadable("binary-noise", NOISE),
    unreadable("binary-png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0\0" + NOISE[:5000]),
    unreadable("binary-jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1" + NOISE[:5000]),
    unreadable("binary-ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + NOISE[:4600]),
]
CASES: list[Case] = [*NULS, *BOMS, *MIXED, *PURE, *BAD, *EUROS, *PUA, *CONTROL]
