"""What matters are about at an estate: short keys that the contract knows, in residents' words."""

from dataclasses import dataclass

OTHER = "other"  # what fits nothing else


@dataclass(frozen=True)
class Topic:
    """A subject. urgent: a help request about it is urgent unless the desk says otherwise.

    departments: those that serve it, as matters name them; nothing said where no office has drawn its scope yet.
    instead: who does it where the house doesn't, in words for the resident. retired: chosen for nothing new any more;
    it stays, since older matters have it.
    """

    key: str
    title: str
    urgent: bool = False
    departments: tuple[str, ...] = ()
    instead: str = ""
    retired: bool = False


SHIPPED = (
    Topic("water", "水（停水、水管）", urgent=True),
    Topic("power", "电（停电、跳闸）", urgent=True),
    Topic("lift", "电梯", urgent=True),
    Topic("gas", "燃气", urgent=True),
    Topic("leak", "漏水、渗水"),
    Topic("drain", "下水、堵塞"),
    Topic("door", "门窗、门禁"),
    Topic("clean", "保洁、垃圾"),
    Topic("green", "绿化、虫害"),
    Topic("parking", "停车、车辆"),
    Topic("noise", "噪音、装修"),
    Topic("safety", "治安、消防"),
    Topic("pets", "宠物"),
    Topic("fees", "费用、票据"),
    Topic("staff", "员工服务"),
    Topic("parcel", "快递、存放"),
    Topic("other", "其他"),
)
