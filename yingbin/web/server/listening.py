"""Where the program listens: whether the port is free, who can reach it, under which names it answers."""

import ipaddress
import os
import socket
import time

from . import lan
from .postgres import CannotStart

HANDED_OVER = 5  # seconds until a port is free that a killed program held
_EVERYWHERE = ("0.0.0.0", "::", "")


def port_is_free(host: str, port: int, option: str = "--port") -> None:
    """Waits a moment for those whose program was just killed; else `CannotStart`."""
    ends = time.monotonic() + HANDED_OVER
    while not _binds(host, port):
        if time.monotonic() > ends:
            raise CannotStart(
                f"{host}:{port} 已被别的程序占用，或不是这台机器的地址。请用 {option} 换一个端口。\n"
                f"Port {port} is taken: choose another with {option}."
            )
        time.sleep(0.2)


def _binds(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True


def only_here(host: str) -> bool:
    """Whether nobody but this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def address(host: str, port: int) -> str:
    """Where this machine itself opens what listens on `host`."""
    near = "127.0.0.1" if host in ("0.0.0.0", "") else "::1" if host == "::" else host
    return f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"


def names(host: str) -> str:
    """For YINGBIN_HOSTS: what is set there, and the machine's own names and addresses; never any name at all."""
    told = os.environ.get("YINGBIN_HOSTS", "localhost,127.0.0.1,[::1]")
    wanted = [name.strip() for name in told.split(",") if name.strip()]
    if "*" in wanted:
        raise CannotStart(
            "YINGBIN_HOSTS 里不能写 *：别的网站可以借任意名字冒充本系统。请写出大家打开时用的名字，用逗号隔开。\n"
            "YINGBIN_HOSTS must not be *: name the hosts under which people open the product."
        )
    if not only_here(host):
        machine = socket.gethostname()
        wanted += [machine, f"{machine.split('.')[0]}.local"]
        wanted += lan.addresses() if host in _EVERYWHERE else [_bracketed(host)]
    return ",".join(dict.fromkeys(wanted))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
