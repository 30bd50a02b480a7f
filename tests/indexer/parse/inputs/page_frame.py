"""Draws and prints what stands around a page's text: navigation, breadcrumb, heading, rule, closing link, footer."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from page_stock import FRAME_LINES

NODES = {2001: "node6001", 2002: "node6002", 2003: "node6054", 2004: "node6055", 2005: "node6056"}
HAN = "〇一二三四五六七八九"
COMMON = ("frame", "navigation", "rule", "breadcrumb", "heading above", "end", "frame line")


class Framed:
    """A page's choices, its lines of HTML, and the frame around them."""

    def __init__(self, rng: Random, family: str, may: Sequence[str]) -> None:
        """`may`: the dimensions in which a page of this family may be odd; those named twice are so more often."""
        self.rng, self.family = rng, family
        mixed = rng.random() < 0.3
        self.odd = set(rng.sample(may, min(len(may), rng.randint(3, 6) if mixed else rng.choice((0, 1, 1)))))
        self.said = [family, "mixed" if mixed else "plain"]
        self.year = rng.choice(list(NODES))
        self.section = self.heading = self.layout = self.rule = self.crumb = self.system = ""
        self.above = False
        self.indent = rng.choice(("　　", "　　", "&nbsp;&nbsp;&nbsp;&nbsp;"))
        self.lines: list[tuple[str, str]] = []  # HTML, and how it stands: "", "centre", "right" or "raw"

    def draw(self, what: str, plain: Sequence[str], odd: Sequence[str]) -> str:
        """One of `odd` if the page is odd in this, else one of `plain`; remembered for `describe`."""
        value = self.rng.choice(odd if odd and what in self.odd else plain)
        if value:
            self.said.append(f"{what}: {value}".replace("\n", "⏎").replace("\t", "⇥"))
        return value

    def happens(self, chance: float) -> bool:
        return self.rng.random() < chance

    def line(self, html: str, place: str = "") -> None:
        if html:
            self.lines.append((html, place))

    def head(self, need_rule: bool) -> None:
        """Draws all that stands over the text; `html` prints it."""
        self.layout = self.draw("frame", ("table, paragraphs", "table, <br>"), ("table, rows", "paragraphs", "<br>"))
        rules = ("-" * self.rng.randint(10, 40), "－" * 20, *([] if need_rule else ["absent", "absent"]))
        self.rule = self.draw("rule", ("-" * 77,), rules).replace("absent", "")
        crumbs = [
            "over lines",
            "over <br>",
            "ending in >>",
            "without >>",
            "full width",
            "Han digits",
            "section after >>",
        ]
        crumbs += ["over cells"] if "table" in self.layout else []
        crumbs += ["none", "none"] if self.rule else []
        self.crumb = self.draw("breadcrumb", ("one cell",), crumbs)
        self.above = "heading above" in self.odd and bool(self.rule) and self.crumb != "none"
        self.said += ["heading above"] if self.above else []
        self.section = "" if self.crumb == "none" else self.section
        self.system = self.draw("frame line", ("",), ("",) if self.family == "organisation" else FRAME_LINES)

    def breadcrumb(self) -> list[tuple[str, str]]:
        year, colon, arrow, home = str(self.year), self.rng.choice(":："), "&gt;&gt;", '<a href="/index.html">首页</a>'
        if self.crumb == "Han digits":
            year = "".join(self.rng.choice("〇○") if digit == "0" else HAN[int(digit)] for digit in year)
        elif self.crumb == "full width":
            year, colon, arrow = "".join(chr(ord(digit) + 0xFEE0) for digit in year), "：", "＞＞"
        here, place = f"当前位置{colon}", f"{year}年鉴{self.section}"
        if self.crumb == "over cells":
            return [(f"<tr>{''.join(f'<td>{cell}</td>' for cell in (here, home, arrow, place))}</tr>", "row")]
        parts = {
            "none": [],
            "over lines": [here, f"{home} {arrow}", place],
            "over <br>": [f"{here}<br>{home} {arrow}<br>{place}"],
            "ending in >>": [f"{here} {home} {arrow} {place} {arrow}"],
            "without >>": [f"{here} {home} {place}"],
            "section after >>": [f"{here} {home} {arrow} {year}年鉴 {arrow} {self.section}"],
        }.get(self.crumb, [f"{here} {home} {arrow}<font color=#990000>{place}</font>"])
        return [(part, "flush") for part in parts]

    def html(self) -> str:
        heading, crumb = [(f"<font size=4><b>{self.heading}</b></font>", "centre")], self.breadcrumb()
        system, rule = ([(text, "centre")] if text else [] for text in (self.system, self.rule))
        top = [*heading, *crumb] if self.above else [*crumb, *heading]
        top += [*system, *rule] if self.happens(0.5) else [*rule, *system]
        close = self.draw("end", ("[关闭窗口]", "【关闭窗口】"), ("[关闭窗口]", "no closing link"))
        bottom = [] if close.startswith("no") else [(f'<a href="javascript:window.close()">{close}</a>', "centre")]
        outer, _, inner = self.layout.partition(", ")
        body = "\n".join(_dressed(line, inner or outer, self.indent) for line in self.lines)
        body = f"<tr><td class=f14>{body}</td></tr>" if inner and inner != "rows" else body
        around = "rows" if inner else outer
        over, under = ([_dressed(line, around, "") for line in lines] for lines in (top, bottom))
        content = "\n".join((*over, body, *under))
        content = f"<table width=100%>\n{content}\n</table>" if inner else content
        if not self.draw("navigation", ("",), ("no navigation",)):
            rows = (f'<a href="/node6000/{node}/index.html">{year}年年鉴</a>' for year, node in NODES.items())
            links = "".join(f"<tr><td>{row}</td></tr>" for row in ("工会年鉴", *rows))
            content = f"<table><tr><td width=160><table>{links}</table></td><td>{content}</td></tr></table>"
        if not self.draw("end", ("",), ("", "no footer")):
            content += "<hr><center>沧浦市总工会 2006年版权所有</center>"
        meta = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>年鉴</title>'
        return f"<html><head>{meta}</head><body>{content}</body></html>"


def _dressed(line: tuple[str, str], layout: str, indent: str) -> str:
    """A line in its row, its paragraph, or before its <br>."""
    text, place = line
    if place == "row" or (place == "raw" and layout != "rows"):
        return text
    align = {"centre": " align=center", "right": " align=right"}.get(place, "")
    text = text if place else indent + text
    if layout == "rows":
        return f"<tr><td{align}>{text}</td></tr>"
    if layout == "paragraphs":
        return f"<p{align}>{text}</p>"
    return f"<div{align}>{text}</div>" if align else f"{text}<br>"
