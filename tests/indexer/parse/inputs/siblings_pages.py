"""Siblings of the pages that failed: small pages of every kind, each with its right answer.

All text is invented. Content and answers are written literally; only the frame comes from helpers.
Run as a script, the module checks itself.
"""

from __future__ import annotations

import html as markup
import re
from dataclasses import dataclass

HOST = "http://nianjian.cangpu.example/node6000"
RULE = "<tr><td align=center>" + "-" * 77 + "</td></tr>"
FOLDERS = {
    2001: "node6001/node6180",
    2002: "node6002/node6280",
    2003: "node6054/node6380",
    2004: "node6055/node6480",
    2005: "node6056/node6580",
}


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
    doubtful: bool = False  # a problem must be reported
    choice: str = ""


@dataclass(frozen=True, slots=True)
class At:
    """Where an entry stands: the volume's year, the section, the page's heading or the 分目."""

    year: int
    section: str
    heading: str


def want(
    at: At,
    title: str,
    body: str,
    signature: str = "",
    *authors: str,
    captions: tuple[str, ...] = (),
) -> Wanted:
    return Wanted(title, at.section, at.heading, at.year, authors, signature, body, captions)


def address(year: int, number: int) -> str:
    return f"{HOST}/{FOLDERS[year]}/userobject1ai{number}.html"


def crumb(place: str) -> str:
    return f'<tr><td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>{place}</font></td></tr>\n'


def row(cells: str) -> str:
    return f"<tr>{cells}</tr>\n"


def head(heading: str) -> str:
    return f"<tr><td align=center><b>{heading}</b></td></tr>\n"


def text(body: str) -> str:
    return f"<tr><td class=f14>{body}</td></tr>\n"


def page(*rows: str, close: str = "[关闭窗口]") -> str:
    """Navigation, the rows given, the closing row, the footer."""
    volumes = "".join(
        f'<tr><td class="nav"><a href="/node6000/{folder.split("/")[0]}/index.html">{year}年年鉴</a></td></tr>\n'
        for year, folder in FOLDERS.items()
    )
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        "<title>年鉴</title></head><body>\n"
        "<table width=778><tr><td width=160 valign=top><table width=100%>\n"
        f'<tr><td class="nav"><b>工会年鉴</b></td></tr>\n{volumes}</table></td>\n'
        "<td valign=top><table width=100% border=0>\n"
        + "".join(rows)
        + f'<tr><td align=center><a href="javascript:window.close()">{close}</a></td></tr>\n'
        "</table></td></tr></table>\n<hr><center>沧浦市总工会 2006年版权所有<br>"
        "copyright 2002 cangpu.example ALL Rights Reserved.</center></body></html>\n"
    )


def usual(place: str, heading: str, body: str) -> str:
    """A page in its usual frame."""
    return page(crumb(place), head(heading), RULE, text(body))


# ---------------------------------------------------------------- 01 unsigned entries
UNSIGNED = (
    Case(
        "unsigned-wide-no-space",
        "unsigned",
        address(2003, 970101),
        usual(
            "2003年鉴区县工会",
            "区县工会",
            "<p>　　【盐场区建起流动书屋】盐场区总工会把书屋装上三轮车，一年走过四十一个工地。"
            "【桥东区试行午间调解】桥东区总工会利用午休调解欠薪纠纷，办结三十七件。"
            "【云台区请老师傅带徒】云台区总工会与七家机修厂签订带徒合同，结对一百二十对。（冯立新）</p>",
        ),
        (
            want(
                At(2003, "区县工会", "区县工会"),
                "盐场区建起流动书屋",
                "盐场区总工会把书屋装上三轮车，一年走过四十一个工地。",
            ),
            want(
                At(2003, "区县工会", "区县工会"),
                "桥东区试行午间调解",
                "桥东区总工会利用午休调解欠薪纠纷，办结三十七件。",
            ),
            want(
                At(2003, "区县工会", "区县工会"),
                "云台区请老师傅带徒",
                "云台区总工会与七家机修厂签订带徒合同，结对一百二十对。",
                "（冯立新）",
                "冯立新",
            ),
        ),
    ),
    Case(
        "unsigned-short-titles-organisation",
        "unsigned",
        address(2001, 970102),
        usual(
            "2001年鉴局、产业工会",
            "沧浦市盐业工会",
            "<p>　　［概况］全局有基层工会二十三个，会员六千一百人。"
            "［信访］全年接待职工来访一百零四批，当场办结八成。（童 敏）</p>\n"
            "<p>　　［工作思路］新的一年以班组建家为主线，先办三件实事。 "
            "［福利］各盐场为晒盐工添置遮阳棚六十顶。（乐正平）</p>",
        ),
        (
            want(
                At(2001, "局、产业工会", "沧浦市盐业工会"),
                "概况",
                "全局有基层工会二十三个，会员六千一百人。",
            ),
            want(
                At(2001, "局、产业工会", "沧浦市盐业工会"),
                "信访",
                "全年接待职工来访一百零四批，当场办结八成。",
                "（童 敏）",
                "童敏",
            ),
            want(
                At(2001, "局、产业工会", "沧浦市盐业工会"),
                "工作思路",
                "新的一年以班组建家为主线，先办三件实事。",
            ),
            want(
                At(2001, "局、产业工会", "沧浦市盐业工会"),
                "福利",
                "各盐场为晒盐工添置遮阳棚六十顶。",
                "（乐正平）",
                "乐正平",
            ),
        ),
    ),
    Case(
        "unsigned-after-quote-and-exclamation-br",
        "unsigned",
        address(2002, 970103),
        usual(
            "2002年鉴女职工工作",
            "女职工工作",
            "　　[渔港设妈妈小屋]望潮渔港工会腾出两间仓房做妈妈小屋，女工说：“总算有个坐处。” "
            "[电车公司评放心车]电车公司工会组织乘客评比放心车，收回选票九千张。<br>\n"
            "　　[缝纫厂开夜间诊室]缝纫厂工会请来两位医生夜间坐诊，女工们都说来得正好！"
            "[纺校增设识图课]纺织技校为女学员增设识图课，每周两节。(柏秀兰)<br>",
        ),
        (
            want(
                At(2002, "女职工工作", "女职工工作"),
                "渔港设妈妈小屋",
                "望潮渔港工会腾出两间仓房做妈妈小屋，女工说：“总算有个坐处。”",
            ),
            want(
                At(2002, "女职工工作", "女职工工作"),
                "电车公司评放心车",
                "电车公司工会组织乘客评比放心车，收回选票九千张。",
            ),
            want(
                At(2002, "女职工工作", "女职工工作"),
                "缝纫厂开夜间诊室",
                "缝纫厂工会请来两位医生夜间坐诊，女工们都说来得正好！",
            ),
            want(
                At(2002, "女职工工作", "女职工工作"),
                "纺校增设识图课",
                "纺织技校为女学员增设识图课，每周两节。",
                "(柏秀兰)",
                "柏秀兰",
            ),
        ),
    ),
    Case(
        "unsigned-after-overview",
        "unsigned",
        address(2002, 970104),
        usual(
            "2002年鉴信息与信访",
            "信访综述",
            "<p>　　全年全市工会受理来信来访五千三百件，办结率比上年提高六个百分点。</p>\n"
            "<p>　　[设立双休日接待]市总工会信访室双休日不关门，接待职工六百人。 "
            "[编印问答手册]信访室把常见问题编成手册，印发一万二千册。(邢志刚)</p>\n"
            "<p>　　[接访员轮训]八十名接访员分两批轮训，结业考试全部合格。</p>",
        ),
        (
            want(
                At(2002, "信息与信访", "信访综述"),
                "信访综述",
                "全年全市工会受理来信来访五千三百件，办结率比上年提高六个百分点。",
            ),
            want(
                At(2002, "信息与信访", "信访综述"),
                "设立双休日接待",
                "市总工会信访室双休日不关门，接待职工六百人。",
            ),
            want(
                At(2002, "信息与信访", "信访综述"),
                "编印问答手册",
                "信访室把常见问题编成手册，印发一万二千册。",
                "(邢志刚)",
                "邢志刚",
            ),
            want(
                At(2002, "信息与信访", "信访综述"),
                "接访员轮训",
                "八十名接访员分两批轮训，结业考试全部合格。",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- what is no title
NO_TITLE = (
    Case(
        "no-title-same-brackets-after-stop",
        "no-title",
        address(2002, 970201),
        usual(
            "2002年鉴精神文明建设",
            "职工风采",
            "<p>　　[评选身边榜样]市总工会请职工推选身边的榜样，推选历时三个月。 "
            "[十佳]职工的事迹编成画册，送到每个班组。(洪大林)</p>\n"
            "<p>　　[班组讲评会进社区]印染厂工会把讲评会开到职工住的社区，居民也来旁听。(洪大林)</p>\n"
            "<p>　　[厂歌征集揭晓]轧钢厂工会征集厂歌，收到歌词七十首。(尹梦瑶)</p>",
        ),
        (
            want(
                At(2002, "精神文明建设", "职工风采"),
                "评选身边榜样",
                "市总工会请职工推选身边的榜样，推选历时三个月。 [十佳]职工的事迹编成画册，送到每个班组。",
                "(洪大林)",
                "洪大林",
            ),
            want(
                At(2002, "精神文明建设", "职工风采"),
                "班组讲评会进社区",
                "印染厂工会把讲评会开到职工住的社区，居民也来旁听。",
                "(洪大林)",
                "洪大林",
            ),
            want(
                At(2002, "精神文明建设", "职工风采"),
                "厂歌征集揭晓",
                "轧钢厂工会征集厂歌，收到歌词七十首。",
                "(尹梦瑶)",
                "尹梦瑶",
            ),
        ),
        doubtful=True,
        choice="same brackets as the titles, after a full stop: 十佳 could be a title; "
        "the run reads 十佳职工, so it is body, and reported",
    ),
    Case(
        "no-title-other-brackets-after-stop",
        "no-title",
        address(2003, 970202),
        usual(
            "2003年鉴民主管理",
            "民主管理",
            "<p>　　【厂务公开栏上网】砖瓦厂工会把公开栏搬到网上，职工留言二百条。"
            "[双爱]活动同时展开，行政与工会各提五项承诺。（贝永年）</p>\n"
            "<p>　　【职代会旁听制】糖厂职代会设旁听席，家属可以报名。（贝永年）</p>\n"
            "<p>　　【议案限期答复】罐头厂规定议案二十天内答复，逾期由工会督办。</p>",
        ),
        (
            want(
                At(2003, "民主管理", "民主管理"),
                "厂务公开栏上网",
                "砖瓦厂工会把公开栏搬到网上，职工留言二百条。[双爱]活动同时展开，行政与工会各提五项承诺。",
                "（贝永年）",
                "贝永年",
            ),
            want(
                At(2003, "民主管理", "民主管理"),
                "职代会旁听制",
                "糖厂职代会设旁听席，家属可以报名。",
                "（贝永年）",
                "贝永年",
            ),
            want(
                At(2003, "民主管理", "民主管理"),
                "议案限期答复",
                "罐头厂规定议案二十天内答复，逾期由工会督办。",
            ),
        ),
        choice="the page's titles have 【】 and stand at paragraph starts; [双爱] is neither",
    ),
    Case(
        "no-title-page-without-brackets",
        "no-title",
        address(2001, 970203),
        usual(
            "2001年鉴参与经济建设",
            "造纸厂开展小革新竞赛",
            "<p>　　造纸厂工会发动职工搞小革新，全年实施八十六项。"
            "［五小］成果由职工自己评审，得奖者在厂门口披红。（奚伯安）</p>",
        ),
        (
            want(
                At(2001, "参与经济建设", "造纸厂开展小革新竞赛"),
                "造纸厂开展小革新竞赛",
                "造纸厂工会发动职工搞小革新，全年实施八十六项。［五小］成果由职工自己评审，得奖者在厂门口披红。",
                "（奚伯安）",
                "奚伯安",
            ),
        ),
        choice="no paragraph of the page starts with a bracket: ［五小］成果 is body",
    ),
    Case(
        "no-title-inside-a-sentence",
        "no-title",
        address(2002, 970204),
        usual(
            "2002年鉴自身建设",
            "自身建设",
            "<p>　　[表彰先进小组]按照沧工总[2001]12号文件，三个小组被评为[十佳]小组。(向文彬)</p>\n"
            "<p>　　[整顿空壳工会]市总工会查出空壳工会四十家，半年内全部改选。(向文彬)</p>",
        ),
        (
            want(
                At(2002, "自身建设", "自身建设"),
                "表彰先进小组",
                "按照沧工总[2001]12号文件，三个小组被评为[十佳]小组。",
                "(向文彬)",
                "向文彬",
            ),
            want(
                At(2002, "自身建设", "自身建设"),
                "整顿空壳工会",
                "市总工会查出空壳工会四十家，半年内全部改选。",
                "(向文彬)",
                "向文彬",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 02 no breadcrumb
NO_BREADCRUMB = (
    Case(
        "no-breadcrumb-wide-brackets-2001",
        "no-breadcrumb",
        address(2001, 970301),
        page(
            head("沧浦市灯塔局工会"),
            RULE,
            text(
                "　　［概况］灯塔局有守塔职工三百一十人，工会小组二十八个。（骆长青）<br>\n"
                "　　［海上书箱］局工会给每座灯塔配一只书箱，按季轮换。（骆长青）<br>"
            ),
            close="【关闭窗口】",
        ),
        (
            want(
                At(2001, "", "沧浦市灯塔局工会"),
                "概况",
                "灯塔局有守塔职工三百一十人，工会小组二十八个。",
                "（骆长青）",
                "骆长青",
            ),
            want(
                At(2001, "", "沧浦市灯塔局工会"),
                "海上书箱",
                "局工会给每座灯塔配一只书箱，按季轮换。",
                "（骆长青）",
                "骆长青",
            ),
        ),
        doubtful=True,
        choice="read, and the want of a breadcrumb reported once; no index page names node6180",
    ),
    Case(
        "no-breadcrumb-bracketed-heading-2004",
        "no-breadcrumb",
        address(2004, 970302),
        page(
            row("<td align=center><font size=4><b>【清淤工人有了歇脚亭】</b></font></td>"),
            RULE,
            text("<p>　　河道处工会沿河修建歇脚亭十一座，亭内备有饮水和药箱。</p>\n<p>　　（闵家宝）</p>"),
        ),
        (
            want(
                At(2004, "", "清淤工人有了歇脚亭"),
                "清淤工人有了歇脚亭",
                "河道处工会沿河修建歇脚亭十一座，亭内备有饮水和药箱。",
                "（闵家宝）",
                "闵家宝",
            ),
        ),
        doubtful=True,
        choice="read, and the want of a breadcrumb reported once",
    ),
    Case(
        "no-breadcrumb-one-bare-entry-2003",
        "no-breadcrumb",
        address(2003, 970303),
        page(
            row("<td>&nbsp;</td>"),
            head("搬运公司试行轮换歇工"),
            RULE,
            text("<p>　　搬运公司工会与行政商定，高温天每干四十分钟歇二十分钟，工效不降反升。（欧阳铭）</p>"),
        ),
        (
            want(
                At(2003, "", "搬运公司试行轮换歇工"),
                "搬运公司试行轮换歇工",
                "搬运公司工会与行政商定，高温天每干四十分钟歇二十分钟，工效不降反升。",
                "（欧阳铭）",
                "欧阳铭",
            ),
        ),
        doubtful=True,
        choice="read, and the want of a breadcrumb reported once",
    ),
    Case(
        "no-breadcrumb-no-rule-2005",
        "no-breadcrumb",
        address(2005, 970304),
        page(
            head("沧浦市园林局工会"),
            text(
                "<p>　　【花匠技能赛】局工会举办花匠技能赛，参赛一百四十人。（施培根）</p>\n"
                "<p>　　【夜班食堂】各公园设夜班食堂，供应热面条。（施培根）</p>"
            ),
        ),
        (
            want(
                At(2005, "", "沧浦市园林局工会"),
                "花匠技能赛",
                "局工会举办花匠技能赛，参赛一百四十人。",
                "（施培根）",
                "施培根",
            ),
            want(
                At(2005, "", "沧浦市园林局工会"),
                "夜班食堂",
                "各公园设夜班食堂，供应热面条。",
                "（施培根）",
                "施培根",
            ),
        ),
        doubtful=True,
        choice="neither breadcrumb nor rule; the layout's 【】 are there. The centred bold line above "
        "the first title is taken as the heading; heading '' would be as careful a reading",
    ),
)

# ---------------------------------------------------------------- 03 speeches
SPEECH = (
    Case(
        "speech-date-over-office-and-name",
        "speech",
        address(2001, 970401),
        usual(
            "2001年鉴特载",
            "在沧浦市职工技协第三次代表会议上的讲话",
            "<center>（2000年6月15日）</center>\n<center>沧浦市总工会副主席　鲍振东</center>\n"
            "<p>　　同志们：技协的家底是工人的手艺，手艺要有人传。</p>\n"
            "<p>　　一、把能人请出来</p>\n<p>　　各厂先把能人的名单列出来，交给技协登记。</p>",
        ),
        (
            want(
                At(2001, "特载", "在沧浦市职工技协第三次代表会议上的讲话"),
                "在沧浦市职工技协第三次代表会议上的讲话",
                "同志们：技协的家底是工人的手艺，手艺要有人传。\n一、把能人请出来\n"
                "各厂先把能人的名单列出来，交给技协登记。",
                "",
                "鲍振东",
                captions=("（2000年6月15日）", "沧浦市总工会副主席　鲍振东"),
            ),
        ),
    ),
    Case(
        "speech-name-over-date-in-cells",
        "speech",
        address(2003, 970402),
        usual(
            "2003年鉴特载",
            "在全市女职工建功表彰会上的讲话",
            "<table width=100%><tr><td align=center>沧浦市总工会副主席&nbsp;&nbsp;乔素珍</td></tr>\n"
            "<tr><td align=center>（2002年3月7日）</td></tr></table>\n"
            "<p>　　姐妹们：今天受表彰的一百二十人，来自一百二十个不同的岗位。</p>\n"
            "<p>　　希望大家回去以后，把奖状挂在车间，不要锁在抽屉。</p>",
        ),
        (
            want(
                At(2003, "特载", "在全市女职工建功表彰会上的讲话"),
                "在全市女职工建功表彰会上的讲话",
                "姐妹们：今天受表彰的一百二十人，来自一百二十个不同的岗位。\n"
                "希望大家回去以后，把奖状挂在车间，不要锁在抽屉。",
                "",
                "乔素珍",
                captions=("沧浦市总工会副主席  乔素珍", "（2002年3月7日）"),
            ),
        ),
    ),
    Case(
        "speech-date-office-name-by-br",
        "speech",
        address(2004, 970403),
        usual(
            "2004年鉴特载",
            "在盐场安全生产现场会上的讲话",
            "<p align=center>二○○三年十二月二十日<br>沧浦市盐业工会主席<br>伍国梁</p>\n"
            "<p>　　各位师傅：盐堤漏不漏，站在堤上的人最清楚。请大家把看到的都讲出来。</p>",
        ),
        (
            want(
                At(2004, "特载", "在盐场安全生产现场会上的讲话"),
                "在盐场安全生产现场会上的讲话",
                "各位师傅：盐堤漏不漏，站在堤上的人最清楚。请大家把看到的都讲出来。",
                "",
                "伍国梁",
                captions=("二○○三年十二月二十日", "沧浦市盐业工会主席", "伍国梁"),
            ),
        ),
    ),
    Case(
        "speech-address-with-name-alone",
        "speech",
        address(2002, 970404),
        usual(
            "2002年鉴特载",
            "在渔港职工之家落成仪式上的致辞",
            "<p align=center>谭书华</p>\n"
            "<p>　　各位来宾：这座房子的每一块砖，都是渔工自己挑来的。</p>\n<p>　　谢谢大家。</p>",
        ),
        (
            want(
                At(2002, "特载", "在渔港职工之家落成仪式上的致辞"),
                "在渔港职工之家落成仪式上的致辞",
                "各位来宾：这座房子的每一块砖，都是渔工自己挑来的。\n谢谢大家。",
                "",
                "谭书华",
                captions=("谭书华",),
            ),
        ),
        choice="a single by-line, but under a heading ending 致辞: caption, not signature",
    ),
    Case(
        "speech-report-with-office-and-name-alone",
        "speech",
        address(2005, 970405),
        usual(
            "2005年鉴特载",
            "在沧浦市总工会五届三次全委会上的工作报告",
            "<p>　　　　　　　　<b>沧浦市总工会主席　汪一帆</b></p>\n"
            "<p>　　各位委员：我代表常委会报告一年的工作。一年来新建基层工会九百家。</p>",
        ),
        (
            want(
                At(2005, "特载", "在沧浦市总工会五届三次全委会上的工作报告"),
                "在沧浦市总工会五届三次全委会上的工作报告",
                "各位委员：我代表常委会报告一年的工作。一年来新建基层工会九百家。",
                "",
                "汪一帆",
                captions=("沧浦市总工会主席　汪一帆",),
            ),
        ),
        choice="a single by-line, but under a heading ending 报告: caption, not signature",
    ),
    Case(
        "speech-block-under-a-plain-heading",
        "speech",
        address(2005, 970406),
        usual(
            "2005年鉴专文",
            "把职代会开到车间里去",
            "<p align=center>——在民主管理现场会上的发言</p>\n"
            "<p align=center>云台区总工会主席　宋承业</p>\n<p align=center>（2004年5月11日）</p>\n"
            "<p>　　各位同行：我区有一百零三家企业把职代会开到了车间。</p>\n"
            "<p>　　开在车间的会，提案多了一倍。</p>",
        ),
        (
            want(
                At(2005, "专文", "把职代会开到车间里去"),
                "把职代会开到车间里去",
                "各位同行：我区有一百零三家企业把职代会开到了车间。\n开在车间的会，提案多了一倍。",
                "",
                "宋承业",
                captions=(
                    "——在民主管理现场会上的发言",
                    "云台区总工会主席　宋承业",
                    "（2004年5月11日）",
                ),
            ),
        ),
    ),
    Case(
        "speech-spaced-by-ideographic-spaces",
        "speech",
        address(2002, 970407),
        usual(
            "2002年鉴特载",
            "在纪念建厂工会五十周年大会上的讲话",
            "　　　　　　　　　　康　长　河<br>\n　　　　　　　　（二〇〇一年八月二日）<br>\n"
            "　　老师傅们、青年朋友们：五十年前，这里只有一台借来的冲床。<br>\n"
            "　　今天的冲床排成了街，工会的门牌还是原来那一块。<br>",
        ),
        (
            want(
                At(2002, "特载", "在纪念建厂工会五十周年大会上的讲话"),
                "在纪念建厂工会五十周年大会上的讲话",
                "老师傅们、青年朋友们：五十年前，这里只有一台借来的冲床。\n"
                "今天的冲床排成了街，工会的门牌还是原来那一块。",
                "",
                "康长河",
                captions=("康　长　河", "（二〇〇一年八月二日）"),
            ),
        ),
    ),
    Case(
        "speech-name-and-date-on-one-line",
        "speech",
        address(2001, 970408),
        usual(
            "2001年鉴文献",
            "在困难职工座谈会上的讲话",
            "<p align=right>谢家禾　2000年9月3日</p>\n"
            "<p>　　各位师傅：今天不念稿子，请大家一个一个说难处，我一条一条记。</p>",
        ),
        (
            want(
                At(2001, "文献", "在困难职工座谈会上的讲话"),
                "在困难职工座谈会上的讲话",
                "各位师傅：今天不念稿子，请大家一个一个说难处，我一条一条记。",
                "",
                "谢家禾",
                captions=("谢家禾　2000年9月3日",),
            ),
        ),
    ),
    Case(
        "speech-report-abridged",
        "speech",
        address(2003, 970409),
        usual(
            "2003年鉴特载",
            "关于沧浦市总工会经费审查工作的报告（摘要）",
            "<div align=center>经费审查委员会主任　章素云</div>\n"
            "<div align=center>2002年1月22日</div>\n"
            "<p>　　各位委员：一年来审查基层工会账目四百一十本，纠正差错二十六处。</p>",
        ),
        (
            want(
                At(2003, "特载", "关于沧浦市总工会经费审查工作的报告（摘要）"),
                "关于沧浦市总工会经费审查工作的报告（摘要）",
                "各位委员：一年来审查基层工会账目四百一十本，纠正差错二十六处。",
                "",
                "章素云",
                captions=("经费审查委员会主任　章素云", "2002年1月22日"),
            ),
        ),
    ),
    Case(
        "speech-name-office-below-and-subtitle-date",
        "speech",
        address(2004, 970410),
        usual(
            "2004年鉴特载",
            "在职工读书节闭幕式上的讲话",
            "<p align=center><font color=#666666>（2003年10月30日，根据录音整理）</font></p>\n"
            "<p align=center><font color=#666666>郝　静</font></p>\n"
            "<p align=center><font color=#666666>沧浦市总工会宣传部部长</font></p>\n"
            "<p>　　读者朋友们：读书节送走了三万册书，也请大家送回三万个读后感。</p>",
        ),
        (
            want(
                At(2004, "特载", "在职工读书节闭幕式上的讲话"),
                "在职工读书节闭幕式上的讲话",
                "读者朋友们：读书节送走了三万册书，也请大家送回三万个读后感。",
                "",
                "郝静",
                captions=("（2003年10月30日，根据录音整理）", "郝　静", "沧浦市总工会宣传部部长"),
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 04 breadcrumb over cells
BREADCRUMB_CELLS = (
    Case(
        "breadcrumb-cells-year-and-section-apart",
        "breadcrumb-cells",
        address(2003, 970501),
        page(
            row("<td>当前位置：</td><td><a href=/>首页</a>&gt;&gt;</td><td>2003年鉴</td><td>民主管理</td>"),
            row("<td colspan=4 align=center><b>罐头厂职代会评议伙食</b></td>"),
            RULE,
            text("<p>　　罐头厂职代会把伙食列入评议，食堂换了承包人。（饶素芬）</p>"),
        ),
        (
            want(
                At(2003, "民主管理", "罐头厂职代会评议伙食"),
                "罐头厂职代会评议伙食",
                "罐头厂职代会把伙食列入评议，食堂换了承包人。",
                "（饶素芬）",
                "饶素芬",
            ),
        ),
    ),
    Case(
        "breadcrumb-cells-in-a-nested-table",
        "breadcrumb-cells",
        address(2001, 970502),
        page(
            row(
                "<td><table border=0><tr><td nowrap>当前位置: </td>\n"
                "<td nowrap><a href='/index.html'>首页</a></td>\n<td nowrap>&gt;&gt;</td>\n"
                "<td nowrap><font color=#990000>2001年鉴自身建设</font></td></tr></table></td>"
            ),
            head("基层组织"),
            RULE,
            text(
                "<p>　　［楼宇工会挂牌］滨江路三幢写字楼建立联合工会，会员八百人。（尚文波）</p>\n"
                "<p>　　［换届验收］七十家工会换届，验收合格六十八家。（尚文波）</p>"
            ),
        ),
        (
            want(
                At(2001, "自身建设", "基层组织"),
                "楼宇工会挂牌",
                "滨江路三幢写字楼建立联合工会，会员八百人。",
                "（尚文波）",
                "尚文波",
            ),
            want(
                At(2001, "自身建设", "基层组织"),
                "换届验收",
                "七十家工会换届，验收合格六十八家。",
                "（尚文波）",
                "尚文波",
            ),
        ),
    ),
    Case(
        "breadcrumb-cells-with-picture-arrows",
        "breadcrumb-cells",
        address(2005, 970503),
        page(
            row(
                "<td>当前位置</td><td><img src=/images/dot.gif></td><td><a href=/>首页</a></td>"
                "<td><img src=/images/arrow.gif></td><td>2005年鉴工会企事业</td>"
            ),
            row("<td colspan=5 align=center><b>【工人文化宫翻修票房】</b></td>"),
            RULE,
            text("<p>　　工人文化宫翻修票房，职工凭会员证买票便宜三成。</p>\n<p>　　（阎立冬）</p>"),
        ),
        (
            want(
                At(2005, "工会企事业", "工人文化宫翻修票房"),
                "工人文化宫翻修票房",
                "工人文化宫翻修票房，职工凭会员证买票便宜三成。",
                "（阎立冬）",
                "阎立冬",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- breadcrumb over lines or <br>
BREADCRUMB_LINES = (
    Case(
        "breadcrumb-lines-br",
        "breadcrumb-lines",
        address(2002, 970601),
        page(
            row("<td>当前位置：<br><a href=/>首页</a> &gt;&gt;<br><font color=#990000>2002年鉴区县工会</font></td>"),
            head("麦岭区办起修车夜校"),
            RULE,
            text("<p>　　麦岭区总工会办起修车夜校，结业四十四人。(楚建国)</p>"),
        ),
        (
            want(
                At(2002, "区县工会", "麦岭区办起修车夜校"),
                "麦岭区办起修车夜校",
                "麦岭区总工会办起修车夜校，结业四十四人。",
                "(楚建国)",
                "楚建国",
            ),
        ),
    ),
    Case(
        "breadcrumb-lines-rows",
        "breadcrumb-lines",
        address(2004, 970602),
        page(
            row("<td>当前位置：首页</td>"),
            row("<td>&gt;&gt;2004年鉴</td>"),
            row("<td>&gt;&gt;维护职工合法权益</td>"),
            head("欠薪追讨"),
            RULE,
            text(
                "<p>　　【追薪小分队】市总工会组织追薪小分队，替民工要回工钱九十万元。（庄文涛）</p>\n"
                "<p>　　【欠薪黑榜】欠薪企业每季公布一次。（庄文涛）</p>"
            ),
        ),
        (
            want(
                At(2004, "维护职工合法权益", "欠薪追讨"),
                "追薪小分队",
                "市总工会组织追薪小分队，替民工要回工钱九十万元。",
                "（庄文涛）",
                "庄文涛",
            ),
            want(
                At(2004, "维护职工合法权益", "欠薪追讨"),
                "欠薪黑榜",
                "欠薪企业每季公布一次。",
                "（庄文涛）",
                "庄文涛",
            ),
        ),
    ),
    Case(
        "breadcrumb-lines-paragraphs",
        "breadcrumb-lines",
        address(2001, 970603),
        page(
            row("<td><p>当前位置:</p><p>首页 &gt;&gt;</p><p>2001年鉴友好往来</p></td>"),
            row("<td><div align=center>外港海员工会来访</div></td>"),
            RULE,
            text("<p>　　外港海员工会一行六人来访，参观海员俱乐部。（潘一舟）</p>"),
        ),
        (
            want(
                At(2001, "友好往来", "外港海员工会来访"),
                "外港海员工会来访",
                "外港海员工会一行六人来访，参观海员俱乐部。",
                "（潘一舟）",
                "潘一舟",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 20 breadcrumb ends in >>
BREADCRUMB_TAIL = (
    Case(
        "breadcrumb-tail-close",
        "breadcrumb-tail",
        address(2001, 970701),
        page(
            row("<td>当前位置: 首页&gt;&gt;2001年鉴精神文明建设&gt;&gt;</td>"),
            head("纱厂办起墙报赛"),
            RULE,
            text("<p>　　纱厂工会每月比一次墙报，工人自己写自己画。（邬启亮）</p>"),
        ),
        (
            want(
                At(2001, "精神文明建设", "纱厂办起墙报赛"),
                "纱厂办起墙报赛",
                "纱厂工会每月比一次墙报，工人自己写自己画。",
                "（邬启亮）",
                "邬启亮",
            ),
        ),
    ),
    Case(
        "breadcrumb-tail-wide",
        "breadcrumb-tail",
        address(2003, 970702),
        page(
            row("<td>当前位置：<a href=/>首页</a>　＞＞　<a href=a>2003年鉴生活保障</a>　＞＞　&nbsp;</td>"),
            head("帮困救助"),
            RULE,
            text(
                "<p>　　【冬衣置换站】市总工会设冬衣置换站五处，换出棉衣三千件。（臧秋实）</p>\n"
                "<p>　　【助学结对】四百名干部与困难职工子女结对。（臧秋实）</p>"
            ),
        ),
        (
            want(
                At(2003, "生活保障", "帮困救助"),
                "冬衣置换站",
                "市总工会设冬衣置换站五处，换出棉衣三千件。",
                "（臧秋实）",
                "臧秋实",
            ),
            want(
                At(2003, "生活保障", "帮困救助"),
                "助学结对",
                "四百名干部与困难职工子女结对。",
                "（臧秋实）",
                "臧秋实",
            ),
        ),
    ),
    Case(
        "breadcrumb-tail-heading-in-its-cell",
        "breadcrumb-tail",
        address(2002, 970703),
        page(
            row(
                "<td>当前位置: <a href=/>首页</a> &gt;&gt; 2002年鉴局[产业]工会概况 &gt;&gt;<br>"
                "<center><b>沧浦市航标工会</b></center></td>"
            ),
            RULE,
            text("<p>　　[概况]航标系统有职工九百人，分散在六十二座岛礁。(宫玉成)</p>"),
        ),
        (
            want(
                At(2002, "局[产业]工会概况", "沧浦市航标工会"),
                "概况",
                "航标系统有职工九百人，分散在六十二座岛礁。",
                "(宫玉成)",
                "宫玉成",
            ),
        ),
        choice="the heading shares the breadcrumb's cell but has a centred line of its own",
    ),
)

# ---------------------------------------------------------------- breadcrumb without >>
BREADCRUMB_PLAIN = (
    Case(
        "breadcrumb-plain-space",
        "breadcrumb-plain",
        address(2002, 970801),
        page(
            row("<td>当前位置：<a href=/>首页</a>　2002年鉴民主管理</td>"),
            head("糖厂试行点题公开"),
            RULE,
            text("<p>　　糖厂职工点什么题，行政就公开什么账，一年点题三十一次。（桂明亮）</p>"),
        ),
        (
            want(
                At(2002, "民主管理", "糖厂试行点题公开"),
                "糖厂试行点题公开",
                "糖厂职工点什么题，行政就公开什么账，一年点题三十一次。",
                "（桂明亮）",
                "桂明亮",
            ),
        ),
    ),
    Case(
        "breadcrumb-plain-arrow",
        "breadcrumb-plain",
        address(2004, 970802),
        page(
            row("<td>您的位置：<a href=/>首页</a> → <b>2004年鉴职工素质工程</b></td>"),
            head("技能培训"),
            RULE,
            text(
                "<p>　　【船工识图班】造船厂工会办识图班九期，结业五百人。（敖志远）</p>\n"
                "<p>　　【厨师进修】饮食公司送三十名厨师进修面点。（敖志远）</p>"
            ),
        ),
        (
            want(
                At(2004, "职工素质工程", "技能培训"),
                "船工识图班",
                "造船厂工会办识图班九期，结业五百人。",
                "（敖志远）",
                "敖志远",
            ),
            want(
                At(2004, "职工素质工程", "技能培训"),
                "厨师进修",
                "饮食公司送三十名厨师进修面点。",
                "（敖志远）",
                "敖志远",
            ),
        ),
    ),
    Case(
        "breadcrumb-plain-dash-and-single-mark",
        "breadcrumb-plain",
        address(2005, 970803),
        page(
            row("<td>首页 － 工会年鉴 － 2005年鉴 &gt; 区县工会</td>"),
            head("【沙塘区试办邻里饭桌】"),
            RULE,
            text("<p>　　沙塘区总工会在四个小区试办邻里饭桌，晚班职工也能吃上热饭。（鞠春花）</p>"),
        ),
        (
            want(
                At(2005, "区县工会", "沙塘区试办邻里饭桌"),
                "沙塘区试办邻里饭桌",
                "沙塘区总工会在四个小区试办邻里饭桌，晚班职工也能吃上热饭。",
                "（鞠春花）",
                "鞠春花",
            ),
        ),
        choice="no 当前位置 either, but 首页 … 2005年鉴 … reads as a breadcrumb",
    ),
)

# ---------------------------------------------------------------- the year in Chinese digits
BREADCRUMB_YEAR = (
    Case(
        "breadcrumb-year-ling",
        "breadcrumb-year",
        address(2002, 970901),
        usual(
            "二〇〇二年鉴信息与信访",
            "热线开通半年",
            "<p>　　职工热线开通半年，接听电话四千次。(纪晓燕)</p>",
        ),
        (
            want(
                At(2002, "信息与信访", "热线开通半年"),
                "热线开通半年",
                "职工热线开通半年，接听电话四千次。",
                "(纪晓燕)",
                "纪晓燕",
            ),
        ),
    ),
    Case(
        "breadcrumb-year-circle",
        "breadcrumb-year",
        address(2003, 970902),
        usual(
            "二○○三年鉴女职工工作",
            "女职工工作",
            "<p>　　【巾帼巡检队】自来水公司女工组成巡检队，查出漏点五十处。（沙丽）</p>\n"
            "<p>　　【姐妹互助金】市总工会设姐妹互助金，借出二十万元。（沙丽）</p>",
        ),
        (
            want(
                At(2003, "女职工工作", "女职工工作"),
                "巾帼巡检队",
                "自来水公司女工组成巡检队，查出漏点五十处。",
                "（沙丽）",
                "沙丽",
            ),
            want(
                At(2003, "女职工工作", "女职工工作"),
                "姐妹互助金",
                "市总工会设姐妹互助金，借出二十万元。",
                "（沙丽）",
                "沙丽",
            ),
        ),
    ),
    Case(
        "breadcrumb-year-ling-character",
        "breadcrumb-year",
        address(2004, 970903),
        page(
            row("<td>当前位置：</td><td>首页</td><td>&gt;&gt;</td><td>二零零四年鉴理论与调研</td>"),
            row("<td colspan=4 align=center>零工市场调查</td>"),
            RULE,
            text("<p>　　调查组走访零工市场九处，收回问卷一千份。（佟大伟）</p>"),
        ),
        (
            want(
                At(2004, "理论与调研", "零工市场调查"),
                "零工市场调查",
                "调查组走访零工市场九处，收回问卷一千份。",
                "（佟大伟）",
                "佟大伟",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- a heading above the breadcrumb
HEADING_ABOVE = (
    Case(
        "heading-above-in-a-row",
        "heading-above",
        address(2002, 971001),
        page(
            head("石桥区推行夫妻工休"),
            crumb("2002年鉴区县工会"),
            RULE,
            text("<p>　　石桥区总工会劝说三十家企业给双职工排同一天工休。(申屠义)</p>"),
        ),
        (
            want(
                At(2002, "区县工会", "石桥区推行夫妻工休"),
                "石桥区推行夫妻工休",
                "石桥区总工会劝说三十家企业给双职工排同一天工休。",
                "(申屠义)",
                "申屠义",
            ),
        ),
    ),
    Case(
        "heading-above-in-the-same-cell",
        "heading-above",
        address(2001, 971002),
        page(
            row(
                "<td><center><font size=4>沧浦市电信工会</font></center><br>"
                "当前位置: <a href=/>首页</a> &gt;&gt;2001年鉴局、产业工会</td>"
            ),
            RULE,
            text(
                "　　［概况］电信系统有职工二千四百人，入会率百分之九十七。（宁静）<br>\n"
                "　　［话务赛］市话局举办话务赛，夺冠者每分钟接线十四次。（宁静）<br>"
            ),
        ),
        (
            want(
                At(2001, "局、产业工会", "沧浦市电信工会"),
                "概况",
                "电信系统有职工二千四百人，入会率百分之九十七。",
                "（宁静）",
                "宁静",
            ),
            want(
                At(2001, "局、产业工会", "沧浦市电信工会"),
                "话务赛",
                "市话局举办话务赛，夺冠者每分钟接线十四次。",
                "（宁静）",
                "宁静",
            ),
        ),
    ),
    Case(
        "heading-above-bracketed",
        "heading-above",
        address(2004, 971003),
        page(
            row("<td><h3 align=center>【环卫工人领到平安卡】</h3></td>"),
            row("<td>&nbsp;</td>"),
            row("<td align=right>当前位置：首页 &gt;&gt;2004年鉴生活保障</td>"),
            RULE,
            text("<p>　　环卫局工会给两千名环卫工人办理平安卡。</p>\n<p>　　（管仲和）</p>"),
        ),
        (
            want(
                At(2004, "生活保障", "环卫工人领到平安卡"),
                "环卫工人领到平安卡",
                "环卫局工会给两千名环卫工人办理平安卡。",
                "（管仲和）",
                "管仲和",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 06 chronicles
CHRONICLE = (
    Case(
        "chronicle-date-followed-by-nothing",
        "chronicle",
        address(2001, 971101),
        usual(
            "2001年鉴大事记",
            "大事记",
            "<p>　　1月5日市总工会走访困难职工四百户。</p>\n"
            "<p>　　2月17日至19日基层工会干部集训。</p>\n<p>　　同日盐业工会换届。</p>\n"
            "<p>　　12月30日全市会员突破九十万人。</p>",
        ),
        (
            want(At(2001, "大事记", "大事记"), "1月5日", "1月5日市总工会走访困难职工四百户。"),
            want(
                At(2001, "大事记", "大事记"),
                "2月17日至19日",
                "2月17日至19日基层工会干部集训。",
            ),
            want(At(2001, "大事记", "大事记"), "2月17日至19日", "同日盐业工会换届。"),
            want(At(2001, "大事记", "大事记"), "12月30日", "12月30日全市会员突破九十万人。"),
        ),
        choice="同日 after a range repeats the whole range, as △ does in the sample",
    ),
    Case(
        "chronicle-date-followed-by-space-or-tab",
        "chronicle",
        address(2003, 971102),
        usual(
            "2003年鉴大事记",
            "2002年大事记",
            "<p>3月2日 市总工会公布十件实事。</p>\n<p>3月9日\t渔业工会举办织网赛。</p>\n"
            "<p>4月3—6日　外港工会代表团来访。</p>\n<p>4月20日&nbsp;&nbsp;职工书市开张。</p>",
        ),
        (
            want(At(2003, "大事记", "2002年大事记"), "3月2日", "3月2日 市总工会公布十件实事。"),
            want(At(2003, "大事记", "2002年大事记"), "3月9日", "3月9日 渔业工会举办织网赛。"),
            want(
                At(2003, "大事记", "2002年大事记"),
                "4月3日至6日",
                "4月3—6日　外港工会代表团来访。",
            ),
            want(At(2003, "大事记", "2002年大事记"), "4月20日", "4月20日 职工书市开张。"),
        ),
    ),
    Case(
        "chronicle-dash-after-date",
        "chronicle",
        address(2004, 971103),
        usual(
            "2004年鉴附录",
            "大事年表",
            "　　1月11日——市总工会召开全委会。<br>\n　　5月1日——百名劳模登上彩船。<br>\n"
            "　　9月29日-10月4日——职工运动会举行。<br>\n　　11月8日——消防职工技能赛收官。<br>",
        ),
        (
            want(At(2004, "附录", "大事年表"), "1月11日", "1月11日——市总工会召开全委会。"),
            want(At(2004, "附录", "大事年表"), "5月1日", "5月1日——百名劳模登上彩船。"),
            want(
                At(2004, "附录", "大事年表"),
                "9月29日至10月4日",
                "9月29日-10月4日——职工运动会举行。",
            ),
            want(At(2004, "附录", "大事年表"), "11月8日", "11月8日——消防职工技能赛收官。"),
        ),
    ),
    Case(
        "chronicle-colon-after-date",
        "chronicle",
        address(2005, 971104),
        usual(
            "2005年鉴大事纪要",
            "大事纪要",
            "<p>　　2月4日：市总工会慰问清道工。</p>\n<p>　　2月4日：春节送票活动启动。</p>\n"
            "<p>　　6月18日：职代会条例开始试行。会上宣读了三家企业的来信：内容都是支持。</p>",
        ),
        (
            want(At(2005, "大事纪要", "大事纪要"), "2月4日", "2月4日：市总工会慰问清道工。"),
            want(At(2005, "大事纪要", "大事纪要"), "2月4日", "2月4日：春节送票活动启动。"),
            want(
                At(2005, "大事纪要", "大事纪要"),
                "6月18日",
                "6月18日：职代会条例开始试行。会上宣读了三家企业的来信：内容都是支持。",
            ),
        ),
    ),
    Case(
        "chronicle-day-comma-under-month-lines",
        "chronicle",
        address(2002, 971105),
        usual(
            "2002年鉴大事纪略",
            "大事纪略",
            "<p align=center><b>三　月</b></p>\n<p>　　2日，市总工会开办午间讲座。</p>\n"
            "<p>　　同日，搬运工会成立。</p>\n<p align=center><b>十一月</b></p>\n"
            "<p>　　7日至9日，郊县工会互检。</p>\n<p>　　30日，织布工人歌会闭幕。</p>",
        ),
        (
            want(At(2002, "大事纪略", "大事纪略"), "3月2日", "2日，市总工会开办午间讲座。"),
            want(At(2002, "大事纪略", "大事纪略"), "3月2日", "同日，搬运工会成立。"),
            want(At(2002, "大事纪略", "大事纪略"), "11月7日至9日", "7日至9日，郊县工会互检。"),
            want(At(2002, "大事纪略", "大事纪略"), "11月30日", "30日，织布工人歌会闭幕。"),
        ),
    ),
    Case(
        "chronicle-year-line-in-chinese-month-of-year",
        "chronicle",
        address(2002, 971106),
        usual(
            "2002年鉴大事记",
            "大事记",
            "<p align=center>二〇〇一年</p>\n<p>4月14日　码头工人图书馆开放。</p>\n"
            "<p>是月　市总工会清退借调人员十一名。</p>\n<p>9月8日　青年工人联欢会在渔港举行。</p>\n"
            "<p>是年　全市新建基层工会一千二百家。</p>",
        ),
        (
            want(At(2002, "大事记", "大事记"), "4月14日", "4月14日　码头工人图书馆开放。"),
            want(At(2002, "大事记", "大事记"), "4月", "是月　市总工会清退借调人员十一名。"),
            want(At(2002, "大事记", "大事记"), "9月8日", "9月8日　青年工人联欢会在渔港举行。"),
            want(At(2002, "大事记", "大事记"), "是年", "是年　全市新建基层工会一千二百家。"),
        ),
        choice="the year line is neither an entry nor body",
    ),
    Case(
        "chronicle-beginning-of-year-ten-days-end-of-month",
        "chronicle",
        address(2003, 971107),
        usual(
            "2003年鉴大事记",
            "大事记",
            "<p>　　年初，市总工会迁入滨河路新址。</p>\n<p>　　<b>六月</b></p>\n"
            "<p>　　上旬，各区清查童工。</p>\n<p>　　15日，清查结果公布。</p>\n"
            "<p>　　月底，市总工会发还押金三十万元。</p>\n<p>　　<b>十月</b></p>\n"
            "<p>　　中旬，秋季招工会举行。</p>\n<p>　　是月，热线增设夜班。</p>",
        ),
        (
            want(At(2003, "大事记", "大事记"), "年初", "年初，市总工会迁入滨河路新址。"),
            want(At(2003, "大事记", "大事记"), "6月上旬", "上旬，各区清查童工。"),
            want(At(2003, "大事记", "大事记"), "6月15日", "15日，清查结果公布。"),
            want(At(2003, "大事记", "大事记"), "6月底", "月底，市总工会发还押金三十万元。"),
            want(At(2003, "大事记", "大事记"), "10月中旬", "中旬，秋季招工会举行。"),
            want(At(2003, "大事记", "大事记"), "10月", "是月，热线增设夜班。"),
        ),
        choice="titles of 上旬 and 月底 resolved with their month: 6月上旬, 6月底; 年初 as printed",
    ),
    Case(
        "chronicle-marks-repeat-the-date",
        "chronicle",
        address(2004, 971108),
        usual(
            "2004年鉴大事记",
            "大事记",
            "<p>　　5月12日　护士节游园会举行。</p>\n<p>　　◆市总工会慰问夜班护士。</p>\n"
            "<p>　　7月3日　高温检查开始。</p>\n<p>　　●盐业工会送凉茶上堤。</p>\n"
            "<p>　　·园林局调整作息。</p>\n<p>　　12月　各区结算互助金。</p>\n"
            "<p>　　▲互助金利率公布。</p>",
        ),
        (
            want(At(2004, "大事记", "大事记"), "5月12日", "5月12日　护士节游园会举行。"),
            want(At(2004, "大事记", "大事记"), "5月12日", "◆市总工会慰问夜班护士。"),
            want(At(2004, "大事记", "大事记"), "7月3日", "7月3日　高温检查开始。"),
            want(At(2004, "大事记", "大事记"), "7月3日", "●盐业工会送凉茶上堤。"),
            want(At(2004, "大事记", "大事记"), "7月3日", "·园林局调整作息。"),
            want(At(2004, "大事记", "大事记"), "12月", "12月　各区结算互助金。"),
            want(At(2004, "大事记", "大事记"), "12月", "▲互助金利率公布。"),
        ),
    ),
    Case(
        "chronicle-marks-with-dates-of-their-own",
        "chronicle",
        address(2005, 971109),
        usual(
            "2005年鉴大事记",
            "大事记",
            "<p>　　●1月6日　市总工会发放年货券。</p>\n<p>　　●3月1日　新的会员证启用。</p>\n"
            "<p>　　●3月20日至4月2日　春耕支援队下乡。</p>\n<p>　　●是年　会员证发出六十万本。</p>",
        ),
        (
            want(At(2005, "大事记", "大事记"), "1月6日", "●1月6日　市总工会发放年货券。"),
            want(At(2005, "大事记", "大事记"), "3月1日", "●3月1日　新的会员证启用。"),
            want(
                At(2005, "大事记", "大事记"),
                "3月20日至4月2日",
                "●3月20日至4月2日　春耕支援队下乡。",
            ),
            want(At(2005, "大事记", "大事记"), "是年", "●是年　会员证发出六十万本。"),
        ),
        choice="a mark before a date of its own is a bullet, kept in the body",
    ),
    Case(
        "chronicle-chinese-numerals",
        "chronicle",
        address(2001, 971110),
        usual(
            "2001年鉴大事辑要",
            "大事辑要",
            "<p>　　一月九日　市总工会欢送援建队。</p>\n"
            "<p>　　四月二十八日至五月三日　五一游园会举行。</p>\n"
            "<p>　　十月十一日　重阳茶会举行。</p>\n<p>　　十二月三十一日　援建队归来。</p>",
        ),
        (
            want(At(2001, "大事辑要", "大事辑要"), "1月9日", "一月九日　市总工会欢送援建队。"),
            want(
                At(2001, "大事辑要", "大事辑要"),
                "4月28日至5月3日",
                "四月二十八日至五月三日　五一游园会举行。",
            ),
            want(At(2001, "大事辑要", "大事辑要"), "10月11日", "十月十一日　重阳茶会举行。"),
            want(At(2001, "大事辑要", "大事辑要"), "12月31日", "十二月三十一日　援建队归来。"),
        ),
    ),
    Case(
        "chronicle-chinese-days-under-months",
        "chronicle",
        address(2002, 971111),
        usual(
            "2002年鉴大事记",
            "大事记",
            "　　<b>2月</b><br>\n　　三日　困难职工联欢会举行。<br>\n　　二十日　盐工返岗专车发出。<br>\n"
            "　　<b>8月</b><br>\n　　廿五日　夜校招生。<br>\n　　二十九日至九月一日　台风抢险。<br>",
        ),
        (
            want(At(2002, "大事记", "大事记"), "2月3日", "三日　困难职工联欢会举行。"),
            want(At(2002, "大事记", "大事记"), "2月20日", "二十日　盐工返岗专车发出。"),
            want(At(2002, "大事记", "大事记"), "8月25日", "廿五日　夜校招生。"),
            want(At(2002, "大事记", "大事记"), "8月29日至9月1日", "二十九日至九月一日　台风抢险。"),
        ),
    ),
    Case(
        "chronicle-ranges-over-months",
        "chronicle",
        address(2003, 971112),
        usual(
            "2003年鉴大事记",
            "大事纪要",
            "<p>　　1月28日～2月5日，春节送温暖。</p>\n<p>　　6月至8月，防暑检查分三轮进行。</p>\n"
            "<p>　　9月30日－10月7日，黄金周加班补贴专查。</p>\n<p>　　△专查组公布举报电话。</p>",
        ),
        (
            want(At(2003, "大事记", "大事纪要"), "1月28日至2月5日", "1月28日～2月5日，春节送温暖。"),
            want(At(2003, "大事记", "大事纪要"), "6月至8月", "6月至8月，防暑检查分三轮进行。"),
            want(
                At(2003, "大事记", "大事纪要"),
                "9月30日至10月7日",
                "9月30日－10月7日，黄金周加班补贴专查。",
            ),
            want(At(2003, "大事记", "大事纪要"), "9月30日至10月7日", "△专查组公布举报电话。"),
        ),
    ),
    Case(
        "chronicle-in-a-table",
        "chronicle",
        address(2005, 971113),
        usual(
            "2005年鉴附录",
            "2004年大事年表",
            "<table border=1><tr><td>1月15日</td><td>市总工会启用新会徽。</td></tr>\n"
            "<tr><td>3月5日</td><td>义务理发队上街。</td></tr>\n"
            "<tr><td>同日</td><td>修鞋摊点减免摊位费。</td></tr>\n"
            "<tr><td>10月</td><td>秋季帮困物资发完。</td></tr></table>",
        ),
        (
            want(At(2005, "附录", "2004年大事年表"), "1月15日", "1月15日\t市总工会启用新会徽。"),
            want(At(2005, "附录", "2004年大事年表"), "3月5日", "3月5日\t义务理发队上街。"),
            want(At(2005, "附录", "2004年大事年表"), "3月5日", "同日\t修鞋摊点减免摊位费。"),
            want(At(2005, "附录", "2004年大事年表"), "10月", "10月\t秋季帮困物资发完。"),
        ),
        choice="LAYOUTS makes a table page one entry, but under 大事年表 each row is a dated item",
    ),
    Case(
        "chronicle-item-of-two-paragraphs",
        "chronicle",
        address(2004, 971114),
        usual(
            "2004年鉴大事记",
            "大事记",
            "<p>　　4月6日　渔具厂职工代表大会召开。</p>\n"
            "<p>　　会议通过安置方案，三百零二名代表投票，二百九十名赞成。</p>\n"
            "<p>　　4月19日　工会法宣传车下乡。</p>",
        ),
        (
            want(
                At(2004, "大事记", "大事记"),
                "4月6日",
                "4月6日　渔具厂职工代表大会召开。\n会议通过安置方案，三百零二名代表投票，二百九十名赞成。",
            ),
            want(At(2004, "大事记", "大事记"), "4月19日", "4月19日　工会法宣传车下乡。"),
        ),
    ),
    Case(
        "chronicle-not-ascending",
        "chronicle",
        address(2005, 971115),
        usual(
            "2005年鉴大事记",
            "大事记",
            "<p>　　<b>3月</b></p>\n<p>　　18日，盐民子弟学校开学。</p>\n<p>　　8日，女工茶话会举行。</p>\n"
            "<p>　　25日，电工比武举行。</p>",
        ),
        (
            want(At(2005, "大事记", "大事记"), "3月18日", "18日，盐民子弟学校开学。"),
            want(At(2005, "大事记", "大事记"), "3月8日", "8日，女工茶话会举行。"),
            want(At(2005, "大事记", "大事记"), "3月25日", "25日，电工比武举行。"),
        ),
        doubtful=True,
        choice="read as printed, in the printed order; 8日 after 18日 reported",
    ),
    Case(
        "chronicle-year-and-month-in-one-line",
        "chronicle",
        address(2001, 971116),
        usual(
            "2001年鉴大事记",
            "沧浦工会大事记",
            "<p align=center>2000年1月</p>\n<p>　　4日　全市工会干部誓师。</p>\n"
            "<p>　　31日　冬令补助发放完毕。</p>\n<p align=center>2000年2月</p>\n"
            "<p>　　1日　迎春长跑举行。</p>\n<p>　　是日　浴室向环卫工人免费开放。</p>",
        ),
        (
            want(At(2001, "大事记", "沧浦工会大事记"), "1月4日", "4日　全市工会干部誓师。"),
            want(At(2001, "大事记", "沧浦工会大事记"), "1月31日", "31日　冬令补助发放完毕。"),
            want(At(2001, "大事记", "沧浦工会大事记"), "2月1日", "1日　迎春长跑举行。"),
            want(At(2001, "大事记", "沧浦工会大事记"), "2月1日", "是日　浴室向环卫工人免费开放。"),
        ),
    ),
)

# ---------------------------------------------------------------- 09 作者：X on top
AUTHOR_LINE = (
    Case(
        "author-line-right-aligned",
        "author-line",
        address(2003, 971201),
        usual(
            "2003年鉴理论与调研",
            "零散渔工入会办法初探",
            "<p align=right>作者：钟离雪</p>\n<p>　　零散渔工漂在海上，入会要上船登记。试点登记了五百人。</p>",
        ),
        (
            want(
                At(2003, "理论与调研", "零散渔工入会办法初探"),
                "零散渔工入会办法初探",
                "零散渔工漂在海上，入会要上船登记。试点登记了五百人。",
                "作者：钟离雪",
                "钟离雪",
            ),
        ),
    ),
    Case(
        "author-line-spaced-two-names",
        "author-line",
        address(2001, 971202),
        usual(
            "2001年鉴理论与调研",
            "集体合同履约的三个难点",
            "　　作　者: 史可立　戚芳<br>\n　　难点之一是文本照抄，难点之二是无人检查，难点之三是违约不究。<br>",
        ),
        (
            want(
                At(2001, "理论与调研", "集体合同履约的三个难点"),
                "集体合同履约的三个难点",
                "难点之一是文本照抄，难点之二是无人检查，难点之三是违约不究。",
                "作　者: 史可立　戚芳",
                "史可立",
                "戚芳",
            ),
        ),
    ),
    Case(
        "author-line-in-its-own-row",
        "author-line",
        address(2004, 971203),
        page(
            crumb("2004年鉴区县工会"),
            head("盐场区试行工伤探视"),
            RULE,
            row("<td align=center><font size=2>作者:平安</font></td>"),
            text("<p>　　盐场区总工会规定，职工受伤住院，三天之内必须有人探视。</p>"),
        ),
        (
            want(
                At(2004, "区县工会", "盐场区试行工伤探视"),
                "盐场区试行工伤探视",
                "盐场区总工会规定，职工受伤住院，三天之内必须有人探视。",
                "作者:平安",
                "平安",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 撰稿人：X
WRITER_LINE = (
    Case(
        "writer-line-on-top",
        "writer-line",
        address(2002, 971301),
        usual(
            "2002年鉴工会企事业",
            "工人疗养院添置暖房",
            "<p align=center>撰稿人：邵立群</p>\n<p>　　工人疗养院添置暖房二十间，冬季也能接待矿工。</p>",
        ),
        (
            want(
                At(2002, "工会企事业", "工人疗养院添置暖房"),
                "工人疗养院添置暖房",
                "工人疗养院添置暖房二十间，冬季也能接待矿工。",
                "撰稿人：邵立群",
                "邵立群",
            ),
        ),
    ),
    Case(
        "writer-line-at-the-end",
        "writer-line",
        address(2005, 971302),
        usual(
            "2005年鉴自身建设",
            "【财务上墙三年】",
            "<p>　　市总工会要求基层财务每季上墙，三年来九成单位做到。</p>\n<p align=right>撰稿人：岑远山、薄云</p>",
        ),
        (
            want(
                At(2005, "自身建设", "财务上墙三年"),
                "财务上墙三年",
                "市总工会要求基层财务每季上墙，三年来九成单位做到。",
                "撰稿人：岑远山、薄云",
                "岑远山",
                "薄云",
            ),
        ),
    ),
    Case(
        "writer-line-after-each-entry",
        "writer-line",
        address(2003, 971303),
        usual(
            "2003年鉴局、产业工会",
            "沧浦市邮电工会",
            "<p>　　【概况】系统有基层工会四十个，会员一万一千人。</p>\n<p>　　撰稿人：霍小玉</p>\n"
            "<p>　　【投递赛】邮局举办投递赛，误投率降到万分之二。</p>\n<p>　　撰稿人: 常 青</p>",
        ),
        (
            want(
                At(2003, "局、产业工会", "沧浦市邮电工会"),
                "概况",
                "系统有基层工会四十个，会员一万一千人。",
                "撰稿人：霍小玉",
                "霍小玉",
            ),
            want(
                At(2003, "局、产业工会", "沧浦市邮电工会"),
                "投递赛",
                "邮局举办投递赛，误投率降到万分之二。",
                "撰稿人: 常 青",
                "常青",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- (作者：X)
AUTHOR_BRACKET = (
    Case(
        "author-bracket-inline",
        "author-bracket",
        address(2002, 971401),
        usual(
            "2002年鉴友好往来",
            "友好往来",
            "<p>　　[渔港姐妹港互访]望潮渔港与外地三个渔港互派技工。(作者：莫凡)</p>\n"
            "<p>　　[外埠船员联谊]海员俱乐部举办联谊会六次。(作者：雷鸣远)</p>",
        ),
        (
            want(
                At(2002, "友好往来", "友好往来"),
                "渔港姐妹港互访",
                "望潮渔港与外地三个渔港互派技工。",
                "(作者：莫凡)",
                "莫凡",
            ),
            want(
                At(2002, "友好往来", "友好往来"),
                "外埠船员联谊",
                "海员俱乐部举办联谊会六次。",
                "(作者：雷鸣远)",
                "雷鸣远",
            ),
        ),
    ),
    Case(
        "author-bracket-own-line-wide",
        "author-bracket",
        address(2004, 971402),
        usual(
            "2004年鉴参与经济建设",
            "【码头工人试用轻便挂钩】",
            "<p>　　港务局工会推广轻便挂钩，每班少走八百步。</p>\n<p align=right>（作者：古　月）</p>",
        ),
        (
            want(
                At(2004, "参与经济建设", "码头工人试用轻便挂钩"),
                "码头工人试用轻便挂钩",
                "港务局工会推广轻便挂钩，每班少走八百步。",
                "（作者：古　月）",
                "古月",
            ),
        ),
    ),
    Case(
        "author-bracket-on-top",
        "author-bracket",
        address(2001, 971403),
        usual(
            "2001年鉴理论与调研",
            "下岗女工再就业札记",
            "<p align=center>（作者 鲜于明　柯蓝）</p>\n<p>　　笔者走访六十名下岗女工，七成已经有了新活计。</p>",
        ),
        (
            want(
                At(2001, "理论与调研", "下岗女工再就业札记"),
                "下岗女工再就业札记",
                "笔者走访六十名下岗女工，七成已经有了新活计。",
                "（作者 鲜于明　柯蓝）",
                "鲜于明",
                "柯蓝",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- a name in a cell of its own
NAME_CELL = (
    Case(
        "name-cell-row-below",
        "name-cell",
        address(2002, 971501),
        page(
            crumb("2002年鉴区县工会"),
            head("桥东区办起菜农班"),
            RULE,
            text("<p>　　桥东区总工会为进城菜农办识字班，五十人读完一册。</p>"),
            row("<td align=right>路长安</td>"),
        ),
        (
            want(
                At(2002, "区县工会", "桥东区办起菜农班"),
                "桥东区办起菜农班",
                "桥东区总工会为进城菜农办识字班，五十人读完一册。",
                "路长安",
                "路长安",
            ),
        ),
    ),
    Case(
        "name-cell-nested-beside-an-empty-one",
        "name-cell",
        address(2003, 971502),
        usual(
            "2003年鉴生活保障",
            "职工食堂联营",
            "<p>　　滨江路九家小厂合办食堂，每人每月省下四十元。</p>\n"
            "<table width=100%><tr><td width=70%>&nbsp;</td><td>安　然</td></tr></table>",
        ),
        (
            want(
                At(2003, "生活保障", "职工食堂联营"),
                "职工食堂联营",
                "滨江路九家小厂合办食堂，每人每月省下四十元。",
                "安　然",
                "安然",
            ),
        ),
    ),
    Case(
        "name-cell-row-above",
        "name-cell",
        address(2005, 971503),
        page(
            crumb("2005年鉴理论与调研"),
            head("门店女工的站与坐"),
            RULE,
            row("<td align=center><font color=#666666>裴晓芸</font></td>"),
            text("<p>　　门店女工一天站十个小时。我们建议柜台后面放一张凳子。</p>"),
        ),
        (
            want(
                At(2005, "理论与调研", "门店女工的站与坐"),
                "门店女工的站与坐",
                "门店女工一天站十个小时。我们建议柜台后面放一张凳子。",
                "裴晓芸",
                "裴晓芸",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- a bare name on the last line
NAME_LAST = (
    Case(
        "name-last-right-aligned",
        "name-last",
        address(2001, 971601),
        usual(
            "2001年鉴民主管理",
            "砖瓦厂民主评议班组长",
            "<p>　　砖瓦厂请工人给班组长打分，两名班长落选。</p>\n<p align=right>苗得雨</p>",
        ),
        (
            want(
                At(2001, "民主管理", "砖瓦厂民主评议班组长"),
                "砖瓦厂民主评议班组长",
                "砖瓦厂请工人给班组长打分，两名班长落选。",
                "苗得雨",
                "苗得雨",
            ),
        ),
    ),
    Case(
        "name-last-by-br-and-spaces",
        "name-last",
        address(2004, 971602),
        usual(
            "2004年鉴职工素质工程",
            "船厂办起外语角",
            "　　造船厂工会在食堂办外语角，焊工也能与船东说上几句。<br>\n　　　　　　　　　　　　　　黎　明<br>",
        ),
        (
            want(
                At(2004, "职工素质工程", "船厂办起外语角"),
                "船厂办起外语角",
                "造船厂工会在食堂办外语角，焊工也能与船东说上几句。",
                "黎　明",
                "黎明",
            ),
        ),
    ),
    Case(
        "name-last-of-each-entry",
        "name-last",
        address(2003, 971603),
        usual(
            "2003年鉴精神文明建设",
            "职工文化",
            "<p>　　【工地电影周】放映队一周走了七个工地，观众六千人。</p>\n<p>　　巫小春</p>\n"
            "<p>　　【渔鼓进课堂】渔业工会请老艺人到夜校教渔鼓。</p>\n<p>　　巫小春　应志强</p>",
        ),
        (
            want(
                At(2003, "精神文明建设", "职工文化"),
                "工地电影周",
                "放映队一周走了七个工地，观众六千人。",
                "巫小春",
                "巫小春",
            ),
            want(
                At(2003, "精神文明建设", "职工文化"),
                "渔鼓进课堂",
                "渔业工会请老艺人到夜校教渔鼓。",
                "巫小春　应志强",
                "巫小春",
                "应志强",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 供稿单位
SUPPLIER = (
    Case(
        "supplier-last-line",
        "supplier",
        address(2002, 971701),
        usual(
            "2002年鉴局[产业]工会概况",
            "沧浦市港务局工会",
            "<p>　　[概况]港务局有装卸工八千人，工会小组四百个。</p>\n<p align=right>供稿单位：沧浦市港务局工会</p>",
        ),
        (
            want(
                At(2002, "局[产业]工会概况", "沧浦市港务局工会"),
                "概况",
                "港务局有装卸工八千人，工会小组四百个。",
                "供稿单位：沧浦市港务局工会",
                "沧浦市港务局工会",
            ),
        ),
        choice="an organisation alone stands as the author",
    ),
    Case(
        "supplier-in-brackets-with-writer",
        "supplier",
        address(2004, 971702),
        usual(
            "2004年鉴区县工会",
            "麦岭区总工会",
            "<p>　　【工会进集市】麦岭区总工会在五个集市设服务桌。"
            "（供稿单位：麦岭区总工会　撰稿：贾春生）</p>\n"
            "<p>　　【技工返乡会】腊月里办返乡会，登记技工三百人。（供稿单位：麦岭区总工会）</p>",
        ),
        (
            want(
                At(2004, "区县工会", "麦岭区总工会"),
                "工会进集市",
                "麦岭区总工会在五个集市设服务桌。",
                "（供稿单位：麦岭区总工会　撰稿：贾春生）",
                "贾春生",
            ),
            want(
                At(2004, "区县工会", "麦岭区总工会"),
                "技工返乡会",
                "腊月里办返乡会，登记技工三百人。",
                "（供稿单位：麦岭区总工会）",
                "麦岭区总工会",
            ),
        ),
        choice="organisation and name: the name is the author",
    ),
    Case(
        "supplier-on-top",
        "supplier",
        address(2001, 971703),
        usual(
            "2001年鉴维护职工合法权益",
            "农机厂补签劳动合同",
            "<p align=center>供稿单位: 市机电工业公司工会</p>\n<p>　　农机厂给一百二十名季节工补签了劳动合同。</p>",
        ),
        (
            want(
                At(2001, "维护职工合法权益", "农机厂补签劳动合同"),
                "农机厂补签劳动合同",
                "农机厂给一百二十名季节工补签了劳动合同。",
                "供稿单位: 市机电工业公司工会",
                "市机电工业公司工会",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 22 roles
ROLES = (
    Case(
        "roles-writer-and-editor-with-colons",
        "roles",
        address(2003, 971801),
        usual(
            "2003年鉴区县工会",
            "云台区总工会",
            "<p>　　【流动体检】云台区总工会派体检车下厂，查出尘肺疑似九例。（撰稿：孟祥云　责编：卫东升）</p>\n"
            "<p>　　【档案上架】三百家工会档案上架。（项梅　责任编辑：卫东升）</p>",
        ),
        (
            want(
                At(2003, "区县工会", "云台区总工会"),
                "流动体检",
                "云台区总工会派体检车下厂，查出尘肺疑似九例。",
                "（撰稿：孟祥云　责编：卫东升）",
                "孟祥云",
            ),
            want(
                At(2003, "区县工会", "云台区总工会"),
                "档案上架",
                "三百家工会档案上架。",
                "（项梅　责任编辑：卫东升）",
                "项梅",
            ),
        ),
    ),
    Case(
        "roles-reviewer-alone",
        "roles",
        address(2001, 971802),
        usual(
            "2001年鉴信息与信访",
            "信访月报改版",
            "<p>　　信访月报改为四版，增设职工来信选登。（审稿　卫东升）</p>",
        ),
        (
            want(
                At(2001, "信息与信访", "信访月报改版"),
                "信访月报改版",
                "信访月报改为四版，增设职工来信选登。",
                "（审稿　卫东升）",
            ),
        ),
        choice="the signature as printed, no author",
    ),
    Case(
        "roles-line-of-its-own",
        "roles",
        address(2004, 971803),
        usual(
            "2004年鉴民主管理",
            "【职代会票决食堂承包】",
            "<p>　　橡胶厂职代会票决食堂承包人，当场唱票。</p>\n<p>　　撰稿：葛小兰　审核：卫东升　校对：宁可</p>",
        ),
        (
            want(
                At(2004, "民主管理", "职代会票决食堂承包"),
                "职代会票决食堂承包",
                "橡胶厂职代会票决食堂承包人，当场唱票。",
                "撰稿：葛小兰　审核：卫东升　校对：宁可",
                "葛小兰",
            ),
        ),
    ),
    Case(
        "roles-chief-editor-and-editor-alone",
        "roles",
        address(2002, 971804),
        usual(
            "2002年鉴统计资料",
            "统计说明",
            "<p>　　[口径]本表按基层报送数汇总，临时工计入会员。(主编 殷正 编辑 项梅)</p>\n"
            "<p>　　[时点]数字截至十二月二十五日。(校对：宁可 撰稿：郁海)</p>",
        ),
        (
            want(
                At(2002, "统计资料", "统计说明"),
                "口径",
                "本表按基层报送数汇总，临时工计入会员。",
                "(主编 殷正 编辑 项梅)",
            ),
            want(
                At(2002, "统计资料", "统计说明"),
                "时点",
                "数字截至十二月二十五日。",
                "(校对：宁可 撰稿：郁海)",
                "郁海",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 23 a by-line alone over an essay
ESSAY = (
    Case(
        "essay-name-right-aligned-spaced",
        "essay",
        address(2001, 971901),
        usual(
            "2001年鉴专文",
            "我与渔工夜校",
            "<p align=right>韩　素　琴</p>\n<p>　　我在夜校教了九年算术，学生的手比我的粗。</p>",
        ),
        (
            want(
                At(2001, "专文", "我与渔工夜校"),
                "我与渔工夜校",
                "我在夜校教了九年算术，学生的手比我的粗。",
                "韩　素　琴",
                "韩素琴",
            ),
        ),
    ),
    Case(
        "essay-two-names-by-br",
        "essay",
        address(2003, 971902),
        usual(
            "2003年鉴理论与调研",
            "小厂工会主席为何难当",
            "<center>屠志明　尤莉</center>\n　　小厂工会主席拿老板的工资，说话难免气短。<br>\n　　出路在于上级代管。<br>",
        ),
        (
            want(
                At(2003, "理论与调研", "小厂工会主席为何难当"),
                "小厂工会主席为何难当",
                "小厂工会主席拿老板的工资，说话难免气短。\n出路在于上级代管。",
                "屠志明　尤莉",
                "屠志明",
                "尤莉",
            ),
        ),
    ),
    Case(
        "essay-office-and-name",
        "essay",
        address(2005, 971903),
        usual(
            "2005年鉴专文",
            "工会小组是一只耳朵",
            "<p align=center><b>市总工会研究室　薛安</b></p>\n"
            "<p>　　工会小组长天天在班组，听得见最小的声音。耳朵要灵，先要有人肯听。</p>",
        ),
        (
            want(
                At(2005, "专文", "工会小组是一只耳朵"),
                "工会小组是一只耳朵",
                "工会小组长天天在班组，听得见最小的声音。耳朵要灵，先要有人肯听。",
                "市总工会研究室　薛安",
                "薛安",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 12 分目 lines
SUBHEADING = (
    Case(
        "subheading-bold-lines-from-the-first",
        "subheading",
        address(2003, 972001),
        usual(
            "2003年鉴自身建设",
            "自身建设",
            "<p>　　<b>组织建设</b></p>\n"
            "<p>　　【联合工会过百】街道联合工会达到一百零八家。（晏平）</p>\n"
            "<p>　　【会籍清理】清理重复会籍二千个。（晏平）</p>\n<p>　　<b>干部培训</b></p>\n"
            "<p>　　【协商员上课】三百名协商员上完四十课时。（滕小川）</p>",
        ),
        (
            want(
                At(2003, "自身建设", "组织建设"),
                "联合工会过百",
                "街道联合工会达到一百零八家。",
                "（晏平）",
                "晏平",
            ),
            want(
                At(2003, "自身建设", "组织建设"),
                "会籍清理",
                "清理重复会籍二千个。",
                "（晏平）",
                "晏平",
            ),
            want(
                At(2003, "自身建设", "干部培训"),
                "协商员上课",
                "三百名协商员上完四十课时。",
                "（滕小川）",
                "滕小川",
            ),
        ),
    ),
    Case(
        "subheading-centred-by-br-after-unsigned",
        "subheading",
        address(2002, 972002),
        usual(
            "2002年鉴参与经济建设",
            "参与经济建设",
            "　　[比武月]全市工会把九月定为比武月，参赛二万人。<br>\n"
            "<center>合理化建议</center>\n　　[金点子箱]纺织厂设金点子箱，采纳六十条。(蔺志新)<br>\n"
            "　　[点子兑奖]厂庆日当场兑奖，最高五千元。<br>",
        ),
        (
            want(
                At(2002, "参与经济建设", "参与经济建设"),
                "比武月",
                "全市工会把九月定为比武月，参赛二万人。",
            ),
            want(
                At(2002, "参与经济建设", "合理化建议"),
                "金点子箱",
                "纺织厂设金点子箱，采纳六十条。",
                "(蔺志新)",
                "蔺志新",
            ),
            want(
                At(2002, "参与经济建设", "合理化建议"),
                "点子兑奖",
                "厂庆日当场兑奖，最高五千元。",
            ),
        ),
    ),
    Case(
        "subheading-in-table-rows",
        "subheading",
        address(2004, 972003),
        page(
            crumb("2004年鉴生活保障"),
            head("生活保障"),
            RULE,
            text(
                "<p>　　【平价粮店】工会粮店供应困难职工平价米。（巴志勇）</p>"
                "<p>　　【取暖煤】送煤四百吨。（巴志勇）</p>"
            ),
            row("<td align=center><font color=#990000><b>互助保险</b></font></td>"),
            text("<p>　　【女工特病险】参保女工三万人，赔付四十一例。（令狐燕）</p>"),
        ),
        (
            want(
                At(2004, "生活保障", "生活保障"),
                "平价粮店",
                "工会粮店供应困难职工平价米。",
                "（巴志勇）",
                "巴志勇",
            ),
            want(At(2004, "生活保障", "生活保障"), "取暖煤", "送煤四百吨。", "（巴志勇）", "巴志勇"),
            want(
                At(2004, "生活保障", "互助保险"),
                "女工特病险",
                "参保女工三万人，赔付四十一例。",
                "（令狐燕）",
                "令狐燕",
            ),
        ),
    ),
    Case(
        "subheading-bold-line-before-running-text-is-a-title",
        "subheading",
        address(2005, 972004),
        usual(
            "2005年鉴维护职工合法权益",
            "维护职工合法权益",
            "<p>　　【仲裁陪同】工会干部陪同职工出庭七十次。（丁向红）</p>\n"
            "<p align=center><b>法律援助站延长开门时间</b></p>\n"
            "<p>　　法律援助站晚间也开门，夜班职工下班就能咨询。（丁向红）</p>\n"
            "<p>　　【案例下厂】律师带着案例下厂讲课。（丁向红）</p>",
        ),
        (
            want(
                At(2005, "维护职工合法权益", "维护职工合法权益"),
                "仲裁陪同",
                "工会干部陪同职工出庭七十次。",
                "（丁向红）",
                "丁向红",
            ),
            want(
                At(2005, "维护职工合法权益", "维护职工合法权益"),
                "法律援助站延长开门时间",
                "法律援助站晚间也开门，夜班职工下班就能咨询。",
                "（丁向红）",
                "丁向红",
            ),
            want(
                At(2005, "维护职工合法权益", "维护职工合法权益"),
                "案例下厂",
                "律师带着案例下厂讲课。",
                "（丁向红）",
                "丁向红",
            ),
        ),
    ),
    Case(
        "subheading-plain-line-reported",
        "subheading",
        address(2003, 972005),
        usual(
            "2003年鉴区县工会",
            "区县工会",
            "<p>　　【沙塘区修桥队】沙塘区工会组织修桥队，修便桥四座。（戈必成）</p>\n<p>　　法律援助</p>\n"
            "<p>　　【桥东区设律师日】每月十五日律师到区工会坐班。（戈必成）</p>",
        ),
        (
            want(
                At(2003, "区县工会", "区县工会"),
                "沙塘区修桥队",
                "沙塘区工会组织修桥队，修便桥四座。",
                "（戈必成）",
                "戈必成",
            ),
            want(
                At(2003, "区县工会", "法律援助"),
                "桥东区设律师日",
                "每月十五日律师到区工会坐班。",
                "（戈必成）",
                "戈必成",
            ),
        ),
        doubtful=True,
        choice="neither centred nor bold: reported. Read as a 分目 here; the second heading "
        "区县工会 is as careful, so long as the line is in no body and is reported",
    ),
)

# ---------------------------------------------------------------- titles without brackets, or with others
TITLES = (
    Case(
        "title-bold-inline",
        "title-marks",
        address(2002, 972101),
        usual(
            "2002年鉴区县工会",
            "区县工会",
            "<p>　　<b>麦岭区开放工会澡堂</b>　麦岭区总工会的澡堂向环卫工开放。(路遥远)</p>\n"
            "<p>　　<b>石桥区评选好师娘</b>　石桥区总工会评选好师娘二十名。(路遥远)</p>\n"
            "<p>　　<b>盐场区添设夜班车</b>　盐场区夜班车开通三条。</p>",
        ),
        (
            want(
                At(2002, "区县工会", "区县工会"),
                "麦岭区开放工会澡堂",
                "麦岭区总工会的澡堂向环卫工开放。",
                "(路遥远)",
                "路遥远",
            ),
            want(
                At(2002, "区县工会", "区县工会"),
                "石桥区评选好师娘",
                "石桥区总工会评选好师娘二十名。",
                "(路遥远)",
                "路遥远",
            ),
            want(At(2002, "区县工会", "区县工会"), "盐场区添设夜班车", "盐场区夜班车开通三条。"),
        ),
    ),
    Case(
        "title-strong-own-line",
        "title-marks",
        address(2003, 972102),
        usual(
            "2003年鉴友好往来",
            "友好往来",
            "<p><strong>外港技工来沧研修</strong></p>\n<p>　　外港技工十二人来沧研修焊接，为期三月。（苗普）</p>\n"
            "<p><strong>沧浦代表赴北港考察</strong></p>\n<p>　　代表团考察北港渔工保险，带回条款一册。（苗普）</p>",
        ),
        (
            want(
                At(2003, "友好往来", "友好往来"),
                "外港技工来沧研修",
                "外港技工十二人来沧研修焊接，为期三月。",
                "（苗普）",
                "苗普",
            ),
            want(
                At(2003, "友好往来", "友好往来"),
                "沧浦代表赴北港考察",
                "代表团考察北港渔工保险，带回条款一册。",
                "（苗普）",
                "苗普",
            ),
        ),
    ),
    Case(
        "title-colour-inline",
        "title-marks",
        address(2001, 972103),
        usual(
            "2001年鉴信息与信访",
            "信息工作",
            "　　<font color=#0000ff>短信快报试刊</font> 市总工会试刊短信快报，每日三条。（柳如烟）<br>\n"
            "　　<font color=#0000ff>信息员授旗</font> 八十名信息员领到队旗。（柳如烟）<br>\n"
            "　　<font color=#0000ff>来稿过万</font> 全年来稿一万零六百篇。<br>",
        ),
        (
            want(
                At(2001, "信息与信访", "信息工作"),
                "短信快报试刊",
                "市总工会试刊短信快报，每日三条。",
                "（柳如烟）",
                "柳如烟",
            ),
            want(
                At(2001, "信息与信访", "信息工作"),
                "信息员授旗",
                "八十名信息员领到队旗。",
                "（柳如烟）",
                "柳如烟",
            ),
            want(At(2001, "信息与信访", "信息工作"), "来稿过万", "全年来稿一万零六百篇。"),
        ),
    ),
    Case(
        "title-span-colour-own-line",
        "title-marks",
        address(2004, 972104),
        usual(
            "2004年鉴工会企事业",
            "工会企事业",
            '<p><span style="color:red">职工影院换座椅</span></p>\n<p>　　职工影院换座椅八百张，票价不变。（项阳）</p>\n'
            '<p><span style="color:red">工人泳池延长开放</span></p>\n<p>　　工人泳池夏季开放到夜间十点。</p>',
        ),
        (
            want(
                At(2004, "工会企事业", "工会企事业"),
                "职工影院换座椅",
                "职工影院换座椅八百张，票价不变。",
                "（项阳）",
                "项阳",
            ),
            want(
                At(2004, "工会企事业", "工会企事业"),
                "工人泳池延长开放",
                "工人泳池夏季开放到夜间十点。",
            ),
        ),
    ),
    Case(
        "title-h3",
        "title-marks",
        address(2005, 972105),
        usual(
            "2005年鉴职工素质工程",
            "职工素质工程",
            "<h3>瓦工学电脑</h3>\n<p>　　建工夜校教瓦工学电脑，学会打表格的有九十人。（席慕云）</p>\n"
            "<h3>家政员考证</h3>\n<p>　　家政员考证班开班四期，取证三百人。（席慕云）</p>\n"
            "<h3>师徒签约</h3>\n<p>　　六百对师徒签约。</p>",
        ),
        (
            want(
                At(2005, "职工素质工程", "职工素质工程"),
                "瓦工学电脑",
                "建工夜校教瓦工学电脑，学会打表格的有九十人。",
                "（席慕云）",
                "席慕云",
            ),
            want(
                At(2005, "职工素质工程", "职工素质工程"),
                "家政员考证",
                "家政员考证班开班四期，取证三百人。",
                "（席慕云）",
                "席慕云",
            ),
            want(At(2005, "职工素质工程", "职工素质工程"), "师徒签约", "六百对师徒签约。"),
        ),
    ),
    Case(
        "title-h5-h2-no-paragraphs",
        "title-marks",
        address(2002, 972106),
        usual(
            "2002年鉴女职工工作",
            "女职工工作",
            "<h2 align=center>孕期岗位轮换</h2>　　卷烟厂给孕期女工换轻岗，工资不减。(岳明珠)\n"
            "<h5>单亲女工结对</h5>　　一百名女干部与单亲女工结对，逢节上门。(岳明珠)",
        ),
        (
            want(
                At(2002, "女职工工作", "女职工工作"),
                "孕期岗位轮换",
                "卷烟厂给孕期女工换轻岗，工资不减。",
                "(岳明珠)",
                "岳明珠",
            ),
            want(
                At(2002, "女职工工作", "女职工工作"),
                "单亲女工结对",
                "一百名女干部与单亲女工结对，逢节上门。",
                "(岳明珠)",
                "岳明珠",
            ),
        ),
    ),
    Case(
        "title-square-own-line",
        "title-marks",
        address(2003, 972107),
        usual(
            "2003年鉴参与经济建设",
            "劳动竞赛",
            "<p>■桥梁工地百日赛</p>\n<p>　　桥梁工地开展百日赛，提前九天合龙。（封立）</p>\n"
            "<p>■渔轮节油赛</p>\n<p>　　渔轮公司比节油，省下柴油七十吨。（封立）</p>",
        ),
        (
            want(
                At(2003, "参与经济建设", "劳动竞赛"),
                "桥梁工地百日赛",
                "桥梁工地开展百日赛，提前九天合龙。",
                "（封立）",
                "封立",
            ),
            want(
                At(2003, "参与经济建设", "劳动竞赛"),
                "渔轮节油赛",
                "渔轮公司比节油，省下柴油七十吨。",
                "（封立）",
                "封立",
            ),
        ),
    ),
    Case(
        "title-diamond-inline",
        "title-marks",
        address(2004, 972108),
        usual(
            "2004年鉴精神文明建设",
            "职工文体",
            "　　◆龙舟赛回到内河　中断六年的龙舟赛回到内河，四十队下水。（储安）<br>\n"
            "　　◆厂际象棋擂台　擂台摆在公园，守擂最久的是一名炉工。（储安）<br>\n"
            "　　◆工间操大会演　两千人同做工间操。<br>",
        ),
        (
            want(
                At(2004, "精神文明建设", "职工文体"),
                "龙舟赛回到内河",
                "中断六年的龙舟赛回到内河，四十队下水。",
                "（储安）",
                "储安",
            ),
            want(
                At(2004, "精神文明建设", "职工文体"),
                "厂际象棋擂台",
                "擂台摆在公园，守擂最久的是一名炉工。",
                "（储安）",
                "储安",
            ),
            want(At(2004, "精神文明建设", "职工文体"), "工间操大会演", "两千人同做工间操。"),
        ),
    ),
    Case(
        "title-dot-bold-own-line",
        "title-marks",
        address(2005, 972109),
        usual(
            "2005年鉴区县工会",
            "区县工会",
            "<p>　　<b>● 云台区推广工会书签</b></p>\n<p>　　书签上印着维权电话，发出五万枚。（钟楠）</p>\n"
            "<p>　　<b>● 桥东区建立民工议事会</b></p>\n<p>　　议事会每月一次，民工代表占八成。（钟楠）</p>",
        ),
        (
            want(
                At(2005, "区县工会", "区县工会"),
                "云台区推广工会书签",
                "书签上印着维权电话，发出五万枚。",
                "（钟楠）",
                "钟楠",
            ),
            want(
                At(2005, "区县工会", "区县工会"),
                "桥东区建立民工议事会",
                "议事会每月一次，民工代表占八成。",
                "（钟楠）",
                "钟楠",
            ),
        ),
    ),
    Case(
        "title-corner-brackets",
        "title-marks",
        address(2003, 972110),
        usual(
            "2003年鉴民主管理",
            "民主管理",
            "<p>　　「公开栏换玻璃」电机厂给公开栏换上玻璃，旁边挂一支笔。（何萍）</p>\n"
            "<p>　　「职代会夜场」纺织厂为三班倒职工开职代会夜场。（何萍）</p>\n"
            "<p>　　「代表述职」二百名职工代表向班组述职。</p>",
        ),
        (
            want(
                At(2003, "民主管理", "民主管理"),
                "公开栏换玻璃",
                "电机厂给公开栏换上玻璃，旁边挂一支笔。",
                "（何萍）",
                "何萍",
            ),
            want(
                At(2003, "民主管理", "民主管理"),
                "职代会夜场",
                "纺织厂为三班倒职工开职代会夜场。",
                "（何萍）",
                "何萍",
            ),
            want(At(2003, "民主管理", "民主管理"), "代表述职", "二百名职工代表向班组述职。"),
        ),
    ),
    Case(
        "title-white-lenticular-brackets",
        "title-marks",
        address(2005, 972111),
        usual(
            "2005年鉴自身建设",
            "机关建设",
            "　　<b>〖会议减半〗</b> 机关会议比上年减半，省下的时间下基层。（邱实）<br>\n"
            "　　<b>〖公车拍卖〗</b> 拍卖公车十一辆，款项转入帮困账户。〖文件瘦身〗文件不超过两千字。（邱实）<br>",
        ),
        (
            want(
                At(2005, "自身建设", "机关建设"),
                "会议减半",
                "机关会议比上年减半，省下的时间下基层。",
                "（邱实）",
                "邱实",
            ),
            want(
                At(2005, "自身建设", "机关建设"),
                "公车拍卖",
                "拍卖公车十一辆，款项转入帮困账户。",
            ),
            want(
                At(2005, "自身建设", "机关建设"),
                "文件瘦身",
                "文件不超过两千字。",
                "（邱实）",
                "邱实",
            ),
        ),
    ),
    Case(
        "title-book-title-marks",
        "title-marks",
        address(2001, 972112),
        usual(
            "2001年鉴区县工会",
            "区县工会",
            "<p>　　《沙塘区疏通求职路》沙塘区总工会办招工会十二场，成交八百人。（沈清）</p>\n"
            "<p>　　《麦岭区整顿茶水间》麦岭区企业整顿茶水间四百处。（沈清）</p>\n"
            "<p>　　《石桥区培训门卫》石桥区培训门卫六十名，都会接待上访职工。（沈清）</p>",
        ),
        (
            want(
                At(2001, "区县工会", "区县工会"),
                "沙塘区疏通求职路",
                "沙塘区总工会办招工会十二场，成交八百人。",
                "（沈清）",
                "沈清",
            ),
            want(
                At(2001, "区县工会", "区县工会"),
                "麦岭区整顿茶水间",
                "麦岭区企业整顿茶水间四百处。",
                "（沈清）",
                "沈清",
            ),
            want(
                At(2001, "区县工会", "区县工会"),
                "石桥区培训门卫",
                "石桥区培训门卫六十名，都会接待上访职工。",
                "（沈清）",
                "沈清",
            ),
        ),
    ),
    Case(
        "title-numbered-own-line",
        "title-marks",
        address(2002, 972113),
        usual(
            "2002年鉴维护职工合法权益",
            "劳动保护",
            "<p>　　1．矿灯统一检修</p>\n<p>　　矿区工会检修矿灯九百盏，换下六十盏。（甄诚）</p>\n"
            "<p>　　2．粉尘点公示</p>\n<p>　　每个粉尘点挂牌公示读数。（甄诚）</p>\n"
            "<p>　　3．劳保鞋抽检</p>\n<p>　　抽检劳保鞋三十批，退货四批。（尹正）</p>",
        ),
        (
            want(
                At(2002, "维护职工合法权益", "劳动保护"),
                "矿灯统一检修",
                "矿区工会检修矿灯九百盏，换下六十盏。",
                "（甄诚）",
                "甄诚",
            ),
            want(
                At(2002, "维护职工合法权益", "劳动保护"),
                "粉尘点公示",
                "每个粉尘点挂牌公示读数。",
                "（甄诚）",
                "甄诚",
            ),
            want(
                At(2002, "维护职工合法权益", "劳动保护"),
                "劳保鞋抽检",
                "抽检劳保鞋三十批，退货四批。",
                "（尹正）",
                "尹正",
            ),
        ),
        choice="the number is no part of the title; each numbered text is signed, so the numbers "
        "head entries and are no sub-heads of one",
    ),
    Case(
        "title-bare-centred",
        "title-marks",
        address(2004, 972114),
        usual(
            "2004年鉴生活保障",
            "生活保障",
            "<p align=center>工会平价药房开张</p>\n<p>　　市总工会开办平价药房，药价低两成。（闻达）</p>\n"
            "<p align=center>困难职工子女学费减半</p>\n<p>　　四所技校给困难职工子女学费减半。（闻达）</p>\n"
            "<p align=center>退休职工免费裁衣</p>\n<p>　　缝纫社每周二为退休职工免费裁衣。</p>",
        ),
        (
            want(
                At(2004, "生活保障", "生活保障"),
                "工会平价药房开张",
                "市总工会开办平价药房，药价低两成。",
                "（闻达）",
                "闻达",
            ),
            want(
                At(2004, "生活保障", "生活保障"),
                "困难职工子女学费减半",
                "四所技校给困难职工子女学费减半。",
                "（闻达）",
                "闻达",
            ),
            want(
                At(2004, "生活保障", "生活保障"),
                "退休职工免费裁衣",
                "缝纫社每周二为退休职工免费裁衣。",
            ),
        ),
    ),
)

# ---------------------------------------------------------------- 作者/来源/点击数/发布时间 lines
FRAME_LINES = (
    Case(
        "frame-line-under-the-rule",
        "frame-lines",
        address(2002, 972201),
        usual(
            "2002年鉴区县工会",
            "石桥区试办早班托儿",
            "<p align=center>发布时间：2006-03-14　来源：沧浦工运网　点击数：218</p>\n"
            "<p>　　石桥区总工会试办早班托儿，清晨五点开门。(贺兰)</p>",
        ),
        (
            want(
                At(2002, "区县工会", "石桥区试办早班托儿"),
                "石桥区试办早班托儿",
                "石桥区总工会试办早班托儿，清晨五点开门。",
                "(贺兰)",
                "贺兰",
            ),
        ),
    ),
    Case(
        "frame-line-between-heading-and-rule",
        "frame-lines",
        address(2003, 972202),
        page(
            crumb("2003年鉴局、产业工会"),
            head("沧浦市渔具公司工会"),
            row("<td align=center>作者：佚名　来源：本站原创　点击数：57</td>"),
            RULE,
            text(
                "<p>　　【概况】渔具公司有职工九百人。（池中）</p>\n<p>　　【织网能手】评出织网能手十名。（池中）</p>"
            ),
        ),
        (
            want(
                At(2003, "局、产业工会", "沧浦市渔具公司工会"),
                "概况",
                "渔具公司有职工九百人。",
                "（池中）",
                "池中",
            ),
            want(
                At(2003, "局、产业工会", "沧浦市渔具公司工会"),
                "织网能手",
                "评出织网能手十名。",
                "（池中）",
                "池中",
            ),
        ),
    ),
    Case(
        "frame-lines-at-the-foot",
        "frame-lines",
        address(2005, 972203),
        usual(
            "2005年鉴信息与信访",
            "【网上信箱试运行】",
            "<p>　　网上信箱试运行三个月，收信七百封。</p>\n<p>　　（景行）</p>\n"
            "<p>来源：市总工会信息中心<br>发布时间：2006年2月8日<br>点击数：1024</p>",
        ),
        (
            want(
                At(2005, "信息与信访", "网上信箱试运行"),
                "网上信箱试运行",
                "网上信箱试运行三个月，收信七百封。",
                "（景行）",
                "景行",
            ),
        ),
    ),
    Case(
        "frame-line-with-a-name",
        "frame-lines",
        address(2004, 972204),
        usual(
            "2004年鉴理论与调研",
            "外来工租房调查",
            "<p align=center>作者：翟明远　来源：沧浦工运　点击数：318</p>\n"
            "<p>　　外来工合租一间，平均每人四平方米。多数人愿意搬进工会公寓。</p>",
        ),
        (
            want(
                At(2004, "理论与调研", "外来工租房调查"),
                "外来工租房调查",
                "外来工合租一间，平均每人四平方米。多数人愿意搬进工会公寓。",
                "作者：翟明远",
                "翟明远",
            ),
        ),
        doubtful=True,
        choice="frame by its look, but the only author the page names, with a real name: 作者：翟明远 is "
        "kept as signature, the rest is frame; no signature and no author, reported, is as careful",
    ),
)

# ---------------------------------------------------------------- 26 names of files
FILE_NAMES = (
    Case(
        "file-name-chinese",
        "file-name",
        f"{HOST}/node6002/node6280/%E4%BF%A1%E6%81%AF%E7%BB%BC%E8%BF%B0.html",
        usual(
            "2002年鉴信息与信访",
            "信息综述",
            "<p>　　全年编发信息三百期，采用率过半。(申小雨)</p>",
        ),
        (
            want(
                At(2002, "信息与信访", "信息综述"),
                "信息综述",
                "全年编发信息三百期，采用率过半。",
                "(申小雨)",
                "申小雨",
            ),
        ),
    ),
    Case(
        "file-name-with-a-space",
        "file-name",
        f"{HOST}/node6054/node6380/a%20b.html",
        usual(
            "2003年鉴区县工会",
            "区县工会",
            "<p>　　【石桥区修缮职工码头】石桥区总工会修缮职工码头两处。（屈平）</p>\n"
            "<p>　　【盐场区增设救护点】盐场区增设救护点九处。（屈平）</p>",
        ),
        (
            want(
                At(2003, "区县工会", "区县工会"),
                "石桥区修缮职工码头",
                "石桥区总工会修缮职工码头两处。",
                "（屈平）",
                "屈平",
            ),
            want(
                At(2003, "区县工会", "区县工会"),
                "盐场区增设救护点",
                "盐场区增设救护点九处。",
                "（屈平）",
                "屈平",
            ),
        ),
    ),
    Case(
        "file-name-with-a-query",
        "file-name",
        f"{HOST}/node6056/node6580/show.asp?id=6",
        usual(
            "2005年鉴友好往来",
            "【海员俱乐部换新灯】",
            "<p>　　海员俱乐部换上节能灯，夜间开放延长一小时。</p>\n<p>　　（艾青山）</p>",
        ),
        (
            want(
                At(2005, "友好往来", "海员俱乐部换新灯"),
                "海员俱乐部换新灯",
                "海员俱乐部换上节能灯，夜间开放延长一小时。",
                "（艾青山）",
                "艾青山",
            ),
        ),
    ),
)

CASES: tuple[Case, ...] = (
    *UNSIGNED,
    *NO_TITLE,
    *NO_BREADCRUMB,
    *SPEECH,
    *BREADCRUMB_CELLS,
    *BREADCRUMB_LINES,
    *BREADCRUMB_TAIL,
    *BREADCRUMB_PLAIN,
    *BREADCRUMB_YEAR,
    *HEADING_ABOVE,
    *CHRONICLE,
    *AUTHOR_LINE,
    *WRITER_LINE,
    *AUTHOR_BRACKET,
    *NAME_CELL,
    *NAME_LAST,
    *SUPPLIER,
    *ROLES,
    *ESSAY,
    *SUBHEADING,
    *TITLES,
    *FRAME_LINES,
    *FILE_NAMES,
)


def blank_free(value: str) -> str:
    return re.sub(r"\s", "", value)


def seen(page_html: str) -> str:
    """The page's text: tags, entities and white space gone."""
    return blank_free(markup.unescape(re.sub(r"<[^>]*>", "", page_html)))


def check() -> list[str]:
    """What is wrong with the cases themselves."""
    wrong: list[str] = []
    for label, values in (
        ("name", [case.name for case in CASES]),
        ("url", [case.url for case in CASES]),
    ):
        wrong += [f"{label} twice: {value}" for value in set(values) if values.count(value) > 1]
    for case in CASES:
        case.html.encode("gb18030")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", case.name):
            wrong.append(f"{case.name}: not kebab-case")
        volumes = [year for year, folder in FOLDERS.items() if f"{HOST}/{folder.split('/')[0]}/" in case.url]
        whole = seen(case.html)
        at = 0
        for entry in case.entries:
            if [entry.year] != volumes:
                wrong.append(f"{case.name}: {entry.year} is not the volume of the URL")
            here = whole.find(blank_free(entry.body), at)
            if here < 0:
                wrong.append(f"{case.name}: body of {entry.title} is not in the page, in order")
            at = max(at, here)
            pieces = (entry.signature, entry.heading, entry.section, *entry.captions, *entry.authors)
            wrong += [f"{case.name}: not in the page: {p}" for p in pieces if blank_free(p) not in whole]
    return wrong


if __name__ == "__main__":
    from collections import Counter

    faults = check()
    print(*faults, sep="\n")
    print(len(CASES), "cases,", sum(len(case.entries) for case in CASES), "entries")
    print(dict(Counter(case.kind for case in CASES)))
    raise SystemExit(bool(faults))
