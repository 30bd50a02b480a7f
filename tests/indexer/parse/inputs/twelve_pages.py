"""Twelve whole pages of an invented yearbook with their right answers, written before the parser was read.

White space is ignored when bodies are compared; everything else is as printed.
"""

from __future__ import annotations

from dataclasses import dataclass

SITE = "http://nianjian.cangpu.example/node6000"
NODES = {2001: "node6001", 2002: "node6002", 2003: "node6054", 2004: "node6055", 2005: "node6056"}
HYPHENS = "-" * 77


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


def _url(year: int, number: int) -> str:
    return f"{SITE}/{NODES[year]}/node6100/userobject1ai{number}.html"


def _page(title: str, rows: str) -> str:
    """The site's usual frame: five volume links on the left, `rows` on the right, a footer."""
    links = "\n".join(
        f'<tr><td height="22" class="nav"><a href="/node6000/{node}/index.html">{year}年年鉴</a></td></tr>'
        for year, node in NODES.items()
    )
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}</title>
<script language="JavaScript">function closewin(){{ window.close(); }}</script>
<style>.nav{{font-size:12px}} td{{font-size:14px;line-height:160%}}</style>
</head>
<body topmargin=0 leftmargin=0>
<table width=778 border=0 cellspacing=0 cellpadding=0 align=center>
<tr><td width=160 valign=top><table width=100%>
<tr><td class="nav"><b>工会年鉴</b></td></tr>
{links}
</table></td>
<td valign=top><table width=100% border=0>
{rows}
<tr><td align=center>&nbsp;<br>&nbsp;&nbsp;&nbsp;<a href="javascript:closewin()">[关闭窗口]</a></td></tr>
</table></td></tr></table>
<hr>
<table align=center><tr><td align=center>沧浦市总工会 2006年版权所有<br>
沧ICP备<br>
06000000<br>
copyright 2002 cangpu.example ALL Rights Reserved.</td></tr></table>
</body>
</html>
"""


def _crumb(text: str) -> str:
    return (
        '<tr><td>当前位置: <a href="/index.html">首页</a> '
        f"&gt;&gt;<font color=#990000>{text}</font></td></tr>\n<tr><td>&nbsp;</td></tr>"
    )


def _heading(text: str) -> str:
    return f"<tr><td align=center><font size=4><b>{text}</b></font></td></tr>\n<tr><td align=center>{HYPHENS}</td></tr>"


def _cell(inner: str) -> str:
    return f"<tr><td class=f14>{inner}</td></tr>"


# 1 ── an organisation page (F5a): two entries in one paragraph, one of them unsigned; titles of two characters.

_LIGHT = "沧浦市轻工控股工会"
_L1 = (
    "2001年底，轻工控股工会下属基层工会四十一个，会员23 600人，比上年减少3 100人(次)。"
    "全年有两户企业改制，工会参与了全部方案的制定(见附表)，三百一十名分流职工都有了去处。"
)
_L2 = "以稳定队伍为底线，(1)摸清困难职工底数；(2)把转岗培训办到车间；(3)改制方案先交职代会。"
_L3 = "搪瓷、钟表、灯具三个行业开展“降本增效”竞赛，提出建议一千二百条。竞赛中，[十佳]职工十人各带徒弟一名。"
_L4 = "三十七户企业建立厂务公开栏，公开招待费、采购价和分房名单，职工满意率为百分之八十四。"
_L5 = "元旦春节走访困难职工家庭六百户，发放补助金十八万元，为四十名职工子女解决了学费。"
_L6 = "按照沧工总[2001]45号文件，直属工会全部完成换届，新当选的主席中有三人不满三十岁。"
_L7 = "职工合唱团排演新曲九首，到码头和工地演出二十一场。"


def _light(title: str, authors: tuple[str, ...], signature: str, body: str) -> Wanted:
    return Wanted(title, "局[产业]工会概况", _LIGHT, 2002, authors, signature, body)


ORGANISATION = Case(
    name="organisation",
    kind="F5a organisation page: several entries in one paragraph, unsigned ones, short titles",
    url=_url(2002, 9601),
    html=_page(
        _LIGHT,
        "\n".join(
            (
                _crumb("2002年鉴局[产业]工会概况"),
                _heading(_LIGHT),
                _cell(
                    f"<p>　　[概况] {_L1}（顾秉文）</p>\n"
                    f"<p>　　[工作思路]{_L2}(顾秉文) [劳动竞赛]{_L3}(俞海棠 庄 稷)</p>\n"
                    f"<p>　　[民主管理]{_L4} [帮困]{_L5}(卞小荷)</p>\n"
                    f"<p>　　[组织建设] {_L6}[文体]{_L7}</p>"
                ),
            )
        ),
    ),
    entries=(
        _light("概况", ("顾秉文",), "（顾秉文）", _L1),
        _light("工作思路", ("顾秉文",), "(顾秉文)", _L2),
        _light("劳动竞赛", ("俞海棠", "庄稷"), "(俞海棠 庄 稷)", _L3),
        _light("民主管理", (), "", _L4),
        _light("帮困", ("卞小荷",), "(卞小荷)", _L5),
        _light("组织建设", (), "", _L6),
        _light("文体", (), "", _L7),
    ),
    choice="[十佳] stands after a comma, so it is text; in 局[产业]工会概况 the brackets belong to the section's name",
)

# 2 ── a speech (F10): office, spaced name and date under the heading, sub-heads in the text.

_SPEECH = "在沧浦市女职工工作会议上的讲话"
_S = (
    "同志们：",
    "今天的会议开得很实在。五位同志作了发言，讲的都是身边的事，听了很受教育。下面我讲三点意见。",
    "一、把底数摸清楚",
    "全市女职工三十八万六千人，其中外来女工九万二千人。她们在哪里上班、住在哪里、缺什么，各级女职工委员会要一户一户地记下来。",
    "二、把合同签下去",
    "（一）孕期、产期、哺乳期的待遇要写进专项合同。（二）体检两年一次，费用由单位负担。（三）合同文本要在车间张贴(2002年)，让人人看得见。",
    "三、把阵地建起来",
    "每个街道办一处女工学校，课程由学员点，教员由各单位出。明年这个时候，我们再来对账。",
    "谢谢大家。",
)
SPEECH = Case(
    name="speech",
    kind="F10 speech: by-line of three lines, the office on its own",
    url=_url(2003, 9602),
    html=_page(
        _SPEECH,
        "\n".join(
            (
                _crumb("2003年鉴特载"),
                _heading(_SPEECH),
                _cell(
                    "<p align=center>沧浦市总工会副主席</p>\n<p align=center>柏　秀　岚</p>\n"
                    "<p align=center>（2002年3月6日）</p>\n" + "\n".join(f"<p>　　{line}</p>" for line in _S)
                ),
            )
        ),
    ),
    entries=(
        Wanted(
            _SPEECH,
            "特载",
            _SPEECH,
            2003,
            ("柏秀岚",),
            "",
            "\n".join(_S),
            ("沧浦市总工会副主席", "柏　秀　岚", "（2002年3月6日）"),
        ),
    ),
)

# 3 ── a chronicle (F8) with a year line, month lines, ranges, 同日, △, 上旬, 是月 and 是年.

_CHRONICLE = "2001年大事记"
# (line of the page, title of the entry); "" is a year or month line.
_C = (
    ("2001年", ""),
    ("<b>一月</b>", ""),
    ("5日，市总工会机关干部分五路走访困难职工家庭。", "1月5日"),
    ("同日，职工互助保障会新址在文昌路启用。", "1月5日"),
    ("28日至2月4日，港务局春运服务队在客运码头值守八昼夜。", "1月28日至2月4日"),
    ("<b>三月</b>", ""),
    ("上旬，各区县总工会完成女职工情况调查。", "3月上旬"),
    ("8日，纪念三八节大会在市工人文化宫召开。", "3月8日"),
    ("△女职工维权热线当天开通，接听电话六十二个。", "3月8日"),
    ("19～21日，市工会干部学校举办集体协商讲习班。", "3月19日至21日"),
    ("<b>六月</b>", ""),
    ("2日：轻工系统职工技术展览会开幕，展出项目二百余个。", "6月2日"),
    ("30日——市总工会机关迁入滨河路新楼办公。", "6月30日"),
    ("<b>十月</b>", ""),
    ("11日　外地工会代表参观渡口。", "10月11日"),
    ("是月，渔网厂工会筹建组成立。", "10月"),
    ("<b>十二月</b>", ""),
    ("26日，市工会八届六次全委会举行，出席委员九十四人。", "12月26日"),
    ("同日，全委会通过《关于加强社区工会工作的决议》。", "12月26日"),
    ("是年，全市工会会员增加三万一千人。", "是年"),
)
CHRONICLE = Case(
    name="chronicle",
    kind="F8 chronicle over a year, lines ended by <br> in one cell",
    url=_url(2002, 9603),
    html=_page(
        _CHRONICLE,
        "\n".join(
            (
                _crumb("2002年鉴大事记"),
                _heading(_CHRONICLE),
                _cell("<br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line, _ in _C)),
            )
        ),
    ),
    entries=tuple(Wanted(title, "大事记", _CHRONICLE, 2002, (), "", line) for line, title in _C if title),
    choice="上旬 is titled 3月上旬; 是年 keeps its word (as in pages/06); each body begins with its date as printed",
)

# 4 ── no breadcrumb at all: heading, rule and 【】; an organisation as author, a bracket that never closes.

_FERRY = "沧浦市渡口局工会"
_F1 = "渡口局工会有基层工会九个，会员一千四百人，其中女会员五百零六人。年内新建候船室职工休息点三处。"
_F2 = "局工会与行政签订夜航津贴协议，每班津贴由十五元提高到二十二元，补发上半年差额八万元。"
_F3 = "工会把安全知识编成顺口溜，印在船票背面。全年没有发生责任事故(以上数据截至12月31日)。"
_F4 = "轮机班班长丁阿满把四十年来的检修笔记整理成册，交给徒弟使用。\n徒弟们按册检修，主机故障率下降三成。"
_F5 = "渡口局工会经费收支审计由市总工会委托会计师事务所进行，结果向会员公布。"
_F6 = "局工会为六十名船员家属开办缝纫班，结业后有二十七人找到工作。"


def _ferry(title: str, authors: tuple[str, ...], signature: str, body: str) -> Wanted:
    return Wanted(title, "", _FERRY, 2004, authors, signature, body)


NO_BREADCRUMB = Case(
    name="no-breadcrumb",
    kind="F5c organisation page without a breadcrumb: year from the volume, section empty",
    url=_url(2004, 9604),
    html=_page(
        "年鉴",
        "\n".join(
            (
                f"<tr><td align=center><b>{_FERRY}</b></td></tr>",
                f"<tr><td align=center>{HYPHENS}</td></tr>",
                _cell(
                    "<p>　　主席：于振江</p>\n<p>　　地址：沧浦市渡口路2号</p>\n"
                    f"<p>　　【概况】 {_F1}（渡口局工会 龚 蓓）</p>\n"
                    f"<p>　　【夜航津贴】{_F2}</p>\n"
                    f"<p>　　【安全顺口溜】{_F3}</p>\n"
                    f"<p>　　【老班长传笔记】{_F4.split(chr(10))[0]}</p>\n<p>　　{_F4.split(chr(10))[1]}（易 桥</p>\n"
                    f"<p>　　【经费审计】{_F5}</p>\n<p>　　供稿单位：市总工会财务部</p>\n"
                    f"<p>　　【家属缝纫班】{_F6}</p>\n<p>　　(撰稿：龚 蓓　审稿：于振江)</p>"
                ),
            )
        ),
    ),
    entries=(
        Wanted(
            "概况",
            "",
            _FERRY,
            2004,
            ("龚蓓",),
            "（渡口局工会 龚 蓓）",
            _F1,
            ("主席：于振江", "地址：沧浦市渡口路2号"),
        ),
        _ferry("夜航津贴", (), "", _F2),
        _ferry("安全顺口溜", (), "", _F3),
        _ferry("老班长传笔记", ("易桥",), "（易 桥", _F4),
        _ferry("经费审计", ("市总工会财务部",), "供稿单位：市总工会财务部", _F5),
        _ferry("家属缝纫班", ("龚蓓",), "(撰稿：龚 蓓　审稿：于振江)", _F6),
    ),
    choice="who only reviewed (于振江) is no author; an organisation alone after 供稿单位 is the author",
)

# 5 ── entries under 分目 lines, the first of them directly under the rule; the entries before none keep the heading.

_RIGHTS = "维护职工合法权益"
_R1 = "全市各级工会参与调处劳动争议两千一百件，调解成功率比上年提高六个百分点。"
_R2 = "沙塘区在服装市场设立巡回仲裁庭，当场立案、当场调解，四个月办结案件七十八件。"
_R3 = "市总工会从律师、退休法官中聘请调解员五十名，持证上岗，一年一聘。"
_R4 = "参加住院保障的职工累计四十万人次，给付互助金六百七十万元。"
_R5 = "麦岭区总工会为环卫工人集体投保意外伤害险，保费由区财政负担一半。"
_R6 = "7月至8月，市总工会检查锻造、冷库等作业点一百九十处，发出整改意见书五十五份。"
_R7 = "十二户石材加工企业更换湿法切割设备，粉尘浓度降到标准以下(详见劳动保护年报)。"


def _rights(heading: str, title: str, authors: tuple[str, ...], signature: str, body: str) -> Wanted:
    return Wanted(title, _RIGHTS, heading, 2002, authors, signature, body)


SUBSECTIONS = Case(
    name="subsections",
    kind="F3b entries under 分目 lines (centred bold, bold alone, centred alone)",
    url=_url(2002, 9605),
    html=_page(
        _RIGHTS,
        "\n".join(
            (
                _crumb("２００２年鉴维护职工合法权益"),
                _heading(_RIGHTS),
                _cell(
                    "<p align=center><b>劳动争议调处</b></p>\n"
                    f"<p>　　［争议调解成功率上升］{_R1}（费 桐）</p>\n"
                    f"<p>　　［巡回仲裁庭进市场］{_R2}（沙塘区总工会）［聘请专职调解员］{_R3}</p>\n<p>　　（费 桐）</p>\n"
                    "<p>　　<b>职工互助保障</b></p>\n"
                    f"<p>　　［住院保障给付增加］{_R4}（申屠月）</p>\n"
                    f"<p>　　［环卫工人集体投保］{_R5}</p>\n"
                    "<p align=center>劳动保护</p>\n"
                    f"<p>　　［高温作业检查］{_R6}（武晋安）</p>\n"
                    f"<p>　　［石材企业治理粉尘］{_R7}（武晋安、羊 舟）</p>"
                ),
            )
        ),
    ),
    entries=(
        _rights("劳动争议调处", "争议调解成功率上升", ("费桐",), "（费 桐）", _R1),
        _rights("劳动争议调处", "巡回仲裁庭进市场", ("沙塘区总工会",), "（沙塘区总工会）", _R2),
        _rights("劳动争议调处", "聘请专职调解员", ("费桐",), "（费 桐）", _R3),
        _rights("职工互助保障", "住院保障给付增加", ("申屠月",), "（申屠月）", _R4),
        _rights("职工互助保障", "环卫工人集体投保", (), "", _R5),
        _rights("劳动保护", "高温作业检查", ("武晋安",), "（武晋安）", _R6),
        _rights("劳动保护", "石材企业治理粉尘", ("武晋安", "羊舟"), "（武晋安、羊 舟）", _R7),
    ),
)

# 6 ── photographs (F4): captions before the first entry, after signed entries, in a table of two pictures.

_CULTURE = "职工文化体育"
_P1 = "5月至9月，市总工会举办职工文化节，设书画、合唱、器乐等六个门类，参加者二万八千人次。"
_P2 = "文化宫把闲置的锅炉房改成排练厅，每晚向职工乐队免费开放。 [十佳]职工乐队由听众投票选出。"
_P3 = "二十八支球队参加主客场联赛，渡口局队在决赛中以三分优势夺冠，奖品是一副新球网。"
_P4 = "流动书车每周到工地一次，车上有图书两千册，工人凭会员证可借阅三本。"
_P5 = "退休职工沈福根把收藏的二百一十件旧工具捐给厂史馆，每一件都写了说明。"


def _culture(title: str, authors: tuple[str, ...], signature: str, body: str, captions: tuple[str, ...] = ()) -> Wanted:
    return Wanted(title, "精神文明建设", _CULTURE, 2005, authors, signature, body, captions)


def _photo(number: int, caption: str) -> str:
    return (
        f'<p align=center><img src="/images/9606_{number}.jpg" width=240 border=0></p>\n'
        f"<p align=center><font size=2>{caption}</font></p>\n"
    )


PHOTOGRAPHS = Case(
    name="photographs",
    kind="F4 page with photographs and captions",
    url=_url(2005, 9606),
    html=_page(
        _CULTURE,
        "\n".join(
            (
                _crumb("2005年鉴精神文明建设"),
                _heading(_CULTURE),
                _cell(
                    _photo(1, "职工文化节开幕式上的腰鼓队（吴汀 摄）")
                    + f"<p>　　【职工文化节】 {_P1}（吴 汀）</p>\n"
                    + _photo(2, "书画组获奖作品展出（栾立人）")
                    + f"<p>　　【锅炉房改成排练厅】 {_P2}</p>\n"
                    + f"<p>　　【篮球联赛】 {_P3}</p>\n<p>　　（鲁小双）</p>\n"
                    + '<table align=center><tr><td><img src="/images/9606_3.jpg" width=200></td>'
                    + '<td><img src="/images/9606_4.jpg" width=200></td></tr>\n'
                    + "<tr><td><font size=2>渡口局队捧杯（鲁小双 摄）</font></td>"
                    + "<td><font size=2>决赛第四节（栾立人 摄）</font></td></tr></table>\n"
                    + f"<p>　　【流动书车进工地】 {_P4}（祖 蓝）</p>\n"
                    + f"<p>　　【旧工具捐给厂史馆】 {_P5}（栾立人）</p>\n"
                    + _photo(5, "沈福根在厂史馆讲解（栾立人）")
                ),
            )
        ),
    ),
    entries=(
        _culture(
            "职工文化节",
            ("吴汀",),
            "（吴 汀）",
            _P1,
            ("职工文化节开幕式上的腰鼓队（吴汀 摄）", "书画组获奖作品展出（栾立人）"),
        ),
        _culture("锅炉房改成排练厅", (), "", _P2),
        _culture(
            "篮球联赛",
            ("鲁小双",),
            "（鲁小双）",
            _P3,
            ("渡口局队捧杯（鲁小双 摄）", "决赛第四节（栾立人 摄）"),
        ),
        _culture("流动书车进工地", ("祖蓝",), "（祖 蓝）", _P4),
        _culture("旧工具捐给厂史馆", ("栾立人",), "（栾立人）", _P5, ("沈福根在厂史馆讲解（栾立人）",)),
    ),
    choice="as in the sample, a caption belongs to the entry above it, before the first entry to the first; "
    "[十佳] is no title on a page of 【】",
)

# 7 ── titles in bold at a paragraph's start, no brackets; breadcrumb over four cells; a bold phrase inside a text.

_SKILL = "职工素质工程"
_B1 = "石桥区总工会在木器厂办起木工夜校，两期共有五十六名学员结业，其中三十人拿到等级证书。"
_B2 = "全市职工读书会发展到一千零九个，<b>人均读书六册</b>，比上年多一册半。"
_B3 = "市总工会与劳动保障局举办数控车工比赛，二百一十名选手参加。前三名晋升为技师。"
_B4 = "绣衣厂四十名女工自学计算机制版，厂里给每人报销学费三百元。\n学成后，打版时间由两天缩短为三小时。"
_B5 = "市工会干部学校开设夜间律师课，教员是八名执业律师，听课的工会主席一百七十人。"
_B6 = "东昌机床厂把老技师的操作拍成录像，刻成光盘四百张发到班组。"


def _skill(title: str, authors: tuple[str, ...], signature: str, body: str) -> Wanted:
    return Wanted(title, "职工素质工程", "读书与技能", 2003, authors, signature, body)


BOLD = Case(
    name="bold-titles",
    kind="titles in bold at a paragraph's start, no brackets; breadcrumb over cells",
    url=_url(2003, 9607),
    html=_page(
        _SKILL,
        "\n".join(
            (
                '<tr><td><table><tr><td>当前位置：</td><td><a href="/index.html">首页</a></td><td>&gt;&gt;</td>'
                "<td><font color=#990000>2003年鉴职工素质工程</font></td></tr></table></td></tr>",
                _heading("读书与技能"),
                _cell(
                    f"<p>　　<b>木工夜校结业</b>　{_B1}（贺小满）</p>\n"
                    f"<p>　　<b>职工读书会逾千</b>　{_B2}（祝 融 蓝千山）</p>\n"
                    f"<p>　　<b>数控车工比赛</b>　{_B3}</p>\n<p align=right>（蓝千山）</p>\n"
                    f"<p>　　<strong>绣衣厂女工学制版</strong>　{_B4.split(chr(10))[0]}</p>\n<p>　　{_B4.split(chr(10))[1]}</p>\n"
                    f"<p>　　<b>夜间律师课</b>　{_B5}（祝 融）</p>\n"
                    f"<p>　　<b>操作录像进班组</b>　{_B6}（东昌机床厂工会 岳 岭）</p>"
                ),
            )
        ),
    ),
    entries=(
        _skill("木工夜校结业", ("贺小满",), "（贺小满）", _B1),
        _skill("职工读书会逾千", ("祝融", "蓝千山"), "（祝 融 蓝千山）", _B2.replace("<b>", "").replace("</b>", "")),
        _skill("数控车工比赛", ("蓝千山",), "（蓝千山）", _B3),
        _skill("绣衣厂女工学制版", (), "", _B4),
        _skill("夜间律师课", ("祝融",), "（祝 融）", _B5),
        _skill("操作录像进班组", ("岳岭",), "（东昌机床厂工会 岳 岭）", _B6),
    ),
)

# 8 ── one study (F2) with 【】 round its heading, the authors on top, a line of the publishing system, a small table.

_STUDY = "外来女工居住状况调查"
_Y = (
    "2000年秋，市总工会女职工部在五个镇走访外来女工集体宿舍四十六处，发出问卷1 200份，收回1 108份。",
    "一、住得怎样",
    "人均居住面积不足四平方米的占三成，宿舍有热水的不到一半。各镇情况如下(见下表)：",
)
_Y_TABLE = (("镇", "宿舍", "人数"), ("望潮", "12", "2 310"), ("盐埠", "9", "1 475"))
_Y_END = (
    "二、几点建议",
    "(1)宿舍建设列入镇的规划；(2)房租在工资中单列；(3)工会参加宿舍管理。调查组认为，改善居住条件花钱不多，见效最快。",
)
AUTHOR_ON_TOP = Case(
    name="author-on-top",
    kind="F2 one entry, heading in 【】, 作者 on top, 来源/点击数/发布时间 as frame",
    url=_url(2001, 9608),
    html=_page(
        _STUDY,
        "\n".join(
            (
                _crumb("2001年鉴理论与调研"),
                _heading(f"【{_STUDY}】"),
                _cell(
                    "<p align=center><font color=#666666>来源：沧浦工运　点击数：132　发布时间：2006-3-15 9:20</font></p>\n"
                    "<p align=center>作者：程望江　鲁阿芳</p>\n"
                    + "\n".join(f"<p>　　{line}</p>" for line in _Y)
                    + "\n<table border=1 cellpadding=2>\n"
                    + "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _Y_TABLE)
                    + "\n</table>\n"
                    + "\n".join(f"<p>　　{line}</p>" for line in _Y_END)
                ),
            )
        ),
    ),
    entries=(
        Wanted(
            _STUDY,
            "理论与调研",
            _STUDY,
            2001,
            ("程望江", "鲁阿芳"),
            "作者：程望江　鲁阿芳",
            "\n".join((*_Y, *("\t".join(row) for row in _Y_TABLE), *_Y_END)),
        ),
    ),
    choice="the line without 作者 is frame",
)

# 9 ── a signed essay: the name in a cell of its own over the text, the heading above the breadcrumb.

_ESSAY = "渡口的灯"
_E = (
    "渡口局候船室的灯，从前是煤油灯，后来换成电灯，再后来换成节能灯，换灯的人一直是丁阿满。",
    "我第一次见他是在台风天。他把裤腿卷到膝盖，提着工具箱在水里走，说灯不亮，人就不敢上船。",
    "去年他退休，工会给他开了个会，(5名)徒弟都来了，没有一个人迟到。会上他只说了一句话：灯泡在左边的抽屉里。",
)
ESSAY = Case(
    name="essay",
    kind="signed essay: a single by-line in a cell of its own; heading above the breadcrumb, which ends in >>",
    url=_url(2002, 9609),
    html=_page(
        _ESSAY,
        "\n".join(
            (
                f"<tr><td align=center><font size=4><b>{_ESSAY}</b></font></td></tr>",
                '<tr><td>当前位置: <a href="/index.html">首页</a> &gt;&gt; <a href="#">2002年鉴专文</a> &gt;&gt;</td></tr>',
                f"<tr><td align=center>{HYPHENS[:40]}</td></tr>",
                "<tr><td align=center>许　慕　白</td></tr>",
                _cell("\n".join(f"<p>　　{line}</p>" for line in _E)),
            )
        ),
    ),
    entries=(Wanted(_ESSAY, "专文", _ESSAY, 2002, ("许慕白",), "许　慕　白", "\n".join(_E)),),
)

# 10 ── an overview first (F3a), headed only 综述 (F6); thousands, false breaks, roles, a bare name on the last line.

_V0 = (
    "2001年，全市工会受理来信来访34 872件，比上年下降百分之九。(1)接待日制度化，主席每月接待一次；"
    "(2)网络延伸到街道，共设接待点一百零六个；(3)疑难件集中会办，办结率为百分之九十三(见附表)。"
)
_V1 = "5月8日，职工热线开通，设坐席六个，开通当天接听电话1 204个。"
_V2 = "港西区总工会把来访登记改成一张联单，职工跑一次就知道由谁办、何时办结。"
_V3 = "信访干部长期面对情绪激动的来访者，市总工会为他们开办心理疏导班(专报第31期)，九十六人参加。"
_V4 = "沧钢工会把接待室搬到厂门口，下班的职工推着自行车就能反映问题，全年接待二百九十八人次。"
_V5 = "全市评出优秀信访件四十件，内容涉及工资、医保、住房。有关部门据此修改文件七个。"
_V6 = "南屏区总工会请退休法官坐堂，每周三上午解答职工提问，一年解答八百零五件。"


def _visits(title: str, authors: tuple[str, ...], signature: str, body: str) -> Wanted:
    return Wanted(title, "信息与信访", "综述", 2002, authors, signature, body)


OVERVIEW = Case(
    name="overview-first",
    kind="F3a/F6 overview under a bare heading 综述, then bracketed entries in one cell",
    url=_url(2002, 9610),
    html=_page(
        "信访",
        "\n".join(
            (
                _crumb("2002年鉴信息与信访"),
                _heading("综述"),
                _cell(
                    f"　　{_V0.replace('34 872', '34' + chr(10) + '872').replace('街道', '街<br>' + chr(10) + '道')}（秦 庚）<br>\n　　<br>\n"
                    f"　　[职工热线开通] {_V1}（向 葵）<br>\n　　<br>\n"
                    f"　　[港西区推行联单]{_V2.replace('一张联', '一张' + chr(10) + '联')}（撰稿 向 葵 审稿 秦 庚）<br>\n　　<br>\n"
                    f"　　[信访干部心理疏导]{_V3}（毕小春/文 栾立人/图）<br>\n　　<br>\n"
                    f"　　[接待室搬到厂门口]{_V4} [评选优秀信访件] {_V5}（秦 庚、向 葵）<br>\n　　<br>\n"
                    f"　　[退休法官坐堂]{_V6}<br>\n　　毕小春<br>\n&nbsp;<br>\n&nbsp;&nbsp;&nbsp;"
                ),
            )
        ),
    ),
    entries=(
        _visits("综述", ("秦庚",), "（秦 庚）", _V0),
        _visits("职工热线开通", ("向葵",), "（向 葵）", _V1),
        _visits("港西区推行联单", ("向葵",), "（撰稿 向 葵 审稿 秦 庚）", _V2),
        _visits("信访干部心理疏导", ("毕小春", "栾立人"), "（毕小春/文 栾立人/图）", _V3),
        _visits("接待室搬到厂门口", (), "", _V4),
        _visits("评选优秀信访件", ("秦庚", "向葵"), "（秦 庚、向 葵）", _V5),
        _visits("退休法官坐堂", ("毕小春",), "毕小春", _V6),
    ),
    choice="the bare name on the last line is taken as signature because it signs another entry of the page",
)

# 11 ── a roll (F9): a line, a table of names, a note; the names in brackets are firms, not signatures.

_ROLL = "2004年度先进集体和先进个人名录"
_ROLL_LINE = "市五一劳动奖章：丁阿满（渡口局）　岳岭（东昌机床厂）　田小穗（第三人民医院）"
_ROLL_TABLE = (
    ("市模范集体", "渡口局轮机班", "沧钢四高炉", "沙塘区法律咨询台"),
    ("市劳动模范", "蒋春水", "俞阿巧", "白　鹭"),
    ("优秀工会工作者", "龚蓓", "费桐", "申屠月"),
)
_ROLL_NOTE = "说明：名录按公布先后排列，单位名称以评选时为准；推荐工作历时五个月，经公示后公布（共12名）"
ROLL = Case(
    name="roll",
    kind="F9 roll of honour: one entry, title = heading, no authors",
    url=_url(2005, 9611),
    html=_page(
        _ROLL,
        "\n".join(
            (
                _crumb("2005年鉴统计资料"),
                _heading(_ROLL),
                _cell(
                    f"<p>　　{_ROLL_LINE}</p>\n<table border=1 cellpadding=2>\n"
                    + "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _ROLL_TABLE)
                    + f"\n</table>\n<p>　　{_ROLL_NOTE}</p>"
                ),
            )
        ),
    ),
    entries=(
        Wanted(
            _ROLL,
            "统计资料",
            _ROLL,
            2005,
            (),
            "",
            "\n".join((_ROLL_LINE, *("\t".join(row) for row in _ROLL_TABLE), _ROLL_NOTE)),
        ),
    ),
)

# 12 ── ■ titles on lines of their own; the breadcrumb over <br>, its year in Chinese digits, ending in >>.

_WOMEN = "女职工工作"
_W1 = "市总工会女职工部会同妇幼保健院，为工地女工免费体检一千九百人次。"
_W2 = "三十二户企业签订女职工专项合同，内容从孕产哺乳保护到更衣室面积，一共十八条。"
_W3 = "周末学校在商务楼开课，第一课讲急救，来了二百人，走廊里也站满了。\n第二课改到礼堂。"
_W4 = "麦岭区总工会设立哺乳室十六间，钥匙由值班女工轮流保管。"
_W5 = "市总工会表彰女职工建功标兵五十名，其中一线工人三十四名。"


def _women(title: str, authors: tuple[str, ...], signature: str, body: str) -> Wanted:
    return Wanted(title, "女职工工作", _WOMEN, 2003, authors, signature, body)


SQUARES = Case(
    name="square-titles",
    kind="■ titles on lines of their own; breadcrumb over <br>, year in Chinese digits",
    url=_url(2003, 9612),
    html=_page(
        _WOMEN,
        "\n".join(
            (
                '<tr><td>当前位置：<br><a href="/index.html">首页</a> &gt;&gt;<br>二〇〇三年鉴女职工工作 &gt;&gt;</td></tr>',
                _heading(_WOMEN),
                _cell(
                    f"<p>■女工体检进工地</p>\n<p>　　{_W1}（翁 绮）</p>\n"
                    f"<p>■女职工专项合同</p>\n<p>　　{_W2}</p>\n"
                    f"<p>■周末学校进商务楼</p>\n<p>　　{_W3.split(chr(10))[0]}</p>\n<p>　　{_W3.split(chr(10))[1]}</p>\n"
                    f"<p align=right>（翁 绮　葛小芳）</p>\n"
                    f"<p>■哺乳室十六间</p>\n<p>　　{_W4}（麦岭区总工会 田　恬）</p>\n"
                    f"<p>■表彰建功标兵</p>\n<p>　　{_W5}</p>\n<p>　　撰稿人：葛小芳</p>"
                ),
            )
        ),
    ),
    entries=(
        _women("女工体检进工地", ("翁绮",), "（翁 绮）", _W1),
        _women("女职工专项合同", (), "", _W2),
        _women("周末学校进商务楼", ("翁绮", "葛小芳"), "（翁 绮　葛小芳）", _W3),
        _women("哺乳室十六间", ("田恬",), "（麦岭区总工会 田　恬）", _W4),
        _women("表彰建功标兵", ("葛小芳",), "撰稿人：葛小芳", _W5),
    ),
)

CASES: tuple[Case, ...] = (
    ORGANISATION,
    SPEECH,
    CHRONICLE,
    NO_BREADCRUMB,
    SUBSECTIONS,
    PHOTOGRAPHS,
    BOLD,
    AUTHOR_ON_TOP,
    ESSAY,
    OVERVIEW,
    ROLL,
    SQUARES,
)
