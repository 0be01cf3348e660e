"""Who may do what: one table, per site. Every access function and every page asks here.

A role is held at one site (or at every site, for the administrator and the auditor of the company).
TQ-11: supervision of the queue belongs to the sales manager and a recorded delegate, nobody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A role the procedures name; `title` is what people see, `allows` its permissions."""

    id: str
    title: str
    allows: frozenset[str]


PERMISSIONS: dict[str, str] = {
    "arrivals.record": "登记到访、问候与安排接待",
    "arrivals.undo": "撤销别人登记的到访",
    "waiting.serve": "照看等待的客户",
    "board.see": "看轮排大屏",
    "board.code": "看签到码",
    "turns.take": "排队轮接客户",
    "turns.see": "看当天的每一条判定",
    "turns.supervise": "开收场、审批、调派、更正",
    "turns.delegate": "指定授权代管人",
    "figures.see": "看数字与每个人的账",
    "figures.own": "看团队数字与自己的账",
    "calls.record": "登记来电",
    "channels.keep": "登记渠道报备",
    "register.own": "看自己签的登记",
    "register.today": "看当天的登记",
    "register.all": "保管登记册：看每一行",
    "register.export": "带出登记册（留痕）",
    "register.import": "导入旧登记册",
    "customers.find": "查找客户",
    "customers.edit": "登记与修改客户",
    "customers.reveal": "查看完整号码（留痕）",
    "customers.all": "打开本处每位客户的卡片",
    "customers.merge": "合并重复客户",
    "customers.assign": "更改客户归属",
    "customers.erase": "查阅、删除客户资料",
    "customers.audit": "查看完整号码的查看记录",
    "duty.stand": "当班：到岗、休息、检查、交接、上报",
    "duty.code": "看到岗签到码",
    "duty.lead": "领班：看每个岗位、代人登记、改班",
    "duty.plan": "设岗位与班次、排班并发布",
    "visits.record": "样板间来访：登记、介绍、转介、送客",
    "visits.match": "收样板间接待记录表，与售楼处对接",
    "visits.confirm": "代销售部确认样板间的对接",
    "desk.record": "登记来电来访",
    "desk.see": "看客服前台的每一件事、查住户",
    "desk.work": "办派给本部门和自己的任务",
    "desk.supervise": "督办客服前台：改派、督促、回访",
    "desk.manage": "管理处：批减免、定时限、结投诉",
    "estate.keep": "保管房屋与住户资料",
    "tours.apply": "代客人申请参观、看自己申请的",
    "tours.area": "答复本部门的区域、发参观证",
    "tours.reception": "接待部：看每次来访、定类别、排接待、发方案",
    "tours.administration": "行政部：办接待方案里本部门的事",
    "tours.approve": "公司批示与特批",
    "tours.settle": "定参观的规定：部门、区域、房间、批示人、规则包",
    "gate.scan": "门岗：验参观证、登记进出",
    "gate.supervise": "门岗主管：放行要说明的人、对账",
    "gate.security": "安全：确认泄密事件",
    "matters.handle": "处理交给自己的事项",
    "matters.oversee": "查看本处所有事项",
    "matters.supervise": "督办事项：超时得知，第三次转手由其接",
    "limits.set": "定本处的时限",
    "notices.see": "看自己的通知",
    "notices.channels": "设置群机器人与邮件通知",
    "tokens.manage": "管理接口密钥与推送",
    "tablets.share": "把平板设为多人共用",
    "staff.manage": "增减人员与岗位",
    "sites.manage": "设置公司与项目",
    "journal.verify": "核验与导出记录链",
}

_DESK = {
    "arrivals.record",
    "waiting.serve",
    "board.see",
    "board.code",
    "turns.see",
    "register.today",
    "calls.record",
    "channels.keep",
    "customers.find",
    "customers.edit",
    "customers.reveal",
    "customers.all",
    "matters.handle",
    "notices.see",
    "tablets.share",
    "duty.stand",
    "visits.record",
}
_LEAD = {"duty.stand", "duty.code", "duty.lead", "duty.plan", "visits.record", "visits.match"}
_SUPERVISE = {
    "arrivals.record",
    "arrivals.undo",
    "board.see",
    "board.code",
    "turns.see",
    "turns.supervise",
    "matters.supervise",
}
_PLAIN = {"matters.handle", "notices.see"}
# Whoever answers for customers where nobody sells: finds a card, hands out what is kept, erases on request.
_KEEPER = {"customers.find", "customers.all", "customers.erase", "customers.audit"}
_OVERSEE = _PLAIN | {"matters.oversee"}
_CLERK = _PLAIN | {"desk.record", "desk.see", "estate.keep"}
# At the headquarters anybody may ask for a guest; the company's word is asked of those whom the settings name.
_HOUSE = _PLAIN | {"tours.apply"}
_DESK_LEAD = _CLERK | _OVERSEE | {"matters.supervise", "desk.supervise", "limits.set"}

# What a delegation hands on: supervision itself, but not the right to delegate again.
DELEGATED = frozenset(_SUPERVISE)


def _role(id: str, title: str, allows: Iterable[str]) -> Role:
    unknown = set(allows) - PERMISSIONS.keys()
    if unknown:
        raise ValueError(f"{id}: unknown permissions {sorted(unknown)}")
    return Role(id, title, frozenset(allows))


ROLES: dict[str, Role] = {
    r.id: r
    for r in [
        _role(
            "administrator",
            "系统管理员",
            {
                "sites.manage",
                "staff.manage",
                "tablets.share",
                "tokens.manage",
                "notices.see",
                "notices.channels",
            },
        ),
        _role(
            "sales_manager",
            "销售经理",
            _SUPERVISE
            | _OVERSEE
            | {
                "turns.delegate",
                "limits.set",
                "waiting.serve",
                "figures.see",
                "calls.record",
                "channels.keep",
                "register.all",
                "register.export",
                "register.import",
                "visits.confirm",
                "tokens.manage",
                "customers.find",
                "customers.edit",
                "customers.reveal",
                "customers.all",
                "customers.merge",
                "customers.assign",
                "customers.erase",
                "customers.audit",
                "notices.channels",
                "staff.manage",
                "tablets.share",
                "journal.verify",
            },
        ),
        _role(
            "salesperson",
            "置业顾问",
            _PLAIN
            | {
                "arrivals.record",
                "board.see",
                "turns.take",
                "turns.see",
                "register.own",
                "figures.own",
                "calls.record",
                "customers.find",
                "customers.edit",
                "customers.reveal",
            },
        ),
        _role("receptionist", "接待员", _DESK),
        _role("lead", "接待领班", _DESK | _LEAD | {"matters.oversee"}),
        _role(
            "project_head",
            "项目负责人",
            _OVERSEE
            | _LEAD
            | _KEEPER
            | {
                "board.see",
                "turns.see",
                "figures.see",
                "staff.manage",
                "tablets.share",
                "limits.set",
            },
        ),
        _role(
            "operations_manager",
            "基础部经理",
            _OVERSEE
            | {
                "board.see",
                "figures.see",
                "staff.manage",
                "tablets.share",
                "limits.set",
                "tours.apply",
                "tours.settle",
                "gate.supervise",
                "gate.security",
            },
        ),
        _role(
            "operations_assistant",
            "基础部经理助理",
            _OVERSEE | {"board.see", "figures.see", "tours.apply", "gate.supervise"},
        ),
        _role("guard", "安全员", _PLAIN | {"duty.stand", "gate.scan"}),
        _role("liaison", "地产销售部", _PLAIN | {"board.see", "figures.see"}),
        _role("developer_department", "地产公司相关部门", _PLAIN),
        _role("desk_clerk", "客服前台", _CLERK),
        _role("desk_supervisor", "客服主管", _DESK_LEAD),
        _role(
            "desk_manager",
            "管理处主任",
            _DESK_LEAD
            | _KEEPER
            | {"desk.manage", "staff.manage", "tablets.share", "journal.verify"},
        ),
        _role("duty_guard", "值班治安员", _PLAIN | {"desk.record"}),
        _role("department", "各部门", _HOUSE | {"desk.work", "tours.area"}),
        _role("department_head", "部门负责人", _HOUSE | {"desk.work", "tours.area"}),
        _role(
            "reception_department",
            "接待部",
            _HOUSE | {"tours.reception", "tours.area", "tours.settle"},
        ),
        _role(
            "administration", "行政部", _HOUSE | _KEEPER | {"tours.administration", "tours.area"}
        ),
        _role("senior", "公司领导", _HOUSE | {"tours.approve"}),
        _role("auditor", "审计", {"turns.see", "journal.verify", "notices.see"}),
        _role("screen", "大屏", {"board.see", "board.code", "duty.code"}),
    ]
}

# Held without a site, these apply at every site of the company.
COMPANY_ROLES = frozenset({"administrator", "auditor"})

# What a shared tablet's PIN doesn't open, and what the second factor guards.
GUARDED = frozenset(
    {
        "turns.supervise",
        "turns.delegate",
        "limits.set",
        "tours.settle",
        "tokens.manage",
        "register.export",
        "register.import",
        "customers.merge",
        "customers.assign",
        "customers.erase",
        "customers.audit",
        "notices.channels",
        "staff.manage",
        "sites.manage",
        "journal.verify",
    }
)

# Who manages, or erases for ever: only the administrator gives these roles, or touches their holders' sign-in.
_ANSWERS = {"turns.supervise", "staff.manage", "sites.manage", "customers.erase"}
MANAGING = frozenset(r.id for r in ROLES.values() if r.allows & _ANSWERS)

# The roles a kind of site has use for, in the order in which people think of them.
_GALLERY = (
    "receptionist",
    "salesperson",
    "lead",
    "sales_manager",
    "project_head",
    "operations_manager",
    "operations_assistant",
    "guard",
    "liaison",
    "developer_department",
    "screen",
)
OFFERED: dict[str, tuple[str, ...]] = {
    "sales_centre": _GALLERY,
    "show_flat": _GALLERY,
    "management_office": (
        "desk_clerk",
        "desk_supervisor",
        "desk_manager",
        "duty_guard",
        "department",
        "department_head",
        "screen",
    ),
    "headquarters": (
        "reception_department",
        "administration",
        "senior",
        "department",
        "department_head",
        "operations_manager",
        "operations_assistant",
        "guard",
    ),
}
# Those who take turns at a shared tablet.
ON_TABLETS = ("receptionist", "lead", "salesperson", "sales_manager")


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """All that these roles allow together; an unknown role allows nothing."""
    return frozenset().union(*(ROLES[r].allows for r in roles if r in ROLES))
