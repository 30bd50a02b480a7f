"""Hold-out pages with right answers: thirty invented pages of a union yearbook, in mark-up of 2001-2006.

``html`` is text; a test encodes it in gb18030. White space is ignored when bodies are compared.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CASES", "Case", "Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One entry as a careful archivist would write it down."""

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
    """One page: its mark-up and the entries it holds, in order."""

    name: str
    kind: str
    url: str
    html: str
    entries: tuple[Wanted, ...]
    doubtful: bool = False
    choice: str = ""


_SITE = "http://nianjian.cangpu.example/node6000/"
_RULE = "-" * 77

# ---------------------------------------------------------------- frames

_NAV = """<table width=100%>
<tr><td class="nav"><b>工会年鉴</b></td></tr>
<tr><td height="22" class="nav"><a href="/node6000/node6001/index.html">2001年年鉴</a></td></tr>
<tr><td height="22" class="nav"><a href="/node6000/node6002/index.html">2002年年鉴</a></td></tr>
<tr><td height="22" class="nav"><a href="/node6000/node6054/index.html">2003年年鉴</a></td></tr>
<tr><td height="22" class="nav"><a href="/node6000/node6055/index.html">2004年年鉴</a></td></tr>
<tr><td height="22" class="nav"><a href="/node6000/node6056/index.html">2005年年鉴</a></td></tr>
</table>"""

_FOOT = """<hr>
<table align=center><tr><td align=center>沧浦市总工会 2006年版权所有<br>
沧ICP备<br>
06000000<br>
copyright 2002 cangpu.example ALL Rights Reserved.</td></tr></table>"""


def _cms(rows: str, close: str = "[关闭窗口]") -> str:
    """The site's usual frame round the rows of the right-hand table."""
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>年鉴</title>
<script language="JavaScript">function closewin(){{ window.close(); }}</script>
<style>.nav{{font-size:12px}} td{{font-size:14px;line-height:160%}}</style>
</head>
<body topmargin=0 leftmargin=0>
<table width=778 border=0 cellspacing=0 cellpadding=0 align=center>
<tr><td width=160 valign=top>{_NAV}</td>
<td valign=top><table width=100% border=0>
{rows}
<tr><td align=center>&nbsp;<br>&nbsp;&nbsp;&nbsp;<a href="javascript:closewin()">{close}</a></td></tr>
</table></td></tr></table>
{_FOOT}
</body>
</html>"""


def _frontpage(rows: str) -> str:
    """A page that FrontPage wrote: centred tables, capitals, fonts, its own meta lines."""
    return f"""<HTML>
<HEAD>
<META http-equiv="Content-Language" content="zh-cn">
<META http-equiv="Content-Type" content="text/html; charset=gb2312">
<META name="GENERATOR" content="Microsoft FrontPage 4.0">
<META name="ProgId" content="FrontPage.Editor.Document">
<TITLE>New Page 1</TITLE>
</HEAD>
<BODY bgcolor="#FFFFFF" topmargin="0">
<DIV align="center"><CENTER>
<TABLE border="0" cellpadding="0" cellspacing="0" width="760" style="border-collapse: collapse">
<TR><TD width="150" valign="top" bgcolor="#EFEFEF"><FONT size="2">工会年鉴<BR>
<A href="../../node6001/index.html">2001年年鉴</A><BR><A href="../../node6002/index.html">2002年年鉴</A><BR>
<A href="../../node6054/index.html">2003年年鉴</A><BR><A href="../../node6055/index.html">2004年年鉴</A><BR>
<A href="../../node6056/index.html">2005年年鉴</A></FONT></TD>
<TD width="610" valign="top">
<TABLE border="0" width="100%" cellpadding="4">
{rows}
<TR><TD width="100%" align="center"><P align="center"><A href="javascript:window.close()"><FONT size="2">[关闭窗口]</FONT></A></TD></TR>
</TABLE>
</TD></TR></TABLE>
</CENTER></DIV>
<P align="center"><FONT size="2">沧浦市总工会 2006年版权所有</FONT></P>
</BODY></HTML>"""


def _dreamweaver(rows: str) -> str:
    """A page that Dreamweaver wrote: templates, spacers, style1 and nested tables."""
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html><!-- InstanceBegin template="/Templates/nianjian.dwt" codeOutsideHTMLIsLocked="false" -->
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<!-- InstanceBeginEditable name="doctitle" --><title>工会年鉴</title><!-- InstanceEndEditable -->
<style type="text/css">
<!--
.style1 {{color: #990000}}
.style3 {{font-size: 16px; font-weight: bold; }}
body {{margin-left: 0px; margin-top: 0px;}}
-->
</style>
<script language="JavaScript" type="text/JavaScript">
<!--
function MM_openBrWindow(theURL,winName,features) {{ //v2.0
  window.open(theURL,winName,features);
}}
//-->
</script>
</head>
<body>
<table width="778" border="0" align="center" cellpadding="0" cellspacing="0">
  <tr>
    <td width="160" valign="top">{_NAV}</td>
    <td width="8"><img src="/images/spacer.gif" width="8" height="1"></td>
    <td valign="top"><!-- InstanceBeginEditable name="main" -->
      <table width="100%" border="0" cellspacing="0" cellpadding="0">
{rows}
        <tr>
          <td><div align="center"><a href="javascript:window.close()">[关闭窗口]</a></div></td>
        </tr>
      </table>
    <!-- InstanceEndEditable --></td>
  </tr>
</table>
{_FOOT}
</body>
<!-- InstanceEnd --></html>"""


def _word(inside: str) -> str:
    """A page saved from Word: MsoNormal, o:p and conditional comments, no frame but a link to close."""
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 9">
<title>工会年鉴</title>
<!--[if gte mso 9]><xml>
 <o:DocumentProperties>
  <o:Author>年鉴办</o:Author>
  <o:Company>沧浦市总工会</o:Company>
 </o:DocumentProperties>
</xml><![endif]-->
<style>
<!--
p.MsoNormal, li.MsoNormal, div.MsoNormal
	{{mso-style-parent:"";
	margin:0cm;
	text-align:justify;
	font-size:10.5pt;
	font-family:"Times New Roman";
	mso-fareast-font-family:宋体;}}
-->
</style>
</head>

<body lang=ZH-CN style='tab-interval:21.0pt;text-justify-trim:punctuation'>

<div class=Section1 style='layout-grid:15.6pt'>

{inside}

<p class=MsoNormal align=center style='text-align:center'><a
href="javascript:window.close()">[关闭窗口]</a><span lang=EN-US><o:p></o:p></span></p>

</div>

</body>

</html>"""


def _plain(inside: str, close: str = "[关闭窗口]") -> str:
    """A page written by hand: no tables, centred lines and breaks."""
    return f"""<html><head><title>工会年鉴</title></head>
<body background=bg.gif text=#000000>
<center><font size=2>工会年鉴 | <a href=/node6000/node6001/index.html>2001年年鉴</a> | <a href=/node6000/node6002/index.html>2002年年鉴</a> | <a href=/node6000/node6054/index.html>2003年年鉴</a> | <a href=/node6000/node6055/index.html>2004年年鉴</a> | <a href=/node6000/node6056/index.html>2005年年鉴</a></font></center>
{inside}
<center><a href="javascript:self.close()">{close}</a></center>
<hr width=90%>
<center><font size=2>沧浦市总工会 2006年版权所有</font></center>
</body></html>"""


# ---------------------------------------------------------------- pages

_H01 = Case(
    "h01-run-on-unsigned-chinese-digits",
    "unsigned entries after a sentence's end, a title of two characters, year in Chinese digits, FrontPage capitals",
    _SITE + "node6002/node6881/userobject1ai9501.html",
    _frontpage(f"""<TR><TD width="100%"><FONT size="2">当前位置: <A href="/index.html">首页</A> &gt;&gt;<FONT color="#990000">二〇〇二年鉴区县工会</FONT></FONT></TD></TR>
<TR><TD width="100%" align="center"><B><FONT size="4" face="黑体">街道工会</FONT></B></TD></TR>
<TR><TD width="100%" align="center">{_RULE}</TD></TR>
<TR><TD width="100%"><FONT face="宋体" size="3">&nbsp;&nbsp;&nbsp; [芦花街道楼组建会]芦花街道总工会按楼组划片，把沿街七十二家小店的店员编成九个联合工会小组，当年有会员三百一十人。[清账]柳堤街道总工会聘请两名退休会计，逐户核对十六家集体企业的工会经费账，补缴欠款四万元。 [渔灯街道办起维权角]渔灯街道总工会在菜场门口设维权角，每逢集日有人值守，全年答复询问五百余次。(谈云岭)&nbsp; [东闸街道组织技能比武]东闸街道总工会组织理发、修鞋、配匙三个行当同台比武，一百零四名个体从业者参加。</FONT></TD></TR>"""),
    (
        Wanted(
            "芦花街道楼组建会",
            "区县工会",
            "街道工会",
            2002,
            (),
            "",
            "芦花街道总工会按楼组划片，把沿街七十二家小店的店员编成九个联合工会小组，当年有会员三百一十人。",
        ),
        Wanted(
            "清账",
            "区县工会",
            "街道工会",
            2002,
            (),
            "",
            "柳堤街道总工会聘请两名退休会计，逐户核对十六家集体企业的工会经费账，补缴欠款四万元。",
        ),
        Wanted(
            "渔灯街道办起维权角",
            "区县工会",
            "街道工会",
            2002,
            ("谈云岭",),
            "(谈云岭)",
            "渔灯街道总工会在菜场门口设维权角，每逢集日有人值守，全年答复询问五百余次。",
        ),
        Wanted(
            "东闸街道组织技能比武",
            "区县工会",
            "街道工会",
            2002,
            (),
            "",
            "东闸街道总工会组织理发、修鞋、配匙三个行当同台比武，一百零四名个体从业者参加。",
        ),
    ),
)

_H02 = Case(
    "h02-word-no-breadcrumb-overview-first",
    "saved from Word: no breadcrumb, overview titled by the heading, spaced names right-aligned on a line of their own",
    _SITE + "node6001/node6881/u1a9502.html",
    _word(f"""<p class=MsoNormal align=center style='text-align:center'><b><span
style='font-size:16.0pt;font-family:黑体'>财务与经审工作概述</span></b><span
lang=EN-US><o:p></o:p></span></p>

<p class=MsoNormal align=center style='text-align:center'><span lang=EN-US>{_RULE}<o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:21.0pt;mso-char-indent-count:2.0'><span
style='font-family:宋体'>全市工会经费收缴率比上年提高三个百分点，有四个区县工会第一次做到按月足额上缴。各级经审委员会全年审计基层单位</span><span
lang=EN-US>612</span><span style='font-family:宋体'>个。</span><span lang=EN-US><o:p></o:p></span></p>

<p class=MsoNormal align=right style='text-align:right'><span style='font-family:
宋体'>（管<span style="mso-spacerun: yes">　</span>彤）</span><span lang=EN-US><o:p></o:p></span></p>

<p class=MsoNormal style='text-indent:21.0pt'><span lang=EN-US>[</span><span style='font-family:宋体'>经费代收试点</span><span
lang=EN-US>]</span><span style='font-family:宋体'>市总工会与税务部门商定，在港西区试行工会经费由税务代收，首批四十八家企业当年入账九十一万元。</span><span
lang=EN-US><o:p></o:p></span></p>

<p class=MsoNormal align=right style='text-align:right'><span style='font-family:
宋体'>（牟志坚、向<span style="mso-spacerun: yes">　</span>荣）</span><span lang=EN-US><o:p></o:p></span></p>

<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>

<p class=MsoNormal style='text-indent:21.0pt'><span lang=EN-US>[</span><span style='font-family:宋体'>会计电算化培训</span><span
lang=EN-US>]</span><span style='font-family:宋体'>举办三期会计电算化培训班，二百零六名基层工会财务人员取得上岗证。</span><span
lang=EN-US><o:p></o:p></span></p>"""),
    (
        Wanted(
            "财务与经审工作概述",
            "",
            "财务与经审工作概述",
            2001,
            ("管彤",),
            "（管　彤）",
            "全市工会经费收缴率比上年提高三个百分点，有四个区县工会第一次做到按月足额上缴。各级经审委员会全年审计基层单位612个。",
        ),
        Wanted(
            "经费代收试点",
            "",
            "财务与经审工作概述",
            2001,
            ("牟志坚", "向荣"),
            "（牟志坚、向　荣）",
            "市总工会与税务部门商定，在港西区试行工会经费由税务代收，首批四十八家企业当年入账九十一万元。",
        ),
        Wanted(
            "会计电算化培训",
            "",
            "财务与经审工作概述",
            2001,
            (),
            "",
            "举办三期会计电算化培训班，二百零六名基层工会财务人员取得上岗证。",
        ),
    ),
)

_H03 = Case(
    "h03-speech-greeting-breadcrumb-open-end",
    "speech under a heading that ends in 致辞: date, office and name centred; breadcrumb ends in >>; 一、二、 are body",
    _SITE + "node6055/node6881/userobject1ai9503.html",
    _dreamweaver(f"""        <tr>
          <td height="24">当前位置：<a href="/index.html">首页</a> &gt;&gt; <a href="index.html" class="style1">2004年鉴特载</a> &gt;&gt;</td>
        </tr>
        <tr>
          <td><div align="center" class="style3">在海员家属联谊会上的致辞</div></td>
        </tr>
        <tr>
          <td><div align="center">{_RULE}</div></td>
        </tr>
        <tr>
          <td><p align="center">（2003年9月11日）</p>
            <p align="center">沧浦市总工会副主席　<strong>瞿 念 慈</strong></p>
            <p>　　各位家属、各位来宾：今天是中秋，远洋船上的两千名海员还在海上，我代表市总工会向你们问好。</p>
            <p>　　<strong>一、说三件已经办成的事</strong></p>
            <p>　　家属接待站搬进了新楼，船期电话每天更新，寒暑假托管班招了八十个孩子。</p>
            <p>　　<strong>二、说一件还没有办成的事</strong></p>
            <p>　　海员回港休息期短的问题，今年要同船公司坐下来谈出结果。</p>
            <p>　　祝大家节日愉快。</p></td>
        </tr>"""),
    (
        Wanted(
            "在海员家属联谊会上的致辞",
            "特载",
            "在海员家属联谊会上的致辞",
            2004,
            ("瞿念慈",),
            "",
            "各位家属、各位来宾：今天是中秋，远洋船上的两千名海员还在海上，我代表市总工会向你们问好。\n"
            "一、说三件已经办成的事\n"
            "家属接待站搬进了新楼，船期电话每天更新，寒暑假托管班招了八十个孩子。\n"
            "二、说一件还没有办成的事\n"
            "海员回港休息期短的问题，今年要同船公司坐下来谈出结果。\n"
            "祝大家节日愉快。",
            ("（2003年9月11日）", "沧浦市总工会副主席　瞿 念 慈"),
        ),
    ),
)

_H04 = Case(
    "h04-chronicle-chinese-numerals-br",
    "chronicle 大事纪要 by hand: Chinese numerals, dates followed by ——, ：, a tab and U+3000, a range over months, 同日, ▲",
    _SITE + "node6054/node6881/u1a9504.html",
    _plain(f"""<p>当前位置：首页 &gt;&gt; 2003年鉴大事纪要
<p><center><font size=4 color=red>2002年大事纪要</font></center>
<center>{_RULE}</center>
<font size=3>
<br>&nbsp;&nbsp;&nbsp;&nbsp;<b>三月</b><br>
&nbsp;&nbsp;&nbsp;&nbsp;五日——市总工会女职工委员会向一百户渔家送去救生衣。<br>
&nbsp;&nbsp;&nbsp;&nbsp;十二日至十四日：沧浦市工会干部读书班在翠屏山举行。<br>
&nbsp;&nbsp;&nbsp;&nbsp;二十九日至四月二日　外省港口工会代表团来沧浦考察。<br>
<br>&nbsp;&nbsp;&nbsp;&nbsp;<b>四月</b><br>
&nbsp;&nbsp;&nbsp;&nbsp;十六日	首批进城务工者领到会员证。<br>
&nbsp;&nbsp;&nbsp;&nbsp;同日，工人文化宫重新开放。<br>
&nbsp;&nbsp;&nbsp;&nbsp;▲渔港职工食堂改建完工。<br>
&nbsp;&nbsp;&nbsp;&nbsp;三十日，五一文艺晚会在船坞举行。<br>
</font>"""),
    (
        Wanted(
            "3月5日", "大事纪要", "2002年大事纪要", 2003, (), "", "五日——市总工会女职工委员会向一百户渔家送去救生衣。"
        ),
        Wanted(
            "3月12日至14日",
            "大事纪要",
            "2002年大事纪要",
            2003,
            (),
            "",
            "十二日至十四日：沧浦市工会干部读书班在翠屏山举行。",
        ),
        Wanted(
            "3月29日至4月2日",
            "大事纪要",
            "2002年大事纪要",
            2003,
            (),
            "",
            "二十九日至四月二日　外省港口工会代表团来沧浦考察。",
        ),
        Wanted("4月16日", "大事纪要", "2002年大事纪要", 2003, (), "", "十六日	首批进城务工者领到会员证。"),
        Wanted("4月16日", "大事纪要", "2002年大事纪要", 2003, (), "", "同日，工人文化宫重新开放。"),
        Wanted("4月16日", "大事纪要", "2002年大事纪要", 2003, (), "", "▲渔港职工食堂改建完工。"),
        Wanted("4月30日", "大事纪要", "2002年大事纪要", 2003, (), "", "三十日，五一文艺晚会在船坞举行。"),
    ),
)

_H05 = Case(
    "h05-photographs-subsection-strong",
    "nested tables with photographs and credits, coloured strong titles, a centred bold 分目 between entries",
    _SITE + "node6056/node6881/userobject1ai9505.html",
    _dreamweaver(f"""        <tr>
          <td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<span class="style1">2005年鉴精神文明建设</span></td>
        </tr>
        <tr>
          <td align="center" class="style3">职工文化</td>
        </tr>
        <tr>
          <td align="center">{_RULE}</td>
        </tr>
        <tr>
          <td><table width="96%" border="0" align="center" cellpadding="3">
              <tr>
                <td><p>　　<strong><font color="#0000FF">【工装时装秀走上甲板】</font></strong>远帆造船厂工会把工装设计评比搬到新船甲板上，三十六套工装由穿着它干活的人自己展示，八套当场被订走。（毕采薇）</p>
                <p align="center"><img src="/images/9505a.jpg" width="300" height="200"></p>
                <p align="center"><font size="2">焊工在甲板上展示阻燃工装（桂长风 摄）</font></p>
                <p>　　<strong><font color="#0000FF">【码头摄影展】</font></strong>港务局工会征集职工照片一千二百幅，选出九十幅挂在候工室。（毕采薇）</p>
                <p align="center"><strong>群众体育</strong></p>
                <p>　　<strong><font color="#0000FF">【拔河赛冒雨进行】</font></strong>全市四十支班组拔河队在雨中比赛两天，公交二公司修理班夺冠。（桂长风）</p>
                <p>　　<strong><font color="#0000FF">【象棋擂台摆到工地】</font></strong>建设工会在六处工地摆象棋擂台，擂主是一名塔吊司机。（桂长风　毕采薇）</p></td>
              </tr>
            </table></td>
        </tr>"""),
    (
        Wanted(
            "工装时装秀走上甲板",
            "精神文明建设",
            "职工文化",
            2005,
            ("毕采薇",),
            "（毕采薇）",
            "远帆造船厂工会把工装设计评比搬到新船甲板上，三十六套工装由穿着它干活的人自己展示，八套当场被订走。",
            ("焊工在甲板上展示阻燃工装（桂长风 摄）",),
        ),
        Wanted(
            "码头摄影展",
            "精神文明建设",
            "职工文化",
            2005,
            ("毕采薇",),
            "（毕采薇）",
            "港务局工会征集职工照片一千二百幅，选出九十幅挂在候工室。",
        ),
        Wanted(
            "拔河赛冒雨进行",
            "精神文明建设",
            "群众体育",
            2005,
            ("桂长风",),
            "（桂长风）",
            "全市四十支班组拔河队在雨中比赛两天，公交二公司修理班夺冠。",
        ),
        Wanted(
            "象棋擂台摆到工地",
            "精神文明建设",
            "群众体育",
            2005,
            ("桂长风", "毕采薇"),
            "（桂长风　毕采薇）",
            "建设工会在六处工地摆象棋擂台，擂主是一名塔吊司机。",
        ),
    ),
)

_H06 = Case(
    "h06-heading-above-breadcrumb-author-cell",
    "heading above the breadcrumb, cells and paragraphs never closed, 撰稿人：X in a cell of its own",
    _SITE + "node6001/node6882/userobject1ai9506.html",
    _cms(f"""<tr><td align=center><font size=4><b>滩涂养殖场建立工会</b></font>
<tr><td>当前位置： <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2001年鉴自身建设</font>
<tr><td align=center>{_RULE}
<tr><td class=f14><p>　　青湾县滩涂养殖场的三百名季节工过去没有组织，8月召开会员大会，选出七名委员，其中四名是外来养殖工。
<p>　　工会成立后办的第一件事，是把发工资的日子写在食堂的黑板上。
<tr><td align=right>撰稿人：车建岭"""),
    (
        Wanted(
            "滩涂养殖场建立工会",
            "自身建设",
            "滩涂养殖场建立工会",
            2001,
            ("车建岭",),
            "撰稿人：车建岭",
            "青湾县滩涂养殖场的三百名季节工过去没有组织，8月召开会员大会，选出七名委员，其中四名是外来养殖工。\n"
            "工会成立后办的第一件事，是把发工资的日子写在食堂的黑板上。",
        ),
    ),
)

_H07 = Case(
    "h07-organisation-leaders-office-as-author",
    "organisation page: portrait and leaders, 【概况】 unsigned and the next title in the same paragraph, 供稿单位 at the end",
    _SITE + "node6054/node6882/userobject1ai9507.html",
    _cms(
        f"""<tr><td>当前位置：</td></tr>
<tr><td><a href="/index.html">首页</a></td></tr>
<tr><td>&gt;&gt;<font color=#990000>2003年鉴局、产业工会</font></td></tr>
<tr><td align=center><font size=4><b>沧浦市纺织工会</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14><table align=left><tr><td><img src="/images/9507.jpg" width=120 height=160></td></tr></table>
<p>　　主席：祁玉田<br>
　　副主席：左兰英　钟大同</p>
<p>　　<b>【概况】</b>市纺织工会有基层工会五十一个，会员二万三千人，女职工占七成。全年有四家棉纺厂实行转产，工会参与了全部安置方案的起草。<b>【工作思路】</b>以安置和培训为主线，不让一名挡车工因转产而失去社会保险。</p>
<p align=right>供稿单位：市纺织工会</p></td></tr>""",
        "【关闭窗口】",
    ),
    (
        Wanted(
            "概况",
            "局、产业工会",
            "沧浦市纺织工会",
            2003,
            (),
            "",
            "市纺织工会有基层工会五十一个，会员二万三千人，女职工占七成。全年有四家棉纺厂实行转产，工会参与了全部安置方案的起草。",
            ("主席：祁玉田", "副主席：左兰英　钟大同"),
        ),
        Wanted(
            "工作思路",
            "局、产业工会",
            "沧浦市纺织工会",
            2003,
            ("市纺织工会",),
            "供稿单位：市纺织工会",
            "以安置和培训为主线，不让一名挡车工因转产而失去社会保险。",
        ),
    ),
    doubtful=True,
    choice="供稿单位 at the page's end signs the last entry; it may be meant for both",
)

_H08 = Case(
    "h08-headings-h2-h4-author-in-brackets",
    "titles in h4, 分目 in h2, (作者：X), breadcrumb over several cells",
    _SITE + "node6055/node6882/u1a9508.html",
    _cms(f"""<tr><td><table border=0 cellpadding=0 cellspacing=0><tr><td nowrap>当前位置：</td><td nowrap><a href="/index.html">首页</a></td><td width=20 align=center>&gt;&gt;</td><td nowrap><font color=#990000>2004年鉴生活保障</font></td></tr></table></td></tr>
<tr><td align=center><font size=4><b>生活保障</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14>
<h2 align=center>互助保障</h2>
<h4>住院互助金提速</h4>
<p>　　互助保障会把住院互助金的审核从十五天缩短到五天，退休职工可由社区代办。（作者：柏青松）</p>
<h4>意外险覆盖渔船</h4>
<p>　　全市二百零九条近海渔船的船员全部加入意外险，保费由船东、县总工会和船员三方分担。（作者：柏青松）</p>
<h2 align=center>疗休养</h2>
<h4>炉前工优先疗养</h4>
<p>　　翠屏山疗养院为高温岗位职工留出一百张床位，炉前工每两年轮到一次。（作者：盖如意）</p>
</td></tr>"""),
    (
        Wanted(
            "住院互助金提速",
            "生活保障",
            "互助保障",
            2004,
            ("柏青松",),
            "（作者：柏青松）",
            "互助保障会把住院互助金的审核从十五天缩短到五天，退休职工可由社区代办。",
        ),
        Wanted(
            "意外险覆盖渔船",
            "生活保障",
            "互助保障",
            2004,
            ("柏青松",),
            "（作者：柏青松）",
            "全市二百零九条近海渔船的船员全部加入意外险，保费由船东、县总工会和船员三方分担。",
        ),
        Wanted(
            "炉前工优先疗养",
            "生活保障",
            "疗休养",
            2004,
            ("盖如意",),
            "（作者：盖如意）",
            "翠屏山疗养院为高温岗位职工留出一百张床位，炉前工每两年轮到一次。",
        ),
    ),
)

_H09 = Case(
    "h09-square-marks-own-line-roles",
    "■ titles on lines of their own, breadcrumb broken by <br>, signature with writer and reviewer",
    _SITE + "node6056/node6882/userobject1ai9509.html",
    _frontpage(f"""<TR><TD width="100%"><FONT size="2">当前位置:<BR>
<A href="/index.html">首页</A><BR>
&gt;&gt;<FONT color="#990000">2005年鉴职工素质工程</FONT></FONT></TD></TR>
<TR><TD width="100%"><P align="center"><FONT size="5" face="隶书">读书活动</FONT></TD></TR>
<TR><TD width="100%"><P align="center">{"-" * 60}</TD></TR>
<TR><TD width="100%">
<P><FONT color="#800000"><B>■ 流动书箱上渔船</B></FONT>
<P>&nbsp;&nbsp;&nbsp;&nbsp; 青湾县总工会置办四十只防潮书箱，随渔船出海，返港时交换，全年借阅九千人次。
<P align="right">（撰稿 冷月明　审稿 邢国栋）
<P><FONT color="#800000"><B>■ 班前十分钟诵读</B></FONT>
<P>&nbsp;&nbsp;&nbsp;&nbsp; 东昌机床厂装配车间每天班前用十分钟轮流诵读，内容由职工自选。
<P>&nbsp;&nbsp;&nbsp;&nbsp; 一年下来，车间自编的诵读本有六十页。
<P><FONT color="#800000"><B>■ 职工书评奖</B></FONT>
<P>&nbsp;&nbsp;&nbsp;&nbsp; 市总工会首设职工书评奖，收到书评七百篇，奖品是作者签名本。
<P align="right">（撰稿 冷月明　校对 石小兰）
</TD></TR>"""),
    (
        Wanted(
            "流动书箱上渔船",
            "职工素质工程",
            "读书活动",
            2005,
            ("冷月明",),
            "（撰稿 冷月明　审稿 邢国栋）",
            "青湾县总工会置办四十只防潮书箱，随渔船出海，返港时交换，全年借阅九千人次。",
        ),
        Wanted(
            "班前十分钟诵读",
            "职工素质工程",
            "读书活动",
            2005,
            (),
            "",
            "东昌机床厂装配车间每天班前用十分钟轮流诵读，内容由职工自选。\n一年下来，车间自编的诵读本有六十页。",
        ),
        Wanted(
            "职工书评奖",
            "职工素质工程",
            "读书活动",
            2005,
            ("冷月明",),
            "（撰稿 冷月明　校对 石小兰）",
            "市总工会首设职工书评奖，收到书评七百篇，奖品是作者签名本。",
        ),
    ),
)

_H10 = Case(
    "h10-bare-centred-titles-no-breadcrumb",
    "bare centred lines as titles, no breadcrumb, signatures right-aligned, <div align=center> soup",
    _SITE + "node6002/node6882/userobject1ai9510.html",
    _dreamweaver(f"""        <tr>
          <td><div align="center"><span class="style3">女职工维权</span></div></td>
        </tr>
        <tr>
          <td><div align="center">{_RULE}</div></td>
        </tr>
        <tr>
          <td><div align="center">孕期女工调离噪声岗位</div>
            <div align="left">　　市纺织工会与十二家棉纺厂签订专项协议，怀孕四个月以上的挡车工一律调离噪声岗位，工资不降。</div>
            <div align="right">(蔺秋霞)</div>
            <div align="center">&nbsp;</div>
            <div align="center">哺乳室进商场</div>
            <div align="left">　　商业工会推动五家大商场腾出库房改作哺乳室，受益女营业员四百余人。</div>
            <div align="right">(蔺秋霞 宫小月)</div>
            <div align="center">&nbsp;</div>
            <div align="center">妇科检查下乡</div>
            <div align="left">　　麦岭区总工会请医疗船开进水乡，为八百名船家妇女做了检查。</div>
            <div align="right">(宫小月)</div></td>
        </tr>"""),
    (
        Wanted(
            "孕期女工调离噪声岗位",
            "",
            "女职工维权",
            2002,
            ("蔺秋霞",),
            "(蔺秋霞)",
            "市纺织工会与十二家棉纺厂签订专项协议，怀孕四个月以上的挡车工一律调离噪声岗位，工资不降。",
        ),
        Wanted(
            "哺乳室进商场",
            "",
            "女职工维权",
            2002,
            ("蔺秋霞", "宫小月"),
            "(蔺秋霞 宫小月)",
            "商业工会推动五家大商场腾出库房改作哺乳室，受益女营业员四百余人。",
        ),
        Wanted(
            "妇科检查下乡",
            "",
            "女职工维权",
            2002,
            ("宫小月",),
            "(宫小月)",
            "麦岭区总工会请医疗船开进水乡，为八百名船家妇女做了检查。",
        ),
    ),
)

_H11 = Case(
    "h11-corner-brackets-bare-name-last",
    "「」 titles at a line's start, breadcrumb without >>, a bare name on the last line",
    _SITE + "node6001/node6883/u1a9511.html",
    _plain(f"""<table width=90% align=center><tr><td>
当前位置：<a href=/index.html>首页</a>　２００１年鉴友好往来
</td></tr></table>
<div align=center><font size=4><b>出访</b></font></div>
<div align=center>{_RULE}</div>
<table width=90% align=center><tr><td>
　　「考察北港装卸工会」5月，市海员工会三人赴北港考察装卸班组，带回一套吊索检查表，已在三号码头试用。<br>
　　　　　　　　　　　　　　　　　　　　　　　　鲍远程<br>
　　「参加渔业劳工会议」10月，青湾县渔业工会派员参加渔业劳工会议，介绍休渔期补助的办法。<br>
　　　　　　　　　　　　　　　　　　　　　　　　苗一苇
</td></tr></table>"""),
    (
        Wanted(
            "考察北港装卸工会",
            "友好往来",
            "出访",
            2001,
            ("鲍远程",),
            "鲍远程",
            "5月，市海员工会三人赴北港考察装卸班组，带回一套吊索检查表，已在三号码头试用。",
        ),
        Wanted(
            "参加渔业劳工会议",
            "友好往来",
            "出访",
            2001,
            ("苗一苇",),
            "苗一苇",
            "10月，青湾县渔业工会派员参加渔业劳工会议，介绍休渔期补助的办法。",
        ),
    ),
)

_H12 = Case(
    "h12-chronicle-vague-dates-bullets",
    "chronicle 大事年表: year line, 年初 月底 上旬 是月 是年, ● under the date above, FrontPage",
    _SITE + "node6054/node6883/userobject1ai9512.html",
    _frontpage(f"""<TR><TD width="100%"><FONT size="2">当前位置：<A href="/index.html">首页</A>&gt;&gt;2003年鉴大事年表</FONT></TD></TR>
<TR><TD width="100%"><P align="center"><FONT size="4"><B>大事年表</B></FONT></P></TD></TR>
<TR><TD width="100%"><P align="center">{_RULE}</P></TD></TR>
<TR><TD width="100%"><FONT size="3">
<P align="center"><B>2002年</B></P>
<P>　　年初　市总工会把八件实事登在报纸上，请职工年底打分。</P>
<P><B>1月</B></P>
<P>　　8日，机械工会召开代表大会。</P>
<P>　　●建材工会同时换届，选出委员二十一人。</P>
<P>　　月底，石桥区帮困超市开张。</P>
<P><B>6月</B></P>
<P>　　上旬，暴雨成灾，各级工会组织抢险队六十支。</P>
<P>　　17日　抢险先进班组名单公布。</P>
<P>　　是月，职工艺术节征稿开始。</P>
<P>　　是年，全市建立职工阅览角三百处。</P>
</FONT></TD></TR>"""),
    (
        Wanted("年初", "大事年表", "大事年表", 2003, (), "", "年初　市总工会把八件实事登在报纸上，请职工年底打分。"),
        Wanted("1月8日", "大事年表", "大事年表", 2003, (), "", "8日，机械工会召开代表大会。"),
        Wanted("1月8日", "大事年表", "大事年表", 2003, (), "", "●建材工会同时换届，选出委员二十一人。"),
        Wanted("1月底", "大事年表", "大事年表", 2003, (), "", "月底，石桥区帮困超市开张。"),
        Wanted("6月上旬", "大事年表", "大事年表", 2003, (), "", "上旬，暴雨成灾，各级工会组织抢险队六十支。"),
        Wanted("6月17日", "大事年表", "大事年表", 2003, (), "", "17日　抢险先进班组名单公布。"),
        Wanted("6月", "大事年表", "大事年表", 2003, (), "", "是月，职工艺术节征稿开始。"),
        Wanted("是年", "大事年表", "大事年表", 2003, (), "", "是年，全市建立职工阅览角三百处。"),
    ),
    choice="月底 and 上旬 are resolved with the month line (1月底, 6月上旬), 是月 as the month, as in the given cases",
)

_H13 = Case(
    "h13-cms-info-line-is-frame",
    "a line 作者：佚名 来源 点击数 发布时间 under the rule is frame; the entry's signature is the organisation with a name",
    _SITE + "node6055/node6883/u1a9513.html",
    _cms(f"""<tr><td>当前位置： <a href="/index.html">首页</a> &gt;&gt; <a href="index.html">2004年鉴维护职工合法权益</a></td></tr>
<tr><td align=center><font size=4><b>【欠薪预警线路图】</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td align=center bgcolor=#f0f0f0><font size=2 color=gray>作者：佚名　　来源：本站原创　　点击数：<script src="/count.js"></script>317　　发布时间：2006-4-12</font></td></tr>
<tr><td class=f14><span style="font-size:14px; line-height:180%">　　市总工会与劳动监察部门共同绘出欠薪预警线路图，把拖欠过工资的六十九家企业标成黄点，连续两月拖欠的标成红点。<br><br>　　线路图每月更新一次，张贴在职介所门口。（市总保障部　仇立山）</span></td></tr>"""),
    (
        Wanted(
            "欠薪预警线路图",
            "维护职工合法权益",
            "欠薪预警线路图",
            2004,
            ("仇立山",),
            "（市总保障部　仇立山）",
            "市总工会与劳动监察部门共同绘出欠薪预警线路图，把拖欠过工资的六十九家企业标成黄点，连续两月拖欠的标成红点。\n"
            "线路图每月更新一次，张贴在职介所门口。",
        ),
    ),
)

_H14 = Case(
    "h14-statistics-table-with-notes",
    "statistics: one entry titled by the heading, nested table in the order of the document, notes in parentheses are no signature",
    _SITE + "node6056/node6883/userobject1ai9514.html",
    _cms(f"""<tr><td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2005年鉴统计资料</font> &gt;&gt;</td></tr>
<tr><td align=center><font size=4><b>2004年工会组织基本情况</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14><p align=right>单位：个、人</p>
<table border=1 cellspacing=0 bordercolor=#000000 width=90% align=center>
<TR><TD>产业<TD>基层工会<TD>会员
<TR><TD>纺织<TD>51<TD>23&nbsp;418
<TR><TD>建设<TD>63<TD>118&nbsp;002
<TR><TD>医务<TD>58<TD>19&nbsp;377
</table>
<p>　　（以上数据由市总工会研究室汇总）</p></td></tr>"""),
    (
        Wanted(
            "2004年工会组织基本情况",
            "统计资料",
            "2004年工会组织基本情况",
            2005,
            (),
            "",
            "单位：个、人\n产业\n基层工会\n会员\n纺织\n51\n23 418\n建设\n63\n118 002\n医务\n58\n19 377\n（以上数据由市总工会研究室汇总）",
        ),
    ),
)

_H15 = Case(
    "h15-report-subtitle-date-name",
    "report: sub-title with ——, date in Chinese digits, bare spaced name; Word paragraphs inside the site's frame",
    _SITE + "node6002/node6883/userobject1ai9515.html",
    _cms(f"""<tr><td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2002年鉴特载</font></td></tr>
<tr><td align=center><font size=4><b>二〇〇一年经费审查工作报告</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14><p class=MsoNormal align=center style='text-align:center'><span style='font-family:楷体_GB2312'>——在市总工会八届六次全委会上</span><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal align=center style='text-align:center'><span style='font-family:宋体'>二〇〇二年一月十五日</span></p>
<p class=MsoNormal align=center style='text-align:center'><span style='font-family:楷体_GB2312'>单　国　瑞</span><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal style='text-indent:21.0pt'><span style='font-family:宋体'>各位委员：受经费审查委员会委托，我报告去年的审查情况。</span></p>
<p class=MsoNormal style='text-indent:21.0pt'><span style='font-family:宋体'>（一）收入。全年经费收入比预算多百分之四。（二）支出。会议费比上年少两成。</span><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal style='text-indent:21.0pt'><span style='font-family:宋体'>请予审议。</span></p></td></tr>"""),
    (
        Wanted(
            "二〇〇一年经费审查工作报告",
            "特载",
            "二〇〇一年经费审查工作报告",
            2002,
            ("单国瑞",),
            "",
            "各位委员：受经费审查委员会委托，我报告去年的审查情况。\n"
            "（一）收入。全年经费收入比预算多百分之四。（二）支出。会议费比上年少两成。\n请予审议。",
            ("——在市总工会八届六次全委会上", "二〇〇二年一月十五日", "单　国　瑞"),
        ),
    ),
)

_H16 = Case(
    "h16-essay-byline-with-office-bold-subheads",
    "essay with one by-line of office and name (the signature) and bold centred 一、二、 that are body",
    _SITE + "node6001/node6884/u1a9516.html",
    _plain(f"""<br>
<font size=2>当前位置：首页&gt;&gt;2001年鉴理论与调研</font><br>
<p align=center><font size=5 face=黑体>小企业建会难在哪里</font>
<p align=center>{_RULE}
<p align=center><font face=楷体_GB2312>港西区总工会　卢望舒</font>
<p>&nbsp;&nbsp;&nbsp;&nbsp;我们用两个月走访了一百一十家小企业，建会的只有十九家。
<p align=center><b>一、老板的算盘</b>
<p>&nbsp;&nbsp;&nbsp;&nbsp;多数业主担心的不是经费，而是多出一个要商量的人。
<p align=center><b>二、职工的算盘</b>
<p>&nbsp;&nbsp;&nbsp;&nbsp;职工流动快，平均干不满八个月，觉得入会不值得填表。
"""),
    (
        Wanted(
            "小企业建会难在哪里",
            "理论与调研",
            "小企业建会难在哪里",
            2001,
            ("卢望舒",),
            "港西区总工会　卢望舒",
            "我们用两个月走访了一百一十家小企业，建会的只有十九家。\n"
            "一、老板的算盘\n多数业主担心的不是经费，而是多出一个要商量的人。\n"
            "二、职工的算盘\n职工流动快，平均干不满八个月，觉得入会不值得填表。",
        ),
    ),
)

_H17 = Case(
    "h17-lenticular-white-and-unclosed-bracket",
    "〖〗 titles, one bracket never closed ends at the line break; <br> lines, mixed widths in signatures",
    _SITE + "node6054/node6884/userobject1ai9517.html",
    _cms(
        f"""<tr><td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2003年鉴民主管理</font></td></tr>
<tr><td align=center><font size=4><b>厂务公开</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14>　　〖公开栏装上灯〗热电厂工会给厂务公开栏装上照明灯，夜班职工也能看账。(米长庚）<br>
　　〖采购价格每周上墙<br>
　　水产加工厂把鱼货采购价格每周公布一次，半年节约成本三十万元。（米长庚)<br>
　　〖质询会开到深夜〗公交二公司职工代表就线路承包办法提出十四条质询，当场答复十一条。（屈子衡）<br></td></tr>""",
        "【关闭窗口】",
    ),
    (
        Wanted(
            "公开栏装上灯",
            "民主管理",
            "厂务公开",
            2003,
            ("米长庚",),
            "(米长庚）",
            "热电厂工会给厂务公开栏装上照明灯，夜班职工也能看账。",
        ),
        Wanted(
            "采购价格每周上墙",
            "民主管理",
            "厂务公开",
            2003,
            ("米长庚",),
            "（米长庚)",
            "水产加工厂把鱼货采购价格每周公布一次，半年节约成本三十万元。",
        ),
        Wanted(
            "质询会开到深夜",
            "民主管理",
            "厂务公开",
            2003,
            ("屈子衡",),
            "（屈子衡）",
            "公交二公司职工代表就线路承包办法提出十四条质询，当场答复十一条。",
        ),
    ),
    doubtful=True,
    choice="a bracket that never closes ends at the line break and is reported",
)

_H18 = Case(
    "h18-bracketed-heading-broken-words",
    "heading is 【title】, 作者：X on top, breadcrumb without >> in nested fonts, false breaks inside words and a number",
    _SITE + "node6056/node6884/u1a9518.html",
    _cms(f"""<tr><td><font size=2><font color=#666666>当前位置：</font><a href="/index.html"><font color=#666666>首页</font></a>&nbsp;<font color=#990000>2005年鉴参与经济建设</font></font></td></tr>
<tr><td align=center><font size=4><b>【“一线妙招”汇编成册】</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14><p align=center><font face=楷体_GB2312>作者：尚　可　季文澜</font></p>
<p>　　市总工会征集一线操作妙招，<font face=宋体>收到来稿</font>12
480条，从中选出三百条编成小册<br>
子，按工种分为<span style="color:#000000">九类</span>。册子印成口袋大<br>
小，随工装发放。<o:p></o:p></p></td></tr>"""),
    (
        Wanted(
            "“一线妙招”汇编成册",
            "参与经济建设",
            "“一线妙招”汇编成册",
            2005,
            ("尚可", "季文澜"),
            "作者：尚　可　季文澜",
            "市总工会征集一线操作妙招，收到来稿12 480条，从中选出三百条编成小册子，按工种分为九类。册子印成口袋大小，随工装发放。",
        ),
    ),
)

_H19 = Case(
    "h19-diamond-marks-plain-subsection",
    "◆ titles with text in the same line, a bold 分目 at the left between them, 供稿：office, no indent",
    _SITE + "node6055/node6884/userobject1ai9519.html",
    _frontpage(f"""<TR><TD width="100%"><FONT size="2">当前位置: <A href="/index.html">首页</A> &gt;&gt; <FONT color="#990000">2004年鉴信息与信访</FONT></FONT></TD></TR>
<TR><TD width="100%" align="center"><FONT size="4"><B>信访工作</B></FONT></TD></TR>
<TR><TD width="100%" align="center">{_RULE}</TD></TR>
<TR><TD width="100%">
<P><B>◆接访日制度</B>　每月十日由一名市总工会领导接访，全年接待一百八十批，当场办结四成。（狄 青 山）</P>
<P><B>◆信访代理员</B>　邮政工会在六个支局设信访代理员，替投递员代写代送，全年代理四十七件。（供稿：市邮政工会）</P>
<P><B>热线电话</B></P>
<P><B>◆热线延到夜间</B>　职工热线的接听时间延长到晚上十时，夜间来电占三成。（狄青山）</P>
</TD></TR>"""),
    (
        Wanted(
            "接访日制度",
            "信息与信访",
            "信访工作",
            2004,
            ("狄青山",),
            "（狄 青 山）",
            "每月十日由一名市总工会领导接访，全年接待一百八十批，当场办结四成。",
        ),
        Wanted(
            "信访代理员",
            "信息与信访",
            "信访工作",
            2004,
            ("市邮政工会",),
            "（供稿：市邮政工会）",
            "邮政工会在六个支局设信访代理员，替投递员代写代送，全年代理四十七件。",
        ),
        Wanted(
            "热线延到夜间",
            "信息与信访",
            "热线电话",
            2004,
            ("狄青山",),
            "（狄青山）",
            "职工热线的接听时间延长到晚上十时，夜间来电占三成。",
        ),
    ),
)

_H20 = Case(
    "h20-numbered-bold-titles-editor-only",
    "titles 1．2．3． in bold on lines of their own, one entry signed by its editor alone, <span style> soup",
    _SITE + "node6002/node6884/u1a9520.html",
    _dreamweaver(f"""        <tr>
          <td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<span class="style1">2002年鉴工会企事业</span></td>
        </tr>
        <tr>
          <td align="center"><span style="font-size:18px"><b>文化宫与俱乐部</b></span></td>
        </tr>
        <tr>
          <td align="center">{_RULE}</td>
        </tr>
        <tr>
          <td><p><span style="font-weight:bold">　　1．露天舞台翻修</span></p>
            <p><span style="font-size:14px">　　工人文化宫把露天舞台翻修一新，加装雨棚，全年演出九十六场。（乐思齐）</span></p>
            <p><span style="font-weight:bold">　　2．俱乐部夜间开放</span></p>
            <p><span style="font-size:14px">　　海员俱乐部延长到夜里一点关门，方便夜航归来的船员洗澡、打电话。（责任编辑 邰小平）</span></p>
            <p><span style="font-weight:bold">　　3．老戏台移交</span></p>
            <p><span style="font-size:14px">　　望潮乡老戏台移交给乡工会管理，拆下的木雕全部编号收存。（乐思齐 摄影 邰小平）</span></p></td>
        </tr>"""),
    (
        Wanted(
            "露天舞台翻修",
            "工会企事业",
            "文化宫与俱乐部",
            2002,
            ("乐思齐",),
            "（乐思齐）",
            "工人文化宫把露天舞台翻修一新，加装雨棚，全年演出九十六场。",
        ),
        Wanted(
            "俱乐部夜间开放",
            "工会企事业",
            "文化宫与俱乐部",
            2002,
            (),
            "（责任编辑 邰小平）",
            "海员俱乐部延长到夜里一点关门，方便夜航归来的船员洗澡、打电话。",
        ),
        Wanted(
            "老戏台移交",
            "工会企事业",
            "文化宫与俱乐部",
            2002,
            ("乐思齐", "邰小平"),
            "（乐思齐 摄影 邰小平）",
            "望潮乡老戏台移交给乡工会管理，拆下的木雕全部编号收存。",
        ),
    ),
    choice="the number before a bold title is its mark and is dropped like a bracket",
)

_H21 = Case(
    "h21-no-rule-breadcrumb-with-brackets",
    "no row of hyphens (an <hr> instead), brackets in the breadcrumb's section, [ ] titles in one run of <br>",
    _SITE + "node6002/node6885/userobject1ai9521.html",
    _cms("""<tr><td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2002年鉴局[产业]工会概况</font></td></tr>
<tr><td align=center><font size=4><b>沧浦市水产局工会</b></font></td></tr>
<tr><td><hr size=1 noshade></td></tr>
<tr><td class=f14>　　[概况]市水产局工会联系冷冻、加工、船厂三个行业，有会员八千余人。全年调解承包纠纷三十一件。(巫启明)<br><br>
　　[工作思路]抓住休渔期，把培训、体检、谈工资三件事集中办完。(巫启明)<br>&nbsp;<br></td></tr>"""),
    (
        Wanted(
            "概况",
            "局[产业]工会概况",
            "沧浦市水产局工会",
            2002,
            ("巫启明",),
            "(巫启明)",
            "市水产局工会联系冷冻、加工、船厂三个行业，有会员八千余人。全年调解承包纠纷三十一件。",
        ),
        Wanted(
            "工作思路",
            "局[产业]工会概况",
            "沧浦市水产局工会",
            2002,
            ("巫启明",),
            "(巫启明)",
            "抓住休渔期，把培训、体检、谈工资三件事集中办完。",
        ),
    ),
    doubtful=True,
    choice="the <hr> is the rule of this page; a missing row of hyphens is reported",
)

_H22 = Case(
    "h22-book-marks-as-titles-author-on-top",
    "bold 《》 as title brackets at every paragraph start, breadcrumb's words split over fonts, FrontPage",
    _SITE + "node6054/node6885/u1a9522.html",
    _frontpage(f"""<TR><TD width="100%"><FONT size="2"><B>当前位置</B>：<A href="/index.html">首页</A> <FONT face="Arial">&gt;&gt;</FONT><FONT color="#990000">2003</FONT><FONT color="#990000">年鉴</FONT><FONT color="#FF0000">生活保障</FONT></FONT></TD></TR>
<TR><TD width="100%" align="center"><FONT size="4"><B>送温暖</B></FONT></TD></TR>
<TR><TD width="100%" align="center">{_RULE}</TD></TR>
<TR><TD width="100%">
<P>　　<B>《助学金发到车间》</B>市总工会把助学金发放点设到车间，一千二百名职工子女在开学前三天领到学费。（詹小棠）</P>
<P>　　<B>《棉衣认领》</B>石桥区总工会在广场挂出尺码单，市民按单认领，半天送出棉衣八百件。（詹小棠）</P>
<P>　　<B>《煤票换成暖气卡》</B>沧钢工会把冬季煤票换成暖气卡，一百七十户住楼房的困难职工受益。（巩大年）</P>
</TD></TR>"""),
    (
        Wanted(
            "助学金发到车间",
            "生活保障",
            "送温暖",
            2003,
            ("詹小棠",),
            "（詹小棠）",
            "市总工会把助学金发放点设到车间，一千二百名职工子女在开学前三天领到学费。",
        ),
        Wanted(
            "棉衣认领",
            "生活保障",
            "送温暖",
            2003,
            ("詹小棠",),
            "（詹小棠）",
            "石桥区总工会在广场挂出尺码单，市民按单认领，半天送出棉衣八百件。",
        ),
        Wanted(
            "煤票换成暖气卡",
            "生活保障",
            "送温暖",
            2003,
            ("巩大年",),
            "（巩大年）",
            "沧钢工会把冬季煤票换成暖气卡，一百七十户住楼房的困难职工受益。",
        ),
    ),
    choice="bold 《》 at every paragraph start are this page's title brackets and are dropped",
)

_H23 = Case(
    "h23-trap-brackets-inside-a-body",
    "trap: [十佳]职工 after a sentence's end and 沧工总[2001]18号 are body; an unsigned entry before 。[next title] is not",
    _SITE + "node6002/node6885/u1a9523.html",
    _cms(f"""<tr><td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2002年鉴参与经济建设</font></td></tr>
<tr><td align=center><font size=4><b>劳动竞赛</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14><p>　　[港口装卸竞赛]港务局工会组织装卸竞赛，四十二个班组参加。 [十佳]职工由全体装卸工投票选出，票数当场公布。依据沧工总[2001]18号文件，获奖者可多休两天。(左丘平)</p>
<p>　　[砌筑工比武]建设工会在工地上举行砌筑工比武，一百一十人砌出同样的一堵墙。 [节约竞赛]造船厂工会开展节约一根焊条竞赛，全年省下焊条六吨。(明小川)</p></td></tr>"""),
    (
        Wanted(
            "港口装卸竞赛",
            "参与经济建设",
            "劳动竞赛",
            2002,
            ("左丘平",),
            "(左丘平)",
            "港务局工会组织装卸竞赛，四十二个班组参加。 [十佳]职工由全体装卸工投票选出，票数当场公布。依据沧工总[2001]18号文件，获奖者可多休两天。",
        ),
        Wanted(
            "砌筑工比武",
            "参与经济建设",
            "劳动竞赛",
            2002,
            (),
            "",
            "建设工会在工地上举行砌筑工比武，一百一十人砌出同样的一堵墙。",
        ),
        Wanted(
            "节约竞赛",
            "参与经济建设",
            "劳动竞赛",
            2002,
            ("明小川",),
            "(明小川)",
            "造船厂工会开展节约一根焊条竞赛，全年省下焊条六吨。",
        ),
    ),
    doubtful=True,
    choice="[十佳]职工 reads on as the subject of a sentence about the same contest: no title (the issue's own example)",
)

_H24 = Case(
    "h24-trap-bold-lead-ins",
    "trap: bold lead-ins 主要做法： and 成效： at paragraph starts, （详见附录） at an end; titles are 【】",
    _SITE + "node6055/node6885/userobject1ai9524.html",
    _cms(f"""<tr><td>当前位置： <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2004年鉴参与经济建设</font></td></tr>
<tr><td align=center><font size=4><b>安全生产</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14><p>　　<b>【班前安全五分钟】</b>三号码头从年初起推行班前安全五分钟。</p>
<p>　　<b>主要做法：</b>由当天的安全员提问，答不上的不上吊机。</p>
<p>　　<b>成效：</b>全年没有发生吊装事故，问题汇编见书末（详见附录）。</p>
<p>　　<b>【隐患随手拍】</b>建设工会向安全员发放相机六十台，拍下隐患三千处，整改九成。（勾文清）</p></td></tr>"""),
    (
        Wanted(
            "班前安全五分钟",
            "参与经济建设",
            "安全生产",
            2004,
            (),
            "",
            "三号码头从年初起推行班前安全五分钟。\n主要做法：由当天的安全员提问，答不上的不上吊机。\n"
            "成效：全年没有发生吊装事故，问题汇编见书末（详见附录）。",
        ),
        Wanted(
            "隐患随手拍",
            "参与经济建设",
            "安全生产",
            2004,
            ("勾文清",),
            "（勾文清）",
            "建设工会向安全员发放相机六十台，拍下隐患三千处，整改九成。",
        ),
    ),
)

_H25 = Case(
    "h25-trap-parentheses-that-sign-nothing",
    "trap: （2002年底止） （2名） （专报） end entries and sign nothing; names with 年 and 见 do",
    _SITE + "node6054/node6886/userobject1ai9525.html",
    _dreamweaver(f"""        <tr>
          <td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<span class="style1">2003年鉴民主管理</span></td>
        </tr>
        <tr>
          <td align="center" class="style3">职代会制度</td>
        </tr>
        <tr>
          <td align="center">{_RULE}</td>
        </tr>
        <tr>
          <td><p>　　【乡镇职代会】青湾县有九个镇建立区域职代会，覆盖小厂二百六十家（2002年底止）</p>
            <p>　　【职工董事】燃气公司职代会用无记名投票选出职工董事（2名）。</p>
            <p>　　【提案回访】医务工会对上年三百件提案逐件回访，结果报送市总工会（专报）。（年广福）</p>
            <p>　　【代表巡视】公交工会组织代表巡视车队，参加者4.1万人（次）。（时见秋、温 良）</p></td>
        </tr>"""),
    (
        Wanted(
            "乡镇职代会",
            "民主管理",
            "职代会制度",
            2003,
            (),
            "",
            "青湾县有九个镇建立区域职代会，覆盖小厂二百六十家（2002年底止）",
        ),
        Wanted("职工董事", "民主管理", "职代会制度", 2003, (), "", "燃气公司职代会用无记名投票选出职工董事（2名）。"),
        Wanted(
            "提案回访",
            "民主管理",
            "职代会制度",
            2003,
            ("年广福",),
            "（年广福）",
            "医务工会对上年三百件提案逐件回访，结果报送市总工会（专报）。",
        ),
        Wanted(
            "代表巡视",
            "民主管理",
            "职代会制度",
            2003,
            ("时见秋", "温良"),
            "（时见秋、温 良）",
            "公交工会组织代表巡视车队，参加者4.1万人（次）。",
        ),
    ),
)

_H26 = Case(
    "h26-trap-credit-after-unsigned-entry",
    "trap: a photograph's credit stands right after an unsigned entry and does not sign it",
    _SITE + "node6056/node6885/userobject1ai9526.html",
    _cms(f"""<tr><td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2005年鉴精神文明建设</font></td></tr>
<tr><td align=center><font size=4><b>文艺活动</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14><p>　　【诗会开到吊机下】港务局工会把诗会开到吊机下，三百名装卸工席地而坐，朗诵者都是自己人。</p>
<table border=0 align=center><tr><td align=center><img src="/images/9526a.jpg" width=260></td></tr><tr><td align=center><font size=2>诗会现场（常远航）</font></td></tr></table>
<p>　　【铜管乐队重组】停办六年的工人铜管乐队重新组建，四十名队员来自十九个单位。（温素云）</p>
<p align=center><img src="/images/9526b.jpg" width=260><br><font size=2>铜管乐队在广场排练（温素云 摄）</font></p></td></tr>"""),
    (
        Wanted(
            "诗会开到吊机下",
            "精神文明建设",
            "文艺活动",
            2005,
            (),
            "",
            "港务局工会把诗会开到吊机下，三百名装卸工席地而坐，朗诵者都是自己人。",
            ("诗会现场（常远航）",),
        ),
        Wanted(
            "铜管乐队重组",
            "精神文明建设",
            "文艺活动",
            2005,
            ("温素云",),
            "（温素云）",
            "停办六年的工人铜管乐队重新组建，四十名队员来自十九个单位。",
            ("铜管乐队在广场排练（温素云 摄）",),
        ),
    ),
)

_H27 = Case(
    "h27-trap-line-that-begins-like-a-date",
    "trap: 3日后， at a paragraph's start continues the item above; a heading 大事辑要; 18日晚 is an item",
    _SITE + "node6001/node6885/userobject1ai9527.html",
    _cms(f"""<tr><td>当前位置： <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2001年鉴大事记</font></td></tr>
<tr><td align=center><font size=4><b>2000年大事辑要</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14><p><b>６月</b></p>
<p>　　5日，运粮船队在外海遇险，海员工会连夜组织救援。</p>
<p>　　3日后，船上十一名海员全部获救返港。</p>
<p>　　18日晚，职工消夏晚会在江堤举行，观众两万人。</p>
<p>　　△夜校学员在会场义务修理收音机。</p>
<p>　　27日至7月1日，劳动模范休养团赴海岛。</p>
<p><b>７月</b></p>
<p>　　9日，首届厨工比赛揭晓。</p></td></tr>"""),
    (
        Wanted(
            "6月5日",
            "大事记",
            "2000年大事辑要",
            2001,
            (),
            "",
            "5日，运粮船队在外海遇险，海员工会连夜组织救援。\n3日后，船上十一名海员全部获救返港。",
        ),
        Wanted("6月18日", "大事记", "2000年大事辑要", 2001, (), "", "18日晚，职工消夏晚会在江堤举行，观众两万人。"),
        Wanted("6月18日", "大事记", "2000年大事辑要", 2001, (), "", "△夜校学员在会场义务修理收音机。"),
        Wanted("6月27日至7月1日", "大事记", "2000年大事辑要", 2001, (), "", "27日至7月1日，劳动模范休养团赴海岛。"),
        Wanted("7月9日", "大事记", "2000年大事辑要", 2001, (), "", "9日，首届厨工比赛揭晓。"),
    ),
)

_H28 = Case(
    "h28-trap-centred-table-caption",
    "trap: centred bold caption of a table inside an entry, names in its last cells; no breadcrumb",
    _SITE + "node6055/node6886/u1a9528.html",
    _frontpage(f"""<TR><TD width="100%" align="center"><FONT size="4"><B>疗休养</B></FONT></TD></TR>
<TR><TD width="100%" align="center">{_RULE}</TD></TR>
<TR><TD width="100%">
<P>　　【疗养院评比】市总工会对三所疗养院进行评比，按床位使用率、伙食和投诉三项打分，结果如下：</P>
<P align="center"><B>2003年疗养院评比结果</B></P>
<TABLE border="1" width="80%" align="center">
<TR><TD>名次</TD><TD>院名</TD><TD>院长</TD></TR>
<TR><TD>1</TD><TD>翠屏山疗养院</TD><TD>索远山</TD></TR>
<TR><TD>2</TD><TD>海韵疗养院</TD><TD>步青云</TD></TR>
</TABLE>
<P>　　评比结果与下年的修缮经费挂钩。（郁小青）</P>
<P>　　【夜班工疗养】热电厂首次安排夜班工集体疗养，两批共九十人。（郁小青）</P>
</TD></TR>"""),
    (
        Wanted(
            "疗养院评比",
            "",
            "疗休养",
            2004,
            ("郁小青",),
            "（郁小青）",
            "市总工会对三所疗养院进行评比，按床位使用率、伙食和投诉三项打分，结果如下：\n2003年疗养院评比结果\n"
            "名次\n院名\n院长\n1\n翠屏山疗养院\n索远山\n2\n海韵疗养院\n步青云\n评比结果与下年的修缮经费挂钩。",
        ),
        Wanted(
            "夜班工疗养", "", "疗休养", 2004, ("郁小青",), "（郁小青）", "热电厂首次安排夜班工集体疗养，两批共九十人。"
        ),
    ),
    doubtful=True,
    choice="a centred line before a table inside an entry is the table's caption: body (the issue lets it be reported)",
)

_H29 = Case(
    "h29-trap-names-as-last-lines",
    "trap: lines of names end an entry and sign nothing; a letter's signature stands inside a body",
    _SITE + "node6002/node6886/userobject1ai9529.html",
    _plain(f"""<table border=0 width=88% align=center><tr><td>当前位置: <a href=/index.html>首页</a> &gt;&gt;2002年鉴自身建设
<tr><td align=center><b>评选表彰</b>
<tr><td align=center>{_RULE}
<tr><td>
　　[评选海港工匠]市总工会首次评选海港工匠，由班组推荐、同行打分，当选的五人是：<br>
　　沈大海　罗满仓　汪春潮<br>
　　裴玉兰　卓文彬<br>
　　[一封感谢信]春节前，市总工会收到一封感谢信，信中说：“煤已收到，孩子的手不冻了。渔工之妻　邵月英”。信在各科室传阅，送煤的范围随后扩大到外来渔工。(姜一帆)<br>
　　[表彰积极分子]全市表彰工会积极分子四百名，一半来自车间小组。(姜一帆)
</table>"""),
    (
        Wanted(
            "评选海港工匠",
            "自身建设",
            "评选表彰",
            2002,
            (),
            "",
            "市总工会首次评选海港工匠，由班组推荐、同行打分，当选的五人是：\n沈大海　罗满仓　汪春潮\n裴玉兰　卓文彬",
        ),
        Wanted(
            "一封感谢信",
            "自身建设",
            "评选表彰",
            2002,
            ("姜一帆",),
            "(姜一帆)",
            "春节前，市总工会收到一封感谢信，信中说：“煤已收到，孩子的手不冻了。渔工之妻　邵月英”。信在各科室传阅，送煤的范围随后扩大到外来渔工。",
        ),
        Wanted(
            "表彰积极分子",
            "自身建设",
            "评选表彰",
            2002,
            ("姜一帆",),
            "(姜一帆)",
            "全市表彰工会积极分子四百名，一半来自车间小组。",
        ),
    ),
)

_H30 = Case(
    "h30-trap-section-list",
    "trap: a section's list of links with 【】 titles, names in parentheses and dates holds no entry",
    _SITE + "node6056/node6886/index.html",
    _cms(f"""<tr><td>当前位置: <a href="/index.html">首页</a> &gt;&gt;<font color=#990000>2005年鉴女职工工作</font></td></tr>
<tr><td align=center><font size=4><b>女职工工作</b></font></td></tr>
<tr><td align=center>{_RULE}</td></tr>
<tr><td class=f14><table width=100%>
<tr><td>·<a href="userobject1ai9591.html">【女焊工传帮带】</a>（缪春桃）</td><td align=right>2006-4-12</td></tr>
<tr><td>·<a href="userobject1ai9592.html">【哺乳假落实检查】</a>（缪春桃）</td><td align=right>2006-4-12</td></tr>
<tr><td>·<a href="userobject1ai9593.html">【姐妹读书会】</a>（车小曼）</td><td align=right>2006-4-13</td></tr>
<tr><td colspan=2 align=center>共3条　1/1页　首页　上一页　下一页　尾页</td></tr>
</table></td></tr>"""),
    (),
)

CASES: tuple[Case, ...] = (
    _H01,
    _H02,
    _H03,
    _H04,
    _H05,
    _H06,
    _H07,
    _H08,
    _H09,
    _H10,
    _H11,
    _H12,
    _H13,
    _H14,
    _H15,
    _H16,
    _H17,
    _H18,
    _H19,
    _H20,
    _H21,
    _H22,
    _H23,
    _H24,
    _H25,
    _H26,
    _H27,
    _H28,
    _H29,
    _H30,
)
