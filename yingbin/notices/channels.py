"""The installation's channels: robots of WeCom, DingTalk, Feishu, mail, whatever apprise knows.

A robot that refuses a message (wrong keyword, too many messages, key withdrawn) still answers HTTP
200 and says so in the body, which apprise doesn't read. Here the answer is heard, so that a refusal
is a failure.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import apprise
import requests
from apprise.attachment.memory import AttachMemory
from apprise.plugins import dingtalk, feishu, lark, wecombot
from django.conf import settings

from .mentions import Mention, mentioning

TIMEOUT = 5  # seconds to connect, and as many for each read of the answer
WHOLE = 8.0  # seconds for the whole message

# What robots answer, in words that say what to do; other codes are shown as they are.
_CODES = {
    "93000": "群机器人的密钥无效，请重新复制地址",
    "45009": "发送太频繁，被群机器人限流",
    "310000": "钉钉安全设置不符（关键词、签名或 IP）",
    "300001": "钉钉令牌无效，请重新复制地址",
    "130101": "发送太频繁，被群机器人限流",
    "19001": "飞书机器人地址无效，请重新复制地址",
    "19021": "飞书签名不符，请检查密钥",
    "19024": "飞书关键词不符，请检查机器人安全设置",
    "11232": "发送太频繁，被群机器人限流",
}


@dataclass(frozen=True)
class Outcome:
    """Whether a message arrived; `error` says in plain words why not, without address or key."""

    ok: bool
    error: str = ""
    over: bool = False  # trying again would not help


class _Heard(threading.local):
    """The message being sent in this thread: whom it mentions, and the last answer to it."""

    error = ""
    mention = Mention()


_heard = _Heard()


class _Listening:
    """Stands where a robot's plugin expects `requests`: posts as it does, and reads the answer."""

    def __getattr__(self, name: str) -> object:
        return getattr(requests, name)

    def post(self, url: str, **more: Any) -> requests.Response:
        """Posts, with the mention; an answer that means refusal is turned into the status of one."""
        if _heard.mention != Mention():
            more["data"] = mentioning(more["data"], _heard.mention)
        response = requests.post(url, **{**more, "timeout": TIMEOUT})
        _heard.error = refusal_in(response)
        if _heard.error and response.status_code == requests.codes.ok:
            response.status_code = 422
        return response


for _plugin in (dingtalk, feishu, lark, wecombot):
    _plugin.requests = _Listening()  # type: ignore[attr-defined]


def refusal_in(response: requests.Response) -> str:
    """Why the other side refused, by status or by the code in its body; "" where it accepted."""
    if response.status_code >= 300:
        return f"对方返回错误 {response.status_code}"
    try:
        said = response.json()
    except (json.JSONDecodeError, requests.JSONDecodeError):
        return ""
    if not isinstance(said, dict):
        return ""
    code = said.get("errcode", said.get("code", said.get("StatusCode", 0)))
    return "" if code in (0, "0", None) else _CODES.get(str(code), f"对方没有收下（代码 {code}）")


def configured() -> dict[str, str]:
    """Channels by name with their addresses, as the installation's settings give them."""
    pairs = (word.split("=", 1) for word in settings.YINGBIN_CHANNELS.split() if "=" in word)
    return {name: url for name, url in pairs if name and url}


MENTIONING = ("wecombot", "dingtalk", "feishu", "lark")


def mentions_in(name: str) -> bool:
    """Whether a channel of this name is a group robot that can mention somebody."""
    return configured().get(name, "").split(":", 1)[0].lower() in MENTIONING


def sort_of(url: str) -> str:
    """What kind of channel an address means, in words; never part of the address itself."""
    words = {
        "wecombot": "企业微信群机器人",
        "dingtalk": "钉钉群机器人",
        "feishu": "飞书群机器人",
        "lark": "Lark 群机器人",
        "mailto": "邮件",
        "mailtos": "邮件",
    }
    return words.get(url.split(":", 1)[0].lower(), "其他渠道")


def send(
    name: str, *, title: str, body: str, urgent: bool = False, mention: Mention | None = None
) -> Outcome:
    """Sends one message over a named channel, within `WHOLE` seconds altogether. Never raises."""
    url = configured().get(name)
    if url is None:
        return Outcome(False, "安装设置里没有这个渠道，请找管理员")
    kind = apprise.NotifyType.WARNING if urgent else apprise.NotifyType.INFO
    return _in_time(name, partial(_post, url, title, body, kind, mention))


@dataclass(frozen=True)
class Letter:
    """A mail to one address of its own instead of the channel's, with a PDF."""

    to: str
    file_name: str
    data: bytes


def mailing() -> str:
    """The first channel that sends mail; "" where the installation has none."""
    found = (name for name, url in configured().items() if sort_of(url) == "邮件")
    return next(found, "")


def mail(name: str, letter: Letter, *, title: str, body: str) -> Outcome:
    """Mails a letter over a named channel, within `WHOLE` seconds altogether. Never raises."""
    url = configured().get(name, "")
    if sort_of(url) != "邮件":
        return Outcome(False, "安装设置里没有邮件渠道，请找管理员")
    kind = apprise.NotifyType.INFO
    return _in_time(name, partial(_post, url, title, body, kind, None, letter))


def _post(
    url: str,
    title: str,
    body: str,
    kind: apprise.NotifyType,
    mention: Mention | None,
    letter: Letter | None = None,
) -> Outcome:
    with _quiet() as log:
        post = apprise.Apprise.instantiate(url)
        if not post:
            return Outcome(False, "渠道地址写得不对，请找管理员")
        _heard.error, _heard.mention = "", mention or Mention()
        # Asked directly, so that it is sent in this thread, where the answer is heard.
        attached = None
        if letter is not None:
            post.targets = [(False, letter.to)]  # type: ignore[attr-defined]  # every mail plugin has them
            told = (letter.data, letter.file_name, "application/pdf")
            attached = AttachMemory(*told)  # type: ignore[no-untyped-call]
        sent = post.notify(title=title, body=body, notify_type=kind, attach=attached)
    if sent:
        return Outcome(True)
    return Outcome(False, _heard.error or _reason(log))


_unanswered: dict[str, threading.Thread] = {}


def _in_time(name: str, post: Callable[[], Outcome]) -> Outcome:
    """What came of it, or that it took too long: nothing waits for a receiver that drips.

    Its thread may live on, one a channel; until it ends the channel is sent nothing more.
    """
    before = _unanswered.get(name)
    if before is not None and before.is_alive():
        return Outcome(False, "对方上一条还没有答完")
    came: list[Outcome] = []
    thread = threading.Thread(target=lambda: came.append(post()), daemon=True)
    thread.start()
    thread.join(WHOLE)
    if thread.is_alive():
        _unanswered[name] = thread
    return came[0] if came else Outcome(False, "对方太慢，没有按时答完")


@contextmanager
def _quiet() -> Iterator[list[str]]:
    """Collects what apprise logs in this thread instead of printing it: its lines may hold
    addresses and keys."""
    lines: list[str] = []
    mine = threading.get_ident()

    class Into(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == mine:
                lines.append(record.getMessage())

    logger, handler = logging.getLogger("apprise"), Into()
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)


# Never printed, whichever thread sends: several do at once.
logging.getLogger("apprise").propagate = False


def _reason(log: list[str]) -> str:
    """A plain reason from apprise's own words, which are not passed on."""
    said = " ".join(log).lower()
    if "connection error" in said or "socket" in said:
        return "连不上对方服务器"
    for code in ("400", "401", "403", "404", "429", "500", "502", "503"):
        if f"error={code}" in said:
            return f"对方返回错误 {code}"
    return "没有发送成功"
