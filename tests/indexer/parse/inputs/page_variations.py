"""Draws pages of an invented yearbook with their right answers: `make(Random(f"{seed} {n}"))`.

It knows what pages look like and nothing of how they are parsed.  What a careful archivist could not read
without doubt is not drawn, or marked `doubtful`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from page_frame import COMMON, HAN, NODES, Framed
from page_stock import (
    CAPTIONS,
    CHRONICLES,
    GROUPS,
    HEADINGS,
    LONG_TITLES,
    NAMES,
    OFFICES,
    ORGANISATION_TITLES,
    ORGANISATIONS,
    OVERVIEWS,
    PAPERS,
    SECTIONS,
    SENTENCES,
    SPEECHES,
    SUBHEADS,
    TITLES,
    TRAPS,
    UNITS,
)

TEXT = ("thousands", "breaks", "trap")
SEVERAL = ("titles", "titles", "titles", "signature", "signature", "run-on", "groups", "photographs", *TEXT)
# Of each family: how often it is drawn, and in what it may be odd beside what all pages may.
FAMILIES = {
    "entries": (46, SEVERAL),
    "organisation": (9, ("officers", *SEVERAL)),
    "overview": (9, SEVERAL),
    "one": (12, ("signature", "signature", *TEXT)),
    "speech": (8, ("by-line", "by-line", *TEXT)),
    "chronicle": (11, ("dates", "dates", "items", "items")),
    "table": (4, ()),
    "index": (1, ()),
}
BRACKETS = ("[]", "［］", "【】", "〔〕", "〖〗", "「」", "《》")
INLINE = (*BRACKETS, "bold", "strong", "colour")  # the title and its text stand in one paragraph
LINES = ("h2", "h3", "h4", "h5", "h6", "■", "◆", "●", "1．", "bare line")
ROLES = (  # what is printed, and whose of the two names is an author's
    ("撰稿 {a} 审稿 {b}", "a"),
    ("{a}/文 {b}/图", "ab"),
    ("{a} {b} 摄", "ab"),
    ("供稿：{a} 审核：{b}", "a"),
    ("撰稿：{a} 责任编辑：{b}", "a"),
    ("{a} 责编：{b}", "a"),
    ("审稿：{a}", ""),
    ("编辑 {a} 校对 {b}", ""),
    ("主编：{a}", ""),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    title: str
    section: str
    heading: str
    year: int
    authors: tuple[str, ...]
    signature: str
    body: str
    captions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    kind: str
    url: str
    html: str
    entries: tuple[Wanted, ...]
    doubtful: bool = False
    choice: str = ""
    describe: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: who signed, what is printed, and whether it stands inline, on a line, at the right or in a cell."""

    authors: tuple[str, ...] = ()
    text: str = ""
    place: str = ""


class _Page(Framed):
    """One page: its entries, and their lines in the frame."""

    def __init__(self, rng: Random) -> None:
        family = rng.choices(list(FAMILIES), [weight for weight, _ in FAMILIES.values()])[0]
        super().__init__(rng, family, (*COMMON, *FAMILIES[family][1]))
        self.sentences, self.names, self.groups = (rng.sample(each, len(each)) for each in (SENTENCES, NAMES, GROUPS))
        self.section, self.heading = rng.choice(SECTIONS), rng.choice(HEADINGS)
        self.left, self.right = rng.choice(("()", "（）"))
        self.choice = ""
        self.doubtful = False
        self.entries: list[Wanted] = []

    def add(self, title: str, body: str, heading: str, signed: Signed, captions: Sequence[str] = ()) -> None:
        text = re.sub(r"<[^>]*>", "", body)
        at = (title, self.section, heading, self.year)
        self.entries.append(Wanted(*at, signed.authors, signed.text, text, tuple(captions)))

    def paragraph(self, titles: str = "", most: int = 3) -> str:
        """One to `most` sentences, with the traps, thousands and breaks inside words that the page holds."""
        said = [self.sentences.pop() for _ in range(self.rng.randint(1, most))]
        if "trap" in self.odd and self.happens(0.5):
            said.append(self.trap(titles))
        if "thousands" in self.odd and self.happens(0.6):
            number = self.draw("thousands", (), ("113 614", "29\n498", "15 000", "1 204"))
            said.append(f"受益职工{number}人，比上年有所增加。")
        text = "".join(said)
        places = [i for i in range(8, len(text) - 8) if re.fullmatch("[\u4e00-\u9fff]{6}", text[i - 3 : i + 3])]
        if "breaks" in self.odd and places and titles not in LINES and self.happens(0.5):
            at = self.rng.choice(places)
            text = text[:at] + self.draw("breaks", (), ("<br>\n", "\n")) + text[at:]
        return text

    def trap(self, titles: str) -> str:
        """A text that looks like a title or a signature and is neither."""
        ten = "年底评选揭晓，[十佳]职工十名各有奖励。"
        if titles not in ("", "[]", "［］") or (titles == "[]" and self.happens(0.1)):
            ten = "年底评选揭晓。[十佳]职工中有六名来自一线。"
        text = self.draw("trap", (), (ten, ten, *TRAPS))
        self.doubtful |= text == ten and "。[" in ten and titles == "[]"
        return text

    # Signatures.

    def name(self, alone: bool = True) -> tuple[str, str]:
        """A name, and the name as printed: two characters are often spaced, three seldom and only where alone."""
        name = self.names.pop()
        if len(name) == 2 and self.happens(0.5):
            return name, self.rng.choice((" ", "　")).join(name)
        return name, " ".join(name) if len(name) == 3 and alone and self.happens(0.1) else name

    def signed(self, form: str) -> Signed:
        left, right, rng = self.left, self.right, self.rng
        alone = not form.startswith("two names")
        (one, shown), (two, shown_too), unit = self.name(alone), self.name(alone), rng.choice(UNITS)
        if not alone:
            between = rng.choice("、，") if form == "two names, comma" else " "
            return Signed((one, two), f"{left}{shown}{between}{shown_too}{right}", "inline")
        if form == "roles":
            pattern, who = rng.choice(ROLES)
            self.said.append(pattern)
            authors = tuple({"a": one, "b": two}[letter] for letter in who)
            return Signed(authors, left + pattern.format(a=one, b=two) + right, "inline")
        text, place = {
            "unsigned": ("", ""),
            "inline": (f"{left}{shown}{right}", "inline"),
            "after a space": (f"{left}{shown}{right}", "after a space"),
            "own line": (f"{left}{shown}{right}", "line"),
            "at the right": (f"{left}{shown}{right}", "right"),
            "never closed": (f"{left}{shown}", "inline"),
            "two widths": (rng.choice((f"（{shown})", f"({shown}）")), "inline"),
            "作者 in brackets": (f"{left}作者：{one}{right}", "inline"),
            "撰稿人 line": (f"撰稿人：{one}", "line"),
            "供稿单位 line": (f"供稿单位：{unit}", "line"),
            "unit": (f"{left}{unit}{right}", "inline"),
            "unit and name": (f"{left}{unit} {shown}{right}", "inline"),
            "bare last line": (shown, rng.choice(("right", "line"))),
            "own cell": (one, "cell"),
            "作者 on top": (f"作者：{one}", "top"),
            "name on top": (shown, "top"),
            "cell on top": (shown, "top cell"),
        }[form]
        authors = (unit,) if form in ("unit", "供稿单位 line") else (one,) if text else ()
        return Signed(authors, text, place)

    def finish(self, paragraph: str, signed: Signed) -> str:
        """The paragraph with its inline signature, still open; one that is signed elsewhere is put on the page."""
        if signed.place in ("inline", "after a space", ""):
            return paragraph + (" " if signed.place == "after a space" else "") + signed.text
        self.line(paragraph)
        if signed.place == "cell":
            self.line(f"<table align=right><tr><td>{signed.text}</td></tr></table>", "raw")
        elif not signed.place.startswith("top"):
            self.line(signed.text, signed.place.replace("line", ""))
        return ""

    # Families.

    def several(self) -> None:
        """Entries with one kind of title; also an organisation's page and one that begins with an overview."""
        rng, organisation, overview = self.rng, self.family == "organisation", self.family == "overview"
        odd_titles = {"organisation": ("〔〕", "〖〗", "bold", "strong"), "overview": (*INLINE[3:], "h2", "h4")}
        kind = self.draw("titles", ("[]", "［］", "【】", "【】"), odd_titles.get(self.family, (*INLINE[3:], *LINES)))
        always_signed = kind in ("1．", "bare line")  # nothing else tells such a title from a line of the text
        run_on = kind in BRACKETS[:5] and "run-on" in self.odd
        grouped = "groups" in self.odd and not always_signed
        pictured = "photographs" in self.odd and kind in INLINE and not run_on
        forms = ["two names, comma", "two names", "roles", "two widths", "作者 in brackets", "unit", "unit and name"]
        forms += ["at the right"] + ([] if run_on else ["never closed", "撰稿人 line", "供稿单位 line"])
        forms += [] if always_signed or grouped or pictured or run_on else ["bare last line", "own cell"]
        house = self.draw("signature", ("inline", "inline", "after a space", "own line"), forms)
        if organisation:
            self.section, self.heading = rng.choice([s for s in SECTIONS if "工会" in s]), rng.choice(ORGANISATIONS)
        elif overview:
            self.heading = rng.choice(OVERVIEWS)
        self.head(need_rule=kind not in INLINE or organisation or overview or pictured)
        captions: list[str] = []
        if organisation and (officer := self.draw("officers", ("", "主席", "主席"), ("主　席",))):
            captions = [f"{officer}：{self.names.pop()}", "地址：沧浦市滨河路77号"]
            for caption in captions:
                self.line(caption)
        elif overview:
            text, signed = self.paragraph(kind), self.signed(rng.choice(("inline", "own line", "unsigned")))
            self.line(self.finish(text, signed))
            self.add(self.heading, text, self.heading, signed)
        elif pictured and self.happens(0.5):
            captions = [self.photograph()]
        stock = ORGANISATION_TITLES if organisation else LONG_TITLES if kind == "bare line" else TITLES
        stock = tuple(title for title in stock if kind not in ("《》", "「」") or not re.search("[《“]", title))
        gap, bold = rng.choice(("", " ")), kind in BRACKETS and self.happens(0.2)
        group, written = self.heading, ""  # `written`: the paragraph that is not yet on the page
        for number, title in enumerate(rng.sample(stock, rng.randint(3, 7)), 1):
            if grouped and (number > 1 or (self.rule and not captions)) and self.happens(0.4):
                self.line(written)
                group, written = self.group(kind, pictured), ""
            body = [self.paragraph(kind, 2)] if self.happens(0.2) else []
            body.append(self.paragraph(kind))
            unsigned = not always_signed and self.happens(0.4 if run_on else 0.15)
            signed = self.signed("unsigned" if unsigned else house if self.happens(0.6) else "inline")
            if unsigned and "trap" in self.odd and not run_on and self.happens(0.3):
                body[-1] += "详情另有专册(见附表)"
            shown = self.title(kind, title, number, bold) + gap
            if run_on and written and self.happens(0.7):
                written += rng.choice(("", " "))
                self.said.append(
                    f"{title} in the line of {'a signed' if self.entries[-1].signature else 'an unsigned'}"
                )
            else:
                self.line(written)
                written = ""
            if kind in LINES:
                self.line(shown.strip(), "raw" if kind[0] == "h" else "centre" if kind == "bare line" else "")
                shown = ""
            written += shown + body[0]
            for paragraph in body[1:]:
                self.line(written)
                written = paragraph
            written = self.finish(written, signed)
            if pictured and signed.text and self.happens(0.4):
                self.line(written)
                written = ""
                captions = [*captions, self.photograph()]
            self.add(title, "\n".join(body), group, signed, captions)
            captions = []
        self.line(written)

    def group(self, kind: str, pictured: bool) -> str:
        """A 分目 line: centred, bold or both, so that it is no paragraph, no caption and no title."""
        group = self.groups.pop()
        centred = kind not in BRACKETS or self.happens(0.7)
        plain = centred and kind in BRACKETS and not pictured and self.happens(0.2)
        self.line(group if plain else f"<b>{group}</b>", "centre" if centred else "")
        self.said.append(f"分目 {group}")
        return group

    def title(self, kind: str, title: str, number: int, bold: bool) -> str:
        if kind in BRACKETS:
            shown = kind[0] + title + kind[1]
            return f"<b>{shown}</b>" if bold else shown
        pattern = {
            "bold": "<b>{}</b>　",
            "strong": "<strong>{}</strong>　",
            "colour": "<font color=#990000>{}</font>　",
            "1．": f"{number}．{{}}",
            "bare line": "{}",
        }.get(kind, f"<{kind}>{{}}</{kind}>" if kind[0] == "h" else kind + "{}")
        return pattern.format(title)

    def photograph(self) -> str:
        credit = self.names.pop() + self.rng.choice((" 摄", ""))
        caption = f"{self.rng.choice(CAPTIONS)}{self.left}{credit}{self.right}"
        self.line(f'<img src="/images/{self.rng.randrange(9999)}.jpg" width=240 border=0>', "centre")
        self.line(f"<font size=2>{caption}</font>", "centre")
        self.said.append("photograph")
        return caption

    def one(self) -> None:
        """One entry titled by the heading, signed below, on top, or by a name in a cell of its own."""
        self.heading = title = self.rng.choice(LONG_TITLES)
        odd = "作者 on top,作者 on top,name on top,name on top,cell on top,two names,roles,never closed,作者 in brackets,撰稿人 line,供稿单位 line"
        forms = (*odd.split(","), "unit and name", "bare last line", "own cell")
        signed = self.signed(self.draw("signature", ("inline", "own line", "inline", "unsigned"), forms))
        if self.happens(0.2):
            self.heading = f"【{title}】"
        self.head(need_rule=signed.place.startswith("top") or self.heading != title)
        self.doubtful |= not self.rule  # only its place and its dress tell the heading
        if signed.place == "top":
            self.line(signed.text, "centre")
        elif signed.place == "top cell":
            self.line(f"<table align=center><tr><td>{signed.text}</td></tr></table>", "raw")
        body = [self.paragraph() for _ in range(self.rng.randint(1, 3))]
        for paragraph in body[:-1]:
            self.line(paragraph)
        self.line(self.finish(body[-1], signed))
        self.add(title, "\n".join(body), title, signed)

    def speech(self) -> None:
        rng = self.rng
        odd = ("office/name/date", "office/name", "date/office name", "name", "office name")
        shape = self.draw("by-line", ("office name/date", "name/date", "date/name"), odd)
        spoken = "date" not in shape or self.happens(0.8)
        self.section, self.heading = "特载", rng.choice(SPEECHES if spoken else PAPERS)
        self.head(need_rule=True)
        name, office, month, day = self.names.pop(), rng.choice(OFFICES), rng.randint(1, 9), rng.randint(1, 9)
        shown = "　".join(name) if len(name) < 4 and self.happens(0.5) else name
        latin = f"{self.year - 1}年{month}月{day}日"
        han = "".join(HAN[int(digit)] if digit.isdigit() else digit for digit in latin)
        date = rng.choice((f"（{latin}）", f"({latin})", latin, han, f"——{han}"))
        said = {"office": office, "name": shown, "date": date, "office name": f"{office}　{shown}"}
        captions = [said[part] for part in shape.split("/")]
        centred = self.happens(0.7)
        for caption in captions:
            self.line(caption if centred else f"<font color=#666666>{caption}</font>", "centre" if centred else "")
        body = [self.paragraph()]
        for subhead in SUBHEADS[: rng.randint(1, 3)]:
            body += [subhead, "（一）" + self.paragraph()]
        body = ["同志们：", *body, "谢谢大家。"] if spoken else body
        for paragraph in body:
            self.line(paragraph)
        self.add(self.heading, "\n".join(body), self.heading, Signed((name,)), captions)

    def chronicle(self) -> None:
        rng, before = self.rng, str(self.year - 1)
        self.section = rng.choice(CHRONICLES)
        self.heading = rng.choice((self.section, f"{before}年{self.section}"))
        dates = ("month lines, days in Han", "month and day", "month and day in Han", "month lines")
        dated = self.draw("dates", ("month lines", "bold month lines"), dates)
        after = self.draw("items", ("，",), ("", "　", "\t", "——", "：", "，"))
        self.head(need_rule=True)
        special = bool({"dates", "items"} & self.odd)
        if self.happens(0.5 if special else 0.1):
            han_year = "".join(HAN[int(digit)] for digit in before)
            self.line(f"{self.draw('year line', (before, han_year), ())}年", rng.choice(("", "centre")))
        mark = rng.choice("△▲●◆·")
        numeral: Callable[[int], str] = _han if "Han" in dated else str
        if special and self.happens(0.3):
            self.item("年初", f"年初{after or '，'}")
        for month in sorted(rng.sample(range(1, 13), rng.randint(2, 5))):
            lead = "" if "lines" in dated else f"{numeral(month)}月"
            if not lead:
                shown = f"{rng.choice((_han, numeral))(month)}月"
                self.line(f"<b>{shown}</b>" if "bold" in dated else shown)
            days = sorted(rng.sample(range(1, 26), rng.randint(1, 4)))
            over = False
            for day in days:
                title, date = f"{month}月{day}日", f"{lead}{numeral(day)}日"
                if day == days[-1] and self.happens(0.3):
                    over = month < 12 and self.happens(0.3)
                    to = f"{numeral(month + 1)}月{numeral(2)}" if over else numeral(day + 3)
                    dash = rng.choice(
                        ("日至",) if over else ("日至", "至") if numeral is _han else ("日至", "至", "～", "—")
                    )
                    date, title = (
                        f"{lead}{numeral(day)}{dash}{to}日",
                        f"{title}至{f'{month + 1}月2' if over else day + 3}日",
                    )
                    self.said.append(f"range: {date}")
                self.item(title, date + after)
                if self.happens(0.3):
                    self.item(title, rng.choice(("同日，", mark)))
            if special and not over and self.happens(0.4):
                word = rng.choice(("下旬", "月底", "是月"))
                ending = {"下旬": "下旬", "月底": "底", "是月": ""}[word]
                self.item(f"{month}月{ending}", f"{lead if word == '下旬' else ''}{word}{after or '，'}")
        if special and self.happens(0.4):
            self.item("是年", f"是年{after or '，'}")
            if self.happens(0.5):
                self.item("是年", mark)
        self.choice = "titles of 下旬, 月底, 年初 and 是年: as printed, the month before them where they have one; 是月: its month"

    def item(self, title: str, date: str) -> None:
        if not re.match("[0-9一二三四五六七八九十]", date):
            self.said.append(date)
        text = date + self.sentences.pop()
        self.line(text)
        self.add(title, text, self.heading, Signed())

    def table(self) -> None:
        rng, roll = self.rng, self.happens(0.5)
        self.section, self.heading = "统计资料", "先进集体和先进个人名录" if roll else "工会组织基本情况统计表"
        self.head(need_rule=True)
        if roll:
            rows = [
                [honour, *self.names[at : at + 3]]
                for at, honour in enumerate(("市劳动模范", "操作能手", "工会积极分子"))
            ]
            note = "说明：名录按公布先后排列，单位名称以评选时为准。"
        else:
            numbers = (
                [unit, str(rng.randrange(999)), f"{rng.randrange(1, 99)} {rng.randrange(100, 999)}"] for unit in UNITS
            )
            rows, note = [["指标", "上年", "本年"], *numbers], "注：本表数据来自各单位年报(统计口径与上年相同)。"
        cells = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        self.line(f"<table border=1 cellpadding=2>\n{cells}\n</table>", "raw")
        self.line(note)
        self.add(self.heading, "\n".join((*("\t".join(row) for row in rows), note)), self.heading, Signed())

    def index(self) -> None:
        self.head(need_rule=True)
        for number, title in enumerate(self.rng.sample(LONG_TITLES, 6)):
            self.line(f'<a href="userobject1ai{880000 + number}.html">{title}</a>')


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones else "")


def make(rng: Random) -> Case:
    """One page with its right answer; the same generator state gives the same page."""
    page = _Page(rng)
    getattr(page, "several" if page.family in ("entries", "organisation", "overview") else page.family)()
    number = rng.randrange(1_000_000, 10_000_000)
    url = f"http://nianjian.cangpu.example/node6000/{NODES[page.year]}/node6100/userobject1ai{number}.html"
    name, html, entries = f"{page.family} {number}", page.html(), tuple(page.entries)
    return Case(name, page.family, url, html, entries, page.doubtful, page.choice, "; ".join(page.said))
