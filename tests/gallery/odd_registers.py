# ruff: noqa
"""Old registers of a sales office as they come: odd(seed) -> (bytes, name). Days lie before 2026-11-26."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, datetime, time, timedelta

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

TODAY = date(2026, 11, 26)
SUR = "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 和 欧阳 司马 于 余".split()
GIV = "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 涛 明 超 慧敏 建国 和平 志强 秀英 海燕 晓东 子涵 雨桐 绍强 与之 总成 经纬".split()
TIT = "先生 女士 太太 小姐 总 经理 老师".split()
STAFF = "林悦 周航 吴敏 郑岚 小赵".split()
CD = "〇一二三四五六七八九"


def cn(n: int) -> str:
    if n < 10:
        return CD[n]
    a, b = divmod(n, 10)
    return ("" if a == 1 else CD[a]) + "十" + (CD[b] if b else "")


class F:  # a formula
    def __init__(self, t):
        self.t = t


class N:  # a number or date with a format
    def __init__(self, v, fmt="General"):
        self.v, self.fmt = v, fmt


def full(r):
    return r.choice(SUR[:20]) + r.choice(GIV)


def mobile(r):
    return r.choice(["138", "139", "150", "186", "177", "199"]) + f"{r.randrange(10**8):08d}"


def names(r):
    if r.random() < 0.5:
        return full(r)
    a, b, t = full(r), full(r), r.choice(TIT)
    s = r.choice(SUR)
    return r.choice(
        [
            lambda: s + t,
            lambda: s + t,
            lambda: a + t,
            lambda: a + "、" + b,
            lambda: a + "和" + b,
            lambda: a + "，" + b,
            lambda: a + "/" + b,
            lambda: a + "与" + b,
            lambda: a + " " + b,
            lambda: f"{a}(夫){b}(妻)",
            lambda: f"{a}（转介绍）",
            lambda: f"{s}{t}（张总朋友）",
            lambda: a + "夫妇",
            lambda: s + "先生夫妇",
            lambda: a + "夫妻",
            lambda: f"{a}（{b}",
            lambda: f"{a}(妻",
            lambda: "和" + r.choice(GIV),
            lambda: "和" + r.choice(GIV) + "、" + b,
            lambda: s + "先生和" + r.choice(SUR[:10]) + "女士",
            lambda: "无",
            lambda: "未留",
            lambda: "-",
            lambda: "NULL",
            lambda: "无名氏",
            lambda: "佚名",
            lambda: "#REF!",
            lambda: "#N/A",
            lambda: "",
            lambda: "",
            lambda: a + "和" + "和" + r.choice(GIV),
            lambda: "、".join([a, b, full(r)]),
            lambda: a + " ",
            lambda: " " + a,
            lambda: s + " " + r.choice(GIV[:12]),
            lambda: a + "_x000D_",
            lambda: a + "\t",
            lambda: "小" + s,
            lambda: "阿依古丽",
            lambda: "古丽·买买提",
            lambda: f"{a}【{b}介绍】",
            lambda: a + "（" + t + "）",
            lambda: a + t + "、" + b + r.choice(TIT),
            lambda: "Mary Chen",
            lambda: mobile(r),
            lambda: a + mobile(r),
            lambda: a + "\n" + b,
            lambda: a + "/" + s + t,
            lambda: "同上",
            lambda: f"{a}（{t}）",
            lambda: a + " " + t,
            lambda: s + " " + t,
            lambda: a + "，" + b + "夫妇",
            lambda: a + "和" + s + t,
            lambda: s + t + "/" + s + "太太",
            lambda: "（转介绍）" + a,
            lambda: a + "(老业主)",
            lambda: a + "(" + b + "朋友)",
            lambda: "匿名",
            lambda: "未登记",
            lambda: a + "一家",
            lambda: a + "等3人",
            lambda: "Mr. Smith",
            lambda: a + "（" + mobile(r) + "）",
            lambda: a + "、" + b + "（夫妻）",
            lambda: a + "&" + b,
            lambda: a + "及" + b,
            lambda: a + "；" + b,
            lambda: a + "和其妻",
            lambda: a + "和太太",
            lambda: a + "与朋友",
            lambda: a + "女士(妻）",
            lambda: s + "总、" + b + "老师",
            lambda: a + "1",
            lambda: "#NAME?",
            lambda: "#VALUE!",
            lambda: "无名",
            lambda: "张先生夫妇",
            lambda: "老" + s,
            lambda: s + "阿姨",
            lambda: s + "总经理",
            lambda: a + "  " + b,
            lambda: "？",
            lambda: "和先生",
            lambda: "和平",
            lambda: a + "和和先生",
            lambda: s + "某某",
            lambda: "欧阳和平",
            lambda: "欧阳慧敏和司马强",
            lambda: "王小姐与朋友",
            lambda: a + "\u3000" + b,
            lambda: a + "＋" + b,
            lambda: "(空)",
            lambda: a + "-" + b,
            lambda: "1",
            lambda: "0",
        ]
    )()


def phone(r):
    m = mobile(r)
    if r.random() < 0.5:
        return m
    m2 = mobile(r)
    fw = "".join(chr(ord(c) + 0xFEE0) for c in m)
    land = r.choice(
        [
            "0571-87654321",
            "010-62345678",
            "021 5234 5678",
            "0755-26543210",
            "(0571)87654321",
            "０５７１－８７６５４３２１",
        ]
    )
    return r.choice(
        [
            lambda: f"{m[:3]} {m[3:7]} {m[7:]}",
            lambda: f"{m[:3]}-{m[3:7]}-{m[7:]}",
            lambda: f"{m[:3]}.{m[3:7]}.{m[7:]}",
            lambda: "+86 " + m,
            lambda: "+86" + m,
            lambda: "0086" + m,
            lambda: "0086-" + m,
            lambda: fw,
            lambda: m + ".0",
            lambda: f"{m[0]}.{m[1:]}E+10",
            lambda: "1.38E+10",
            lambda: "1.38123E+10",
            lambda: m + "/" + m2,
            lambda: m + "、" + m2,
            lambda: m + "，" + m2,
            lambda: m + "\n" + m2,
            lambda: m + " " + m2,
            lambda: m + ";" + m2,
            lambda: m + "或" + m2,
            lambda: land,
            lambda: land + "/" + m,
            lambda: m + " " + land,
            lambda: "87654321",
            lambda: "8765432",
            lambda: m + "/87654321",
            lambda: "400-820-8820",
            lambda: "4008208820",
            lambda: m[:10],
            lambda: m + "5",
            lambda: m[:3] + "****" + m[7:],
            lambda: m + "（微信）",
            lambda: m + "微信同号",
            lambda: m + "转2",
            lambda: f"{m}（先生）{m2}（太太）",
            lambda: "0571-87654321转8001",
            lambda: "无",
            lambda: "未留",
            lambda: "",
            lambda: "",
            lambda: "-",
            lambda: "0" + m,
            lambda: m.replace("0", "O", 1) if "0" in m[3:] and "0" not in m[:3] else m,
            lambda: "+852 9123 4567",
            lambda: "+14155552671",
            lambda: "#N/A",
            lambda: "张女士" + m,
            lambda: '="' + m + '"',
            lambda: m + "_x000D_",
            lambda: m + "\t",
            lambda: "同上",
            lambda: m + "(" + m2 + ")",
            lambda: N(int(m)),
            lambda: N(float(m)),
            lambda: N(int(m), "0"),
            lambda: "不愿留电话",
            lambda: "电话：" + m,
            lambda: m + "/" + m2[:10],
            lambda: N(int(m[:10])),
            lambda: "86" + m,
            lambda: "(+86)" + m,
            lambda: "12345678901",
            lambda: m + "," + m,
            lambda: m2 + "\n" + land,
            lambda: "手机" + m,
            lambda: m + " 张先生",
            lambda: m + "（儿子）",
            lambda: f"微信：{m}",
            lambda: land + "-801",
            lambda: "86-571-87654321",
            lambda: m[:3] + " " + m[3:7] + " " + m[7:] + " / " + m2,
            lambda: m + "\\" + m2,
            lambda: m + "\r\n" + m2,
            lambda: m + "  " + m2,
            lambda: "+86 571 87654321",
            lambda: "(86)" + m,
            lambda: m + "、" + land + "、" + m2,
            lambda: m + "(已停机)",
            lambda: "暂无",
            lambda: m + m2,
            lambda: N(float(m) * 10),
            lambda: "I38" + m[3:],
            lambda: m[:3] + "x" + m[3:],
            lambda: "‪" + m + "‬",
            lambda: m.replace("8", "８"),
            lambda: "；".join([m, m2, mobile(r)]),
            lambda: m + " 或 " + m2,
            lambda: m + "*",
            lambda: "'" + m,
            lambda: "1" + m,
            lambda: "9" + m[1:],
            lambda: m + "/同上",
        ]
    )()


def people(r):
    return r.choice(
        [
            "1",
            "2",
            "3",
            "2",
            "1",
            "4",
            "2人",
            "3位",
            "两人",
            "两",
            "一家三口",
            "一家四口",
            "夫妻",
            "夫妻两人",
            "3人(含1儿童)",
            "3人（含1儿童）",
            "2大1小",
            "3-5人",
            "2~3",
            "十几人",
            "几个人",
            "",
            "",
            "2.0",
            "２",
            "三人",
            "无",
            "一家五口",
            "2-3人",
            "若干",
            "两大一小",
            "3-4",
            "十二人",
            "1个人",
            "夫妇",
            "２大１小",
            "3口",
            "大人2小孩1",
            "2个大人1个小孩",
            "3人（两大一小）",
            "一行4人",
            "4人左右",
            "约3人",
            "2+1",
            "两家5人",
            "一家",
            "6~8人",
            "三四人",
            "二十人",
            "全家5口",
            "夫妻俩",
            "两口子",
            "父子2人",
            "1人（本人）",
            "３～５人",
            "20多人",
            "三五人",
            "0",
            "-1",
            "2.5",
            "3人/2组",
            "2人（夫妻）",
            "夫妻+1孩",
            "情侣",
            "母女",
            "一个",
            "1-2",
            "百人",
            "#N/A",
            "两三人",
            "4个",
            "2名",
            "一家3口",
            "1大",
            "3人以内",
            "约2-3人",
            "三口之家",
            "2大",
            "夫妻带孩子",
            N(2),
            N(3.0),
            "数人",
            "同上",
        ]
    )


FIRST = {
    "首次/再访": [
        "首访",
        "再访",
        "首次",
        "复访",
        "首",
        "再",
        "初访",
        "新",
        "老客户",
        "老带新",
        "首次（老带新）",
        "二访",
        "第一次",
        "第2次",
        "第二次",
        "1",
        "2",
        "3",
        "",
        "√",
        "首访（抖音）",
        "新客户",
        "三访",
        "10",
        "第三次来",
        "1.0",
        "同上",
        "回访",
        "未知",
        "首\t",
        "第1次",
        "第一次来",
        "初次",
        "首次到访",
        "再次",
        "复访2次",
        "第三次",
        "五访",
        "老",
        "旧客户",
        "老业主",
        "老业主介绍",
        "新客户（老带新）",
        "再访（第2次）",
        "首访/复访",
        "首复访",
        "非首次",
        "×",
        "是",
        "0",
        "第0次",
        "多次",
        "二次到访",
        "1次",
        "头一次",
        "首次来访",
        "老客户带新客户",
        "新增",
        "复",
        "2访",
        "第２次",
        "一访",
        "首访 ",
        "N/A",
        "#N/A",
    ],
    "是否首访": ["是", "否", "首访", "复访", "√", "", "是", "否", "老带新"],
    "首访/复访": ["首访", "复访", "首", "复", "√", "初", "二访", "", "1"],
    "来访次数": [
        "1",
        "2",
        "3",
        "第一次",
        "第3次",
        "首次",
        "1次",
        "2次",
        "",
        N(1),
        N(2),
        "二次",
        "１",
    ],
    "新/老客户": ["新", "老", "新客户", "老客户", "老带新", "", "新客"],
}


def receiver(r):
    return r.choice(
        STAFF
        + STAFF
        + STAFF
        + [
            "林悦/周航",
            "已离职小赵",
            "小赵（离职）",
            "",
            "-",
            "无",
            "林悦、吴敏",
            "同上",
            "林悦(代)",
            "周航 林悦",
            "#N/A",
            "1号",
            "林悦\t",
            "〃",
            "林悦 ",
            "林 悦",
            "林悦＆周航",
            "林悦和周航",
            "小赵(已离职)",
            "离职",
            "前台",
            "林悦→周航",
            "林悦/",
            "123",
            "?",
            "未知",
            "林悦,周航",
            "林悦13812345678",
            "自行参观",
        ]
    )


def note(r):
    return r.choice(
        [
            "",
            "",
            "",
            "看三房",
            "要两个车位；预算300万",
            "周末再来; 带父母",
            "首次置业",
            "对学区有要求\n价格敏感",
            "13912340000 是他太太",
            "已认购3-1-501",
            "_x000D_看房",
            "（老客户",
            "=",
            "无",
            "同上",
            "2025-3-8 来电",
            "一家三口来的",
            "=看房",
        ]
    )


def clockword(r):
    h, mi = r.randrange(9, 18), r.choice([0, 5, 10, 15, 20, 30, 45])
    return r.choice(
        [
            lambda: f"{h}:{mi:02d}",
            lambda: f"{h}：{mi:02d}",
            lambda: f"{(h - 1) % 12 + 1}:{mi:02d} {'PM' if h >= 12 else 'AM'}",
            lambda: "下午3点",
            lambda: "下午2点半",
            lambda: "中午1点半",
            lambda: "中午12点",
            lambda: "上午12:10",
            lambda: "上午10点",
            lambda: "上午9:30",
            lambda: "傍晚6点",
            lambda: "晚上8点",
            lambda: "晚上12点",
            lambda: "晚上7:30",
            lambda: "早上9点",
            lambda: N(0.604166666666667),
            lambda: N(time(h, mi), "h:mm"),
            lambda: "0.604166666666667",
            lambda: "",
            lambda: "14时30分",
            lambda: "14点30分",
            lambda: "下午",
            lambda: "14:30:15",
            lambda: "下午12:20",
            lambda: "中午11点半",
            lambda: "３:３０ PM",
            lambda: "2:30pm",
            lambda: "PM 2:30",
            lambda: "下午14:30",
            lambda: "25:10",
            lambda: "凌晨0:30",
            lambda: "10点一刻",
            lambda: "12:15 AM",
            lambda: "12:15 PM",
            lambda: "中午2点",
            lambda: "晚上11点",
            lambda: "10:00-11:00",
            lambda: "同上",
            lambda: "下午4点10分",
            lambda: "下午4点多",
            lambda: "15点",
            lambda: "十点半",
            lambda: "晚8点",
            lambda: "早9:30",
            lambda: "中午",
            lambda: "14.30",
            lambda: "1430",
            lambda: "24:00",
            lambda: "晚上12点半",
            lambda: "下午5:20分",
            lambda: "12点",
            lambda: "下午1点到3点",
            lambda: "中午12:30",
            lambda: "晚上9:00",
            lambda: "上午11点45",
            lambda: "无",
            lambda: "#N/A",
            lambda: "2025-03-08 14:30",
            lambda: "午后2点",
            lambda: "11:30AM",
            lambda: "夜里11点",
            lambda: "清晨7点",
            lambda: "傍晚5点半",
            lambda: "下午2时",
            lambda: "pm3:00",
            lambda: "16：05",
            lambda: "中午1:30",
            lambda: "14:30左右",
            lambda: "凌晨12点",
            lambda: "早上12点",
            lambda: "正午",
            lambda: "晚上6点半",
            lambda: "三点",
            lambda: "下午两点",
            lambda: "下午2點半",
            lambda: "0.5",
            lambda: N(0.5),
            lambda: N(0.75, "h:mm"),
            lambda: "14:60",
        ]
    )()


def us(d):
    return f"{d.month}/{d.day}/{d.year % 100:02d}"


STYLES = {
    "iso": lambda r, d: d.isoformat(),
    "slash": lambda r, d: f"{d.year}/{d.month}/{d.day}",
    "dot": lambda r, d: f"{d.year}.{d.month}.{d.day}",
    "us2": lambda r, d: us(d),
    "us4": lambda r, d: f"{d.month}/{d.day}/{d.year}",
    "eu2": lambda r, d: f"{d.day}/{d.month}/{d.year % 100:02d}",
    "eu4": lambda r, d: f"{d.day:02d}-{d.month:02d}-{d.year}",
    "short": lambda r, d: f"{d.year % 100}.{d.month}.{d.day}",
    "short-": lambda r, d: f"{d.year % 100}-{d.month:02d}-{d.day:02d}",
    "cn": lambda r, d: f"{d.year}年{d.month}月{d.day}日",
    "cnnum": lambda r, d: (
        "".join(CD[int(c)] for c in str(d.year)) + f"年{cn(d.month)}月{cn(d.day)}日"
    ),
    "md": lambda r, d: f"{d.month}月{d.day}日",
    "mdcn": lambda r, d: f"{cn(d.month)}月{cn(d.day)}日",
    "m.d": lambda r, d: f"{d.month}.{d.day}",
    "m/d": lambda r, d: f"{d.month}/{d.day}",
    "d": lambda r, d: f"{d.day}日" if r.random() < 0.5 else str(d.day),
    "serial": lambda r, d: N(int(to_excel(datetime(d.year, d.month, d.day)))),
    "serialtext": lambda r, d: str(int(to_excel(datetime(d.year, d.month, d.day)))),
    "real": lambda r, d: N(
        datetime(d.year, d.month, d.day), r.choice(["yyyy-mm-dd", "m月d日", "m/d/yy"])
    ),
    "realtime": lambda r, d: N(
        datetime(d.year, d.month, d.day, r.randrange(9, 18), 30), "yyyy-mm-dd h:mm"
    ),
    "dec00": lambda r, d: N(round(d.month + d.day / 100, 2), "0.00"),
    "dec": lambda r, d: N(round(d.month + d.day / 100, 2)),
    "eight": lambda r, d: (
        d.strftime("%Y%m%d") if r.random() < 0.6 else N(int(d.strftime("%Y%m%d")))
    ),
    "roc": lambda r, d: f"民国{d.year - 1911}年{d.month}月{d.day}日",
    "week": lambda r, d: f"{d.year}年{d.month}月{d.day}日星期{'一二三四五六日'[d.weekday()]}",
    "week2": lambda r, d: f"{d.month}月{d.day}日（周{'一二三四五六日'[d.weekday()]}）",
    "en": lambda r, d: d.strftime("%b ") + f"{d.day}, {d.year}",
    "en2": lambda r, d: d.strftime("%d-%b-%y"),
    "time": lambda r, d: f"{d.year}/{d.month}/{d.day} {r.randrange(9, 18)}:30",
    "fw": lambda r, d: "".join(
        chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in f"{d.year}-{d.month}-{d.day}"
    ),
}


def oddday(r, d):
    e = d + timedelta(days=1)
    return r.choice(
        [
            lambda: "",
            lambda: "",
            lambda: "同上",
            lambda: "同上",
            lambda: "〃",
            lambda: "″",
            lambda: f"{d.isoformat()}~{e.month:02d}-{e.day:02d}",
            lambda: f"{d.month}月{d.day}日-{e.month}月{e.day}日",
            lambda: f"{d.month}.{d.day}-{e.month}.{e.day}",
            lambda: f"{d.month}/{d.day}至{e.month}/{e.day}",
            lambda: "农历八月十五",
            lambda: "廿三",
            lambda: "周六",
            lambda: "2025.3",
            lambda: "2025-3",
            lambda: "昨天",
            lambda: "2027-03-08",
            lambda: "2025-02-30",
            lambda: "2025/11/31",
            lambda: "正月初八",
            lambda: f"民国{d.year - 1911}年{d.month}月{d.day}日",
            lambda: f"{d.year}年{d.month}月{d.day}日 下午3点",
            lambda: f"{d.isoformat()}T14:30:00",
            lambda: d.isoformat() + " 上午",
            lambda: F("=TODAY()"),
            lambda: F("=A3"),
            lambda: "#REF!",
            lambda: "#VALUE!",
            lambda: "13/45/24",
            lambda: f"{d.year}  {d.month} {d.day}",
            lambda: "\t" + d.isoformat(),
            lambda: '="' + d.isoformat() + '"',
            lambda: us(d),
            lambda: f"{d.day}/{d.month}/{d.year}",
            lambda: f"{d.year}/{d.day}/{d.month}",
            lambda: N(11.1),
            lambda: N(11.3, "0.00"),
            lambda: N(11.25),
            lambda: f"{d.day}日",
            lambda: f"{d.month}月",
            lambda: "11.30",
            lambda: f"{d.month}月{d.day}号",
            lambda: STYLES[r.choice(list(STYLES))](r, d),
            lambda: f"{d.year % 100}年{d.month}月{d.day}日",
            lambda: f"{d.month}月{d.day}",
            lambda: d.isoformat() + "_x000D_",
            lambda: f"{d.year}年{d.month}月{d.day}日至{e.day}日",
            lambda: "无",
            lambda: "待定",
            lambda: f"{d.year}年{d.month}月{d.day}日上午10点",
            lambda: f"{d.month}/{d.day}/{d.year} 2:30 PM",
            lambda: f"{d.month}月{d.day}日晚上8点",
            lambda: f"{d.isoformat()}（周末）",
            lambda: f"{d.day}号",
            lambda: f"{cn(d.day)}日",
            lambda: f"{d.year}-{d.month:02d}-{d.day:02d} 00:00:00",
            lambda: f"{d.month}月{cn(d.day)}日",
            lambda: f"{d.year % 100}/{d.month}/{d.day}",
            lambda: "32日",
            lambda: "13月5日",
            lambda: "2月30日",
            lambda: "0",
            lambda: "12:30",
            lambda: f"约{d.month}月{d.day}日",
            lambda: f"{d.month}月{d.day}日左右",
            lambda: f"{d.month}-{d.day}",
            lambda: f"{d.month:02d}{d.day:02d}",
            lambda: f"{d.month}月初",
            lambda: f"{d.month}月{d.day}、{e.day}日",
            lambda: f"'{d.year % 100}.{d.month}.{d.day}",
            lambda: f"{d.year}年{d.month}.{d.day}",
            lambda: f"{d.year}-{d.month}.{d.day}",
            lambda: f"公元{d.year}年{d.month}月{d.day}日",
            lambda: d.strftime("%y%m%d"),
            lambda: f"民国{d.year - 1911}.{d.month}.{d.day}",
            lambda: f"{d.year}/{d.month}/{d.day}-{e.month}/{e.day}",
            lambda: f"{d.month}.{d.day}～{e.month}.{e.day}",
            lambda: f"{d.month}月{d.day}日 周{'一二三四五六日'[d.weekday()]}",
            lambda: f"周{'一二三四五六日'[d.weekday()]} {d.month}月{d.day}日",
            lambda: "上周六",
            lambda: "八月十五",
            lambda: "三月初八",
            lambda: "腊月廿三",
            lambda: f"{d.day}/{d.month}",
            lambda: N(45000.6),
            lambda: d.strftime("%d %B %Y"),
            lambda: f"{d.month}/{d.day}/{d.year}",
            lambda: f"{d.year}年{d.month}月",
            lambda: TODAY.isoformat(),
            lambda: (TODAY + timedelta(days=1)).isoformat(),
        ]
    )()


EXTRA = {
    "客户等级": ["A", "B", "C", ""],
    "年龄": ["35", "40", ""],
    "职业": ["教师", "医生", ""],
    "身份证号": ["330102198001011234", "33010219900307231X", ""],
    "第二接待人": ["周航", "", "吴敏"],
    "共同购房人": ["", "李梅", "王强、李梅", "陈女士", "无"],
    "备用电话": ["", "13912392002", "87654321", "0571-87654321"],
    "意向楼栋": ["3#", "", "5-1"],
    "成交情况": ["已认购 3-1-501", "", "未成交"],
    "首次来电日期": ["2025-04-01", "", "3/8/25"],
    "居住区域": ["西湖区", ""],
    "来源": ["路过", "朋友介绍", "抖音", ""],
    "获知途径": ["路过", "安居客", "老带新", ""],
    "户型": ["三房", "两房", ""],
    "面积": ["90-110㎡", "143平", "89", ""],
    "预算": ["200-250万", "300万左右", ""],
    "需求": ["三房两卫", "学区房", ""],
    "": ["", "", "看过样板房"],
    "跟进": ["已回访", ""],
    "性别": ["男", "女", ""],
}


def table(r, base, style, wild, hours):
    dayhead = r.choice(["来访日期", "日期", "到访日期", "接待日期", "登记日期", "来访时间", "日期"])
    cols = [(dayhead, "day")]
    timed = hours and dayhead != "来访时间" and r.random() < 0.35
    if timed:
        cols.append((r.choice(["来访时间", "时间", "到访时间"]), "time"))
    cols.append((r.choice(["客户姓名", "姓名", "客户名称", "客户"]), "names"))
    if r.random() < 0.93:
        cols.append((r.choice(["联系电话", "电话", "手机号", "手机号码", "联系方式"]), "phones"))
    if r.random() < 0.6:
        cols.append((r.choice(["来访人数", "人数", "到访人数"]), "people"))
    fh = r.choice(list(FIRST)) if r.random() < 0.6 else None
    if fh:
        cols.append((fh, "first"))
    if r.random() < 0.7:
        cols.append(
            (r.choice(["接待人", "置业顾问", "接访人", "第一接待人", "销售顾问"]), "receiver")
        )
    for h in r.sample(list(EXTRA), r.choice([0, 0, 1, 1, 2, 3])):
        cols.append((h, "x"))
    if r.random() < 0.6:
        cols.append(("备注", "note"))
    if r.random() < 0.2:
        head, tail = cols[:1], cols[1:]
        if r.random() < 0.5:
            r.shuffle(tail)
        cols = head + tail
    if r.random() < 0.3:
        cols.insert(0, ("序号", "no"))
    n = r.randrange(3, 26 if r.random() < 0.4 else 9)
    d = base
    rows = []
    for i in range(n):
        d = (
            d + timedelta(days=r.choice([0, 0, 1, 1, 2, 3]))
            if r.random() > wild / 4
            else d - timedelta(days=r.choice([1, 5]))
        )
        row = []
        for h, k in cols:
            if k == "day":
                v = oddday(r, d) if r.random() < wild else STYLES[style](r, d)
            elif k == "time":
                v = clockword(r)
            elif k == "names":
                v = names(r) if r.random() < 0.6 else full(r)
            elif k == "phones":
                v = phone(r) if r.random() < 0.6 else mobile(r)
            elif k == "people":
                v = people(r)
            elif k == "first":
                v = r.choice(FIRST[h])
            elif k == "receiver":
                v = receiver(r) if r.random() < 0.5 else r.choice(STAFF)
            elif k == "note":
                v = note(r)
            elif k == "no":
                v = str(i + 1)
            else:
                v = r.choice(EXTRA[h])
            if k not in ("day", "no") and r.random() < 0.008:
                v = F("=B2&C2")
            if not rows and v in ("同上", "〃", "″"):
                v = ""
            row.append(v)
        if rows and r.random() < 0.06:
            row = list(rows[-1])
        rows.append(row)
        if r.random() < 0.03:
            rows.append([h for h, _ in cols])
        if r.random() < 0.02:
            rows.append([""] * len(cols))
    return cols, rows


def footers(r, w):
    out = []
    if r.random() < 0.3:
        out.append(
            [r.choice(["合计", "小计", "总计", "本页合计"]), r.choice(["", "20组"])]
            + [""] * (w - 2)
        )
    if r.random() < 0.2:
        row = [""] * w
        row[-1] = r.choice(["销售经理签字：", "负责人签字：", "制表人："])
        out.append(row)
    if r.random() < 0.15:
        out.append(
            [r.choice(["备注：本表一式两份", "注：以上客户均已登记", "说明：周末加班"])]
            + [""] * (w - 1)
        )
    if r.random() < 0.15:
        out.append([r.choice(["第1页 共3页", "第 2 页", "第 1 页，共 2 页"])] + [""] * (w - 1))
    return out


def odd(seed: int) -> tuple[bytes, str]:
    r = random.Random(seed)
    base = date(2023, 1, 1) + timedelta(days=r.randrange(0, 1300))
    style = r.choice(list(STYLES))
    wild = r.choice([0, 0.05, 0.1, 0.25])
    csvish = r.random() < 0.4
    title = None
    if r.random() < 0.5:
        title = r.choice(
            [
                f"湖畔雅居来访客户登记表（{base.year}年{base.month}月）",
                f"{base.year}年{base.month}月来访登记",
                f"{base.year}年来访登记表",
                f"{base.month}月来访登记表",
                "来访客户登记表",
                f"{base.year}.{base.month}来访登记",
            ]
        )
    if csvish:
        if style in ("real", "realtime", "serial", "dec00", "dec"):
            style = r.choice(["slash", "us2", "iso", "m.d", "md"])
        cols, rows = table(r, base, style, wild, True)
        lines = ([[title]] if title else []) + [[h for h, _ in cols]] + rows + footers(r, len(cols))
        buf = io.StringIO()
        guard = r.random() < 0.1
        delim = r.choice([",", ",", ",", ",", ";", "\t"])
        w = csv.writer(buf, delimiter=delim, lineterminator=r.choice(["\n", "\r\n"]))
        for ln in lines:
            out = []
            for v in ln:
                if isinstance(v, N):
                    v = (
                        v.v.strftime("%H:%M")
                        if isinstance(v.v, time)
                        else v.v.strftime("%Y-%m-%d")
                        if isinstance(v.v, datetime)
                        else (
                            f"{v.v:.2f}"
                            if v.fmt == "0.00"
                            else f"{v.v:.15g}"
                            if isinstance(v.v, float)
                            else str(v.v)
                        )
                    )
                elif isinstance(v, F):
                    v = ""
                out.append(v + "\t" if guard else v)
            w.writerow(out)
        text = buf.getvalue()
        enc = r.choice(["utf-8-sig", "utf-8", "gb18030", "gb18030", "utf-16"])
        return text.encode(enc), f"来访登记{seed}.csv"
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    if r.random() < 0.1:
        wb.epoch = CALENDAR_MAC_1904
    many = r.choice([1, 1, 1, 2, 3])
    for s in range(many):
        month = (base.month - 1 + s) % 12 + 1
        year = base.year + (base.month - 1 + s) // 12
        start = date(year, month, 1) if many > 1 else base
        nm = r.choice(
            [
                f"{month}月",
                f"{year}年{month}月",
                f"{year}.{month}",
                f"Sheet{s + 1}",
                "来访登记",
                f"{year}",
            ]
        )
        while nm in wb.sheetnames:
            nm += "x"
        ws = wb.create_sheet(nm)
        if many > 1 and r.random() < 0.15 and s > 0:
            ws.sheet_state = r.choice(["hidden", "veryHidden"])
        if many > 1 and r.random() < 0.1:
            ws.append(["说明", "本表仅供内部使用"])
            continue
        st = style if r.random() < 0.8 else r.choice(list(STYLES))
        cols, rows = table(r, start, st, wild, True)
        at = 1
        t = title if s == 0 or r.random() < 0.5 else None
        if t:
            ws.cell(1, 1, t)
            if r.random() < 0.6:
                ws.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(cols))
            at = 2
            if r.random() < 0.2:
                ws.cell(2, 1, "制表：郑岚")
                ws.cell(2, len(cols), "打印日期：2026-11-26")
                at = 3
        sides = [(cols, rows, 1)]
        if r.random() < 0.1:
            c2, r2 = table(r, start, st, wild, True)
            hs = [h for h, _ in cols]
            same = [(h, k) for h, k in cols]
            r2 = [rw for rw in table_like(r, cols, start, st, wild)]
            sides.append((same, r2, len(cols) + 1 + r.choice([0, 1])))
        two = len(sides) == 1 and r.random() < 0.15
        for cs, rs, left in sides:
            put(r, ws, cs, rs, at, left, two)
        if len(sides) == 1:
            last = ws.max_row + 1
            for f in footers(r, len(cols)):
                for j, v in enumerate(f, 1):
                    if v:
                        ws.cell(last, j, v)
                last += 1
    if all(ws.sheet_state != "visible" for ws in wb.worksheets):
        wb.worksheets[0].sheet_state = "visible"
    b = io.BytesIO()
    wb.save(b)
    return b.getvalue(), f"来访登记{seed}.xlsx"


def table_like(r, cols, start, st, wild):
    rows = []
    d = start
    for i in range(r.randrange(3, 9)):
        d += timedelta(days=r.choice([0, 1, 2]))
        rows.append(
            [
                STYLES[st](r, d)
                if k == "day"
                else full(r)
                if k == "names"
                else mobile(r)
                if k == "phones"
                else str(i + 1)
                if k == "no"
                else ""
                for _, k in cols
            ]
        )
    return rows


def put(r, ws, cols, rows, at, left, two):
    if two:
        j = left
        for h, k in cols:
            if k in ("names", "phones"):
                ws.cell(at, j, "客户信息")
                ws.cell(at + 1, j, h)
            else:
                ws.cell(at, j, h)
                if r.random() < 0.99:
                    ws.merge_cells(start_row=at, start_column=j, end_row=at + 1, end_column=j)
            j += 1
        at += 1
    else:
        for j, (h, k) in enumerate(cols):
            ws.cell(at, left + j, h)
    body = at + 1
    for i, row in enumerate(rows):
        line = body + i
        hide, strike = r.random() < 0.02, r.random() < 0.03
        for j, v in enumerate(row):
            if v == "":
                continue
            c = ws.cell(line, left + j)
            if isinstance(v, N):
                c.value = v.v
                c.number_format = v.fmt
            elif isinstance(v, F):
                c.value = v.t
            else:
                c.value = v
                if v.startswith("="):
                    c.data_type = "s"
            if strike:
                c.font = Font(strike=True)
            if r.random() < 0.01:
                c.comment = Comment("改过一次", "郑岚")
        if hide:
            ws.row_dimensions[line].hidden = True
    dayc = next(j for j, (_, k) in enumerate(cols) if k == "day")
    if len(rows) > 3 and r.random() < 0.2:
        i = r.randrange(0, len(rows) - 2)
        for x in range(i + 1, i + 2):
            ws.cell(body + x, left + dayc).value = None
        if not any(h == c for h, c in zip(rows[i], [h for h, _ in cols])) and not any(
            h == c for h, c in zip(rows[i + 1], [h for h, _ in cols])
        ):
            ws.merge_cells(
                start_row=body + i,
                start_column=left + dayc,
                end_row=body + i + 1,
                end_column=left + dayc,
            )
    if r.random() < 0.08:
        from openpyxl.utils import get_column_letter

        ws.column_dimensions[get_column_letter(left + r.randrange(len(cols)))].hidden = True
