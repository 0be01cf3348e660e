"""`serve`: the database, the web server and the worker as one program that starts, watches and stops them."""

import argparse
import contextlib
import fcntl
import io
import os
import resource
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import IO

from . import folders, keys, lan, leash, listening, packages, rights
from .postgres import HOME, CannotStart, Embedded

ROOT = Path(__file__).resolve().parents[3]
BUSY = 3  # exit code: this data is being served already, or another command is at work on it
# The lock's file says what for it is held; versions before wrote nothing, and only `serve` held it for long.
LOCK, SERVING, COMMAND = "serve.lock", "serve", "command"
_LOOK_AT_CERTIFICATE = 6 * 3600  # seconds between looks at when it ends
_PATIENCE = 10  # seconds a child has to end by itself
_FILES = 16384  # open files of a process, where the system allows it
_KNOWN = (
    "密码人人都知道，不能放到网络上。请先离开演示（docs/operations.md），"
    "或用 --data 另开一个空文件夹加 --empty；只在会议室里演示，可加 --with-demo。"
)
_TOO_OFTEN = 5  # deaths of one child within a minute


class Stop(Exception):
    """Someone asked the program to stop."""


def default_data() -> Path:
    """Where data is kept unless said otherwise: the clone's .data; as root under /var/lib/yingbin."""
    named = os.environ.get("YINGBIN_DATA")
    if named:
        return Path(named).resolve()
    return HOME / "data" if os.geteuid() == 0 else ROOT / ".data"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `serve`."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认只有本机）")
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    parser.add_argument("--data", type=Path, help="数据文件夹")
    parser.add_argument("--workers", type=int, default=2, help="网页进程数（默认 2）")
    parser.add_argument(
        "--demo-weeks", type=int, default=3, help="演示有几周的过去（默认 3；0：各处都从今天开始）"
    )
    parser.add_argument("--lan", action="store_true", help="办公网 HTTPS：手机可用相机和通知")
    parser.add_argument("--lan-port", type=int, default=8443, help="HTTPS 端口（默认 8443）")
    parser.add_argument(
        "--with-demo", action="store_true", help="明知密码公开，仍在网络上放演示数据"
    )
    parser.add_argument("--empty", action="store_true", help="不放演示数据，从空白开始设置")


def run(args: argparse.Namespace) -> int:
    """Serves until stopped. Returns the exit code."""
    data = (args.data or default_data()).resolve()
    if not args.demo_weeks:
        os.environ["YINGBIN_DEMO_PAST"] = "off"
    with only_one(data, SERVING):
        return _serve(args, data)


@contextlib.contextmanager
def only_one(data: Path, what: str = COMMAND) -> Iterator[None]:
    """Holds the data folder, and writes there what for; a second program on the same data is told so."""
    lock = _lock(data, what)
    if lock is None:
        _say_taken(data)
        raise SystemExit(BUSY)
    with lock:
        yield


@contextlib.contextmanager
def at_work(data: Path) -> Iterator[Embedded]:
    """The folder's database for one command: the served one, or one of its own, which no other command stops or uses."""
    server = Embedded(data, tied=True)
    lock = _lock(data, COMMAND)
    if lock is None:
        if _holder(data) != COMMAND and server.running():
            yield server
            return
        _say_taken(data)
        raise SystemExit(BUSY)
    with lock:
        if server.running():  # by somebody who keeps it running beside us
            yield server
            return
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _lock(data: Path, what: str) -> IO[str] | None:
    """The folder's lock until it is closed; None where another program holds it."""
    if os.geteuid() == 0 and data.is_relative_to(HOME):
        Embedded(data)  # makes the account and its home before anything is put there
    folders.make(data)
    lock = open(data / LOCK, "a")  # noqa: SIM115 (held until it is closed)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    lock.truncate(0)
    lock.write(what)
    lock.flush()
    return lock


def _holder(data: Path) -> str:
    return (data / LOCK).read_text()


def _say_taken(data: Path) -> None:
    said = (
        f"迎宾已经在用这个数据文件夹运行：{data}。不用再开一个；要再开请用 --data 指定别的文件夹。\n"
        f"Yingbin is already serving this data: {data}"
    )
    if _holder(data) == COMMAND:
        said = (
            f"另一条命令正在用这个数据文件夹：{data}。请等它结束再试。\n"
            f"Another command is at work on this data, try again when it has ended: {data}"
        )
    print(said, file=sys.stderr)


def _serve(args: argparse.Namespace, data: Path) -> int:
    listening.port_is_free(args.host, args.port)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    database = None
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        os.environ["YINGBIN_HOSTS"] = listening.names(args.host)
        args.secure = _on_the_network(args, data) if args.lan else None
        database = prepare(data)
        _fill(args)
        _no_known_passwords(args)
        packages.wait()
        children = {name: _spawn(words) for name, words in _commands(args).items()}
        _announce(args, children)
        return _watch(args, database, children)
    except Stop:
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _stop_all(children, database)


def _on_the_network(args: argparse.Namespace, data: Path) -> lan.Lan:
    """Certificates, names and cookies for HTTPS; the plain port only hands out the certificate."""
    if args.lan_port == args.port:
        raise CannotStart(
            f"--port 和 --lan-port 都是 {args.port}：证书页和 HTTPS 各要一个端口，请换掉一个。\n"
            "--port and --lan-port must differ: one is for the certificate's page, one for HTTPS."
        )
    listening.port_is_free("0.0.0.0", args.lan_port, "--lan-port")
    secure = lan.prepare(data)
    address = secure.address(args.lan_port)
    os.environ["YINGBIN_HTTPS"], os.environ["YINGBIN_HSTS_DAYS"] = "1", "0"
    os.environ["YINGBIN_HOSTS"] = ",".join([*secure.names, os.environ.get("YINGBIN_HOSTS", "")])
    origins = [f"https://{name}:{args.lan_port}" for name in secure.names]
    os.environ["YINGBIN_ORIGINS"] = ",".join(origins)
    os.environ.setdefault("YINGBIN_ADDRESS", address)
    return secure


def _no_known_passwords(args: argparse.Namespace) -> None:
    """Demo people have passwords that are printed everywhere; not on a network unless one insists."""
    if not _open_to_others(args):
        return
    from django.db import connections

    from yingbin.people.models import Company

    demo = Company.objects.filter(is_demo=True).exists()
    connections.close_all()
    if demo:
        raise CannotStart(f"现在是演示数据，{_KNOWN}")


def _open_to_others(args: argparse.Namespace) -> bool:
    return not args.with_demo and (args.lan or not listening.only_here(args.host))


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def prepare(data: Path, *, durable: bool = True) -> Embedded | None:
    """Secrets and database for this process and its children; the embedded server unless DATABASE_URL is set.

    DATABASE_URL names the running account afterwards, `rights.owner_url` the owner.
    """
    os.environ["YINGBIN_DATA"] = str(data)
    (data / "static").mkdir(exist_ok=True)
    shutil.rmtree(data / "spool", ignore_errors=True)  # what a killed process was taking in
    (data / "spool").mkdir(mode=0o700)
    os.environ.setdefault("YINGBIN_SECRET_KEY", keys.secret(data))
    if os.environ.get("DATABASE_URL"):
        return None
    database = Embedded(data, durable=durable, tied=True)
    database.start()
    os.environ["DATABASE_URL"] = database.running_url
    os.environ[rights.OWNER] = database.url
    return database


def _fill(args: argparse.Namespace) -> None:
    """Brings the tables up to date and, on an empty installation, puts the demo in."""
    from django.core.management import call_command

    os.environ["DJANGO_SETTINGS_MODULE"] = "yingbin.web.settings"
    rights.set_up_as_owner()
    from yingbin.people.management.commands.leave_demo import start_anew
    from yingbin.people.models import Company
    from yingbin.people.queries import demo_half_built, demo_left

    call_command("migrate", verbosity=0, interactive=False)
    if demo_half_built():
        start_anew()
    rights.settle()
    if not args.empty and not Company.objects.exists() and not demo_left():
        if _open_to_others(args):
            raise CannotStart(f"第一次启动会放演示数据，{_KNOWN}")
        print("第一次启动，正在准备演示数据（三周的约一分钟）…", flush=True)
        call_command("demo", weeks=args.demo_weeks, stdout=io.StringIO())
    from django.db import connections

    connections.close_all()


def _announce(args: argparse.Namespace, children: dict[str, subprocess.Popen[bytes]]) -> None:
    address = listening.address(args.host, args.port)
    if args.secure:
        address = f"https://127.0.0.1:{args.lan_port}"
    deadline = time.monotonic() + 60
    answers = False
    while not answers:
        answers = _answers(address, args.secure)
        for name, child in children.items():
            if child.poll() is not None:
                raise CannotStart(f"{name} 没有启动，原因见上面的输出。")
        if not answers and time.monotonic() > deadline:
            raise CannotStart("网页服务没有启动，原因见上面的输出。")
        time.sleep(0.1)
    from django.db import connections

    from yingbin.web.demo.logins import logins

    if args.secure:
        _say_how_phones_come_in(args)
        address = args.secure.address(args.lan_port)
    print(
        f"\n迎宾已就绪 Yingbin is ready: {address}\n{logins(address)}\n按 Ctrl-C 停止。", flush=True
    )
    connections.close_all()


def _say_how_phones_come_in(args: argparse.Namespace) -> None:
    import segno

    plain = args.secure.plain(args.port)
    print(f"\n手机扫码装一次证书：{plain}\n证书指纹 {args.secure.fingerprint}")
    segno.make(plain, error="m").terminal(compact=True)


def _answers(address: str, secure: lan.Lan | None = None) -> bool:
    trust = ssl.create_default_context(cafile=str(secure.authority)) if secure else None
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=3, context=trust) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _watch(
    args: argparse.Namespace,
    database: Embedded | None,
    children: dict[str, subprocess.Popen[bytes]],
) -> int:
    """Starts again whatever dies; gives up when it keeps dying."""
    commands = _commands(args)
    deaths: dict[str, list[float]] = {name: [] for name in ("database", *commands)}
    looked = time.monotonic()
    while True:
        time.sleep(0.25)
        if args.secure and time.monotonic() - looked > _LOOK_AT_CERTIFICATE:
            looked = time.monotonic()
            _renew(args, children)
        if database is not None and database.restart_if_dead():
            _count_death(deaths, "database")
        for name, child in children.items():
            if child.poll() is not None:
                _count_death(deaths, name)
                leash.end_group(child)  # whoever it started would go on serving on the port
                children[name] = _spawn(commands[name])


def _renew(args: argparse.Namespace, children: dict[str, subprocess.Popen[bytes]]) -> None:
    """A certificate that ends soon is made anew, and the web server started again with it."""
    before = args.secure.certificate.read_bytes()
    lan.prepare(args.secure.authority.parent.parent, args.secure.addresses)
    if args.secure.certificate.read_bytes() != before:
        print("办公网证书已续期。", flush=True)
        children["web"].terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            children["web"].wait(30)
        leash.end_group(children["web"])
        children["web"] = _spawn(_web(args))


def _count_death(deaths: dict[str, list[float]], name: str) -> None:
    now = time.monotonic()
    deaths[name] = [t for t in deaths[name] if now - t < 60] + [now]
    print(f"{name} 意外停止，已重新启动。", file=sys.stderr, flush=True)
    if len(deaths[name]) >= _TOO_OFTEN:
        raise CannotStart(f"{name} 一分钟内停了 {_TOO_OFTEN} 次，不再重启。请看上面的输出。")


def _commands(args: argparse.Namespace) -> dict[str, list[str]]:
    """The programs of the house by name."""
    commands = {"web": _web(args), "worker": _worker()}
    if args.secure:
        told = ["--authority", str(args.secure.authority), "--port", str(args.port)]
        told += ["--address", args.secure.address(args.lan_port)]
        told += ["--here", args.secure.plain(args.port)]
        told += ["--fingerprint", args.secure.fingerprint]
        commands["page"] = [sys.executable, "-m", "yingbin.web.server.lan_page", *told]
    return commands


def _web(args: argparse.Namespace) -> list[str]:
    where = ["--host", args.host, "--port", str(args.port)]
    if args.secure:
        where = ["--host", "0.0.0.0", "--port", str(args.lan_port)]
        where += ["--ssl-certificate", str(args.secure.certificate)]
        where += ["--ssl-keyfile", str(args.secure.key)]
    return [
        *(sys.executable, "-m", "yingbin.web.server.leash", "granian", "--interface", "asgi"),
        *(*where, "--workers", str(args.workers)),
        *("--no-ws", "--log-level", "warning", "--respawn-failed-workers"),
        *("--http", "1", "--backlog", "2048", "--backpressure", str(_connections())),
        # Headers that don't come, and a line on which nothing more is asked, end after so many milliseconds.
        *("--http1-header-read-timeout", "10000", "yingbin.web.asgi:app"),
    ]


def _connections() -> int:
    """How many lines a web process holds: as many as the system lets it have files, less what else it opens."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, _FILES) if hard != resource.RLIM_INFINITY else _FILES
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(256, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], _FILES) - 512)


def _worker() -> list[str]:
    return [sys.executable, "-m", "yingbin.web.cli", "worker"]


def _spawn(command: list[str]) -> subprocess.Popen[bytes]:
    """Starts a child on the leash; the owner's address is none of its business."""
    env = {name: value for name, value in leash.held().items() if name != rights.OWNER}
    return subprocess.Popen(command, start_new_session=True, env=env)


def _stop_all(children: dict[str, subprocess.Popen[bytes]], database: Embedded | None) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_PATIENCE)
        leash.end_group(child)
    if database is not None:
        database.stop()
