"""The check lists that the program brings, in the trade's words; in force until a lead changes them, and they say so.

Rooms are those of an ordinary flat and an ordinary sales centre; photos are left to whoever knows the place.
"""

from uuid import UUID, uuid5

from yingbin.rules.checklists.terms import Item, Section, Template

_OURS = UUID("5d9c6d0e-2f0b-5a51-9f3e-6c2b7f5d8a10")
FLAT, HALL = "show_flat", "sales_centre"


def _item(name: str, title: str, kind: str = "tick", help: str = "", *, unit: str = "") -> Item:
    """One of ours; the same id in every release."""
    return Item(str(uuid5(_OURS, name)), title, kind, help, unit=unit)


def _section(name: str, title: str, *items: Item, at: str = "") -> Section:
    return Section(str(uuid5(_OURS, f"section {name}")), title, items, at)


_VALUABLES = _item(
    "opening valuables", "件数", "count", "摆件、挂画、电器遥控器，按物品清单点", unit="件"
)
OPENING = Template(
    (
        _section(
            "opening whole",
            "整体",
            Item("environment", "环境卫生", help="地面、台面、玻璃无灰无渍，无异味，垃圾已清"),
            Item("goods", "物品摆放", help="饰品、家具、资料按样摆正，不缺不歪", line="slip"),
            Item("facilities", "设施设备", help="灯全开一遍，空调、门锁、窗、龙头都试一下"),
        ),
        _section("opening valuables", "贵重物品", _VALUABLES),
        _section(
            "opening flat",
            "样板间",
            _item("opening shoes", "鞋套已备足", help="约够半天用，收鞋套的桶已清空"),
            _item("opening smell", "已开窗通风", help="通风一刻钟，开门前关好纱窗"),
            _item("opening sand", "香薰、背景音乐已开", help="声音以不影响讲解为宜"),
            at=FLAT,
        ),
        _section(
            "opening hall",
            "销售中心",
            _item("opening model", "沙盘、区位图灯光", help="开一遍，全亮不闪"),
            _item("opening tea", "茶水、杯子、纸巾已备", help="水已烧，一次性杯和纸巾够半天"),
            _item("opening papers", "楼书、户型图已补齐", help="每张台面一套，架上不少于十套"),
            at=HALL,
        ),
        _section(
            "opening guards",
            "安全员形象",
            Item("guards", "安全员仪容仪表", help="总的看：精神、站姿、问候", line="slip"),
            _item("guards dress", "着装整齐，工牌佩戴", help="制服干净、扣齐，工牌在左胸"),
            _item("guards hair", "头发、胡须、指甲", help="头发不过耳，不留胡须，指甲短"),
            _item("guards gear", "对讲机、白手套齐全", help="对讲机有电，手套干净"),
            at=HALL,
        ),
    )
)
ROUND = Template(
    (
        _section(
            "round whole",
            "巡查",
            Item("patrol", "巡查一圈", help="从入口走到最里一间，看人、看物、看灯、看水电"),
            _item("round order", "台面、地面保持整洁", help="随手归位，客人用过的杯子收走"),
            _item("round safety", "无安全隐患", help="地面无水、通道不堵、插座无异响异味"),
        ),
    )
)


def _closing_room(name: str, title: str, *more: Item) -> Section:
    room = (
        _item(f"closing {name} power", "灯和电器已关", help="空调、电视、插座上的都要关"),
        _item(f"closing {name} window", "窗已关好上锁", help="推一下，确认锁住"),
    )
    return _section(f"closing {name}", title, *more, *room, at=FLAT)


CLOSING = Template(
    (
        _closing_room("living", "门厅、客厅"),
        _closing_room(
            "kitchen",
            "厨房",
            _item("closing kitchen water", "水龙头、水阀已关", help="龙头不滴，水槽下角阀关紧"),
            _item("closing kitchen gas", "燃气阀已关", help="灶前阀横过来，闻一下有没有味"),
        ),
        _closing_room(
            "bathroom",
            "卫生间",
            _item("closing bath water", "水龙头、角阀已关", help="马桶、花洒、洗衣机龙头都看"),
        ),
        _closing_room("bedroom", "卧室、阳台"),
        _section(
            "closing hall",
            "销售中心",
            _item("closing model", "沙盘、屏幕已关", help="按次序关，总开关在最后"),
            _item("closing tea", "水吧水电已关", help="热水器、咖啡机断电，龙头关紧"),
            _item("closing empty", "厅内、卫生间无人滞留", help="每一间都推门看一眼"),
            at=HALL,
        ),
        _section(
            "closing fire",
            "消防",
            _item("closing extinguisher", "灭火器在位", help="压力指针在绿区，没有遮挡"),
            _item("closing embers", "烟头、火种已清", help="烟灰缸浇水，垃圾桶看一眼"),
        ),
        _section(
            "closing valuables",
            "贵重物品",
            Item(
                str(uuid5(_OURS, "closing valuables")),
                "件数",
                "count",
                "和早上点的一样才算正常",
                unit="件",
                same_as=_VALUABLES.id,
                may_be_na=False,
            ),
        ),
        _section(
            "closing whole",
            "最后关门",
            Item("water", "总水阀已关"),
            Item("electricity", "总电源已关", help="安防、消防回路不关"),
            Item("gas", "燃气总阀已关", help="没有通燃气就选不适用，写“未通气”"),
            Item("windows", "窗已全部关好"),
            Item("doors", "大门已锁", help="锁好再拉一下，钥匙交安全员"),
        ),
    )
)
SHIPPED = {"opening": OPENING, "round": ROUND, "closing": CLOSING}
