"""Whatever the machine refuses, a command says so in a sentence with an exit code, never with a traceback."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import ProgrammingError

from tests.faults.house import ROOT
from yingbin.web.cli import COMMANDS, main
from yingbin.web.cli.told import told
from yingbin.web.server import folders, keys, listening, serve
from yingbin.web.server.postgres import CannotStart

LINES = {
    "serve": ["serve", "--port", "1"],
    "worker": ["worker"],
    "duty": ["duty", "replay", "/nowhere/a.json"],
    "desk": ["desk", "replay", "/nowhere/a.json"],
    "gate": ["gate", "replay", "/nowhere/a.json"],
    "tours": ["tours", "decide", "/nowhere/a.json"],
    "turns": ["turns", "export", "--site", "hupan", "--date", "2026-11-21"],
    "clauses": ["clauses", "traceability"],
    "check": ["check", "--all"],
    "queue": ["queue", "check", "--site", "hupan"],
    "register": ["register", "check", "--site", "hupan"],
    "certificate": ["certificate", "verify", "/nowhere/a.json"],
    "journal": ["journal", "verify", "--site", "hupan"],
    "backup": ["backup"],
    "restore": ["restore", "/nowhere/a.backup"],
    "upgrade": ["upgrade"],
    "manage": ["manage", "check"],
}
# Those that need no data folder at all.
WITHOUT = {"clauses", "desk", "duty", "gate", "tours"}


def test_every_command_is_tried_here() -> None:
    missing = {c.word for c in COMMANDS} - set(LINES)
    # A command that others brought needs a line here.
    assert not missing, missing


def folder(tmp_path: Path, kind: str) -> Path:
    """A data folder that is none."""
    made = tmp_path / "data"
    if kind == "empty":
        made.mkdir()
    elif kind == "a file":
        made.write_text("")
    elif kind == "unreadable":
        made.mkdir(mode=0)
    return made


@pytest.mark.parametrize("kind", ["missing", "empty", "a file", "unreadable"])
@pytest.mark.parametrize("word", [w for w in LINES if w not in WITHOUT])
def test_without_a_data_folder_every_command_says_so_in_a_sentence(
    word: str,
    kind: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if word == "serve" and (
        kind in ("missing", "empty") or (kind, os.geteuid()) == ("unreadable", 0)
    ):
        pytest.skip("serve makes the folder: this is how an installation begins")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("YINGBIN_DATA", str(folder(tmp_path, kind)))
    monkeypatch.setattr(listening, "HANDED_OVER", 0)
    assert main(LINES[word]) in (1, 2)
    out, err = capsys.readouterr()
    said = (out + err).strip()
    assert any("\u4e00" <= c <= "\u9fff" for c in said), said
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 2
    if kind == "missing":
        assert not (tmp_path / "data").exists(), "asking makes nothing"


DAYS = [
    ["turns", "export", "--site", "hupan", "--date"],
    ["queue", "check", "--site", "hupan", "--date"],
    ["duty", "export", "--site", "hupan", "--date"],
    ["duty", "check", "--site", "hupan", "--date"],
    ["register", "read", "a.csv", "--today"],
    *(
        [word, "export", "--site", "hupan", *first]
        for word in ("desk", "gate", "tours")
        for first in (["--to", "2026-11-21", "--from"], ["--from", "2026-11-21", "--to"])
    ),
]


@pytest.mark.parametrize("words", DAYS, ids=" ".join)
def test_a_day_that_is_none_is_refused_in_words_before_any_database_is_asked(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("yingbin.web.cli.with_database", lambda work, **_: work())
    with pytest.raises(SystemExit) as ended:
        main([*words, "2026-11-31"])
    assert ended.value.code == 2
    assert "'2026-11-31' 不是日期，请写成 2026-11-23 这样。" in capsys.readouterr().err


def test_what_the_machine_refuses_is_said_with_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def unwritable() -> int:
        raise PermissionError(13, "Permission denied", "/mnt/backup/a.backup")

    def without_tables() -> int:
        raise ProgrammingError("relation does not exist")

    assert (told(unwritable), told(without_tables)) == (1, 1)
    said = capsys.readouterr().err
    assert "没有权限：/mnt/backup/a.backup" in said
    assert "数据库没有答复" in said


def test_a_backup_to_a_place_that_is_none_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    monkeypatch.delenv("YINGBIN_OWNER_URL", raising=False)
    monkeypatch.setenv("YINGBIN_DATA", str(tmp_path))
    assert main(["backup", "--to", str(tmp_path / "file" / "a.backup")]) == 1
    said = capsys.readouterr().err
    assert f"{tmp_path}/file" in said
    assert "Traceback" not in said
    assert main(["backup", "--to", str(tmp_path / "a.backup")]) == 1
    assert "数据库没有答复" in capsys.readouterr().err
    assert not (tmp_path / "a.backup").exists()


def test_an_empty_key_is_made_anew_only_before_there_is_a_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    file = tmp_path / "keys" / "secret"
    file.parent.mkdir()
    file.write_text("\n")
    made = keys.secret(tmp_path)
    assert len(made) > 40
    assert keys.secret(tmp_path) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (tmp_path / "pg" / "global").mkdir(parents=True)
    (tmp_path / "pg" / "global" / "pg_control").write_text("x")
    file.write_text("")
    with pytest.raises(CannotStart, match="密钥文件是空的"):
        keys.secret(tmp_path)
    file.write_text(made)
    (file.parent / "journal.ed25519").write_text("")
    with pytest.raises(CannotStart, match="每日签名"):
        keys.secret(tmp_path)


def test_a_folder_made_by_root_under_any_umask_lets_the_database_through(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root has another account for the database")
    tmp_path.chmod(0o755)
    before = os.umask(0o077)
    try:
        folders.make(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    for made in (tmp_path / "a", tmp_path / "a" / "b"):
        assert stat.S_IMODE(made.stat().st_mode) == 0o711


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "yingbin.example"])
def test_the_demo_is_refused_wherever_others_could_reach_it(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = type("Args", (), {"host": host, "lan": False, "with_demo": False})()
    monkeypatch.setattr("yingbin.people.models.Company.objects", Demo())
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    with pytest.raises(CannotStart, match="密码人人都知道"):
        serve._no_known_passwords(asked)
    asked.with_demo = True
    serve._no_known_passwords(asked)
    asked.with_demo, asked.host = False, "127.0.0.2"
    serve._no_known_passwords(asked)


class Demo:
    """A company that plays."""

    def filter(self, **_: object) -> "Demo":
        return self

    def exists(self) -> bool:
        return True


def test_the_program_answers_under_its_own_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINGBIN_HOSTS", "yingbin.example, localhost")
    monkeypatch.setattr(listening.lan, "addresses", lambda: ["192.168.1.20"])
    monkeypatch.setattr(listening.socket, "gethostname", lambda: "desk.office")
    named = listening.names("0.0.0.0").split(",")
    assert named == ["yingbin.example", "localhost", "desk.office", "desk.local", "192.168.1.20"]
    assert listening.names("127.0.0.1") == "yingbin.example,localhost"
    assert "[2001:db8::1]" in listening.names("2001:db8::1")
    monkeypatch.setenv("YINGBIN_HOSTS", "localhost,*")
    with pytest.raises(CannotStart, match="不能写"):
        listening.names("127.0.0.1")


def test_a_start_under_a_name_for_all_finds_itself() -> None:
    assert listening.address("0.0.0.0", 8000) == "http://127.0.0.1:8000"
    assert listening.address("::", 8000) == "http://[::1]:8000"
    assert listening.address("192.168.1.20", 8000) == "http://192.168.1.20:8000"


def test_the_command_line_itself_ends_with_a_code(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "yingbin.web.cli", "register", "check", "--site", "hupan"],
        cwd=ROOT,
        env={**environment, "YINGBIN_DATA": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "里没有迎宾的数据" in done.stderr
