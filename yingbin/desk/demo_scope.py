"""What the demo's estate serves (SD-4.2.2): each subject has its departments, or whom the resident asks instead."""

from collections.abc import Mapping
from dataclasses import replace

from yingbin.journal.action import Acting

from .actions.subjects import seen_as, set_subjects
from .choices import chosen_at
from .subjects import Topic

WORKS, CLEAN, GREEN = "工程部", "保洁部", "绿化部"
SERVED = {
    **dict.fromkeys(
        ("water", "power", "lift", "leak", "drain", "door", "parking", "noise", "safety"), (WORKS,)
    ),
    "clean": (CLEAN,),
    "pets": (CLEAN,),
    "green": (GREEN,),
    "other": (WORKS, CLEAN, GREEN),
}
INSTEAD = {
    "gas": "燃气公司 24 小时抢修，电话在燃气表上；闻到气味先开窗，到楼下再打。",
    "parcel": "快递柜公司，客服电话贴在柜门上。",
    "fees": "客服前台当面办，请按咨询登记。",
    "staff": "客服主管，请按投诉或建议登记。",
}


def draw(acting: Acting, departments: Mapping[str, str]) -> None:
    """The manager draws it. departments: those there are, by name."""
    held = chosen_at(acting.site_id, acting.at)
    topics = tuple(_drawn(one, departments) for one in held.subjects)
    set_subjects(
        acting, topics=topics, scoped=True, reason="开台时定的服务范围", seen=seen_as(held)
    )


def _drawn(one: Topic, departments: Mapping[str, str]) -> Topic:
    served = tuple(departments[name] for name in SERVED.get(one.key, ()) if name in departments)
    return replace(one, departments=served, instead="" if served else INSTEAD.get(one.key, ""))
