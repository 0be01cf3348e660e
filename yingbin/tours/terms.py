"""保密与安全须知, as the form shows them; each application keeps the version it was shown."""

# By version, for ever: an application keeps which one it was shown. The last is the one that is shown now.
VERSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "2026-1": {
        "zh": (
            "参观中看到、听到的生产、技术和经营信息请您保密，不向他人转告。",
            "未经准许请不要拍照、录像、录音；需要拍照请在表里写明，批准后由陪同人告诉您。",
            "请随陪同人走规定路线，佩戴参观证，不触摸设备和产品；有台阶、叉车和高温区，请听从提醒。",
            "姓名和电话只用来安排这次来访，您可以随时在确认页上取消或请我们删除。",
        ),
        "en": (
            "Please keep confidential what you see and hear of production, technology and business.",
            "No photographs, films or sound recordings without permission; ask for it in this form.",
            "Stay with your escort on the route shown, wear your pass, touch no machines or products.",
            "Name and telephone serve this visit alone; you may withdraw, or have them deleted, at any time.",
        ),
    },
}
VERSION = list(VERSIONS)[-1]
# What the visitor's page says of where the visit stands: polite, and nothing of the house.
STANDS = {
    "zh": {
        "declined": "谢谢您的申请。公司参观按团体安排，这次人数较少，很抱歉不能接待。欢迎下次和同伴一起来。",
        "needs_exception": "申请已经收到。来访时间比较近，正在请公司特别安排，有结果会写在这里。",
        "awaiting": "申请已经收到，正在和各部门确认，有结果会写在这里。",
        "approved": "已经安排好了，欢迎您来。",
        "withdrawn": "这次来访已经取消。欢迎以后再来。",
        "refused": "谢谢您的申请。很抱歉，这次没能为您安排，欢迎以后再来。",
        "lapsed": "到了来访时间还没有确认下来，这次来访没有成行，很抱歉。",
        "over": "这次来访已经结束，谢谢您来。",
    },
    "en": {
        "declined": "Thank you for applying. We receive groups; yours is a little small this time. We are sorry, and"
        " would be glad to see you with a larger group.",
        "needs_exception": "We have your application. The day is near, so we are asking for a special arrangement.",
        "awaiting": "We have your application and are confirming it with the departments.",
        "approved": "Everything is arranged. You are welcome.",
        "withdrawn": "This visit was withdrawn. You are welcome another time.",
        "refused": "Thank you for applying. We are sorry that we can't receive you this time.",
        "lapsed": "The visit could not be confirmed in time. We are sorry.",
        "over": "This visit is over. Thank you for coming.",
    },
}  # fmt: skip
AREA_STANDS = {
    "zh": {"closed": "这次不开放", "asked": "正在确认", "open": "可以参观", "refused": "这次不开放"},
    "en": {"closed": "not open this time", "asked": "being confirmed", "open": "open to you", "refused": "not open this time"},
}  # fmt: skip
# These go ahead, went ahead or may still; of any other visit the page lists no area as if it could be seen.
GOES_AHEAD = ("needs_exception", "awaiting", "approved", "over")


def area_stands(state: str, status: str, lang: str) -> str:
    """How an area stands, as the visitor reads it; nothing where the visit doesn't take place."""
    return AREA_STANDS[lang][state] if status in GOES_AHEAD else ""


# What is said where the place says nothing of its own.
BRING = {
    "zh": "请带身份证件，提前十分钟到门岗，报联系人的姓名。",
    "en": "Please bring an identity document and arrive at the gate ten minutes early.",
}
