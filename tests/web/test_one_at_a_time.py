"""One program at a time works on a data folder; a start that can't go well says so before it has done anything."""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.utils import timezone

from yingbin.people.models import Company
from yingbin.web.demo import cast
from yingbin.web.server import postmaster, serve
from yingbin.web.server.postgres import CannotStart, Embedded


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that the database's account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="yb-one-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    postmaster.stop(folder / "pg")
    shutil.rmtree(folder, ignore_errors=True)


def answers(server: Embedded) -> bool:
    with psycopg.connect(server.url) as line:
        return line.execute("select 1").fetchone() == (1,)


def test_a_second_command_says_so_and_the_firsts_server_stays(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve.at_work(room) as server:
        for other in (serve.at_work(room), serve.only_one(room, serve.SERVING)):
            with pytest.raises(SystemExit) as no, other:
                pytest.fail("two at once")
            assert no.value.code == serve.BUSY
            assert "另一条命令正在用这个数据文件夹" in capsys.readouterr().err
        assert answers(server)
    assert not server.running()
    with serve.at_work(room) as server:
        assert answers(server)


def test_a_command_beside_serve_uses_its_server_and_leaves_it_running(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve.only_one(room, serve.SERVING):
        with pytest.raises(SystemExit), serve.at_work(room):
            pytest.fail("it isn't up yet")
        assert "已经在用" in capsys.readouterr().err
        served = Embedded(room, durable=False)
        served.start()
        with serve.at_work(room) as server:
            assert answers(server)
        assert answers(served)
        served.stop()


def test_a_lock_of_the_version_before_is_a_serving_one(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve.only_one(room, ""), pytest.raises(SystemExit), serve.only_one(room):
        pytest.fail("two at once")
    assert "已经在用" in capsys.readouterr().err


def wanted(**more: Any) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    return argparse.Namespace(**vars(parser.parse_args([])) | {"secure": None} | more)


@pytest.mark.parametrize("more", [{"lan": True}, {"host": "0.0.0.0"}, {"host": "192.168.1.20"}])
def test_a_demo_for_the_network_is_refused_before_it_is_made(
    db: None, monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    called: list[str] = []
    monkeypatch.setattr(
        "django.core.management.call_command", lambda name, **_: called.append(name)
    )
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    with pytest.raises(CannotStart, match="密码人人都知道"):
        serve._fill(wanted(**more))
    assert called == ["migrate"]
    for fine in ({"with_demo": True, **more}, {}):
        called.clear()
        serve._fill(wanted(**fine))
        assert called == ["migrate", "demo"]
    called.clear()
    serve._fill(wanted(empty=True, **more))
    assert called == ["migrate"]


def test_a_demo_that_was_ended_while_it_was_built_is_built_anew(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    begun = Company.objects.create(name=cast.COMPANY, is_demo=True, set_up_at=None)

    def start_anew() -> None:
        begun.delete()

    monkeypatch.setattr("yingbin.people.management.commands.leave_demo.start_anew", start_anew)
    monkeypatch.setattr(
        "django.core.management.call_command", lambda name, **_: called.append(name)
    )
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    serve._fill(wanted())
    assert called == ["migrate", "demo"]
    Company.objects.create(name=cast.COMPANY, is_demo=True, set_up_at=timezone.now())
    serve._fill(wanted())
    assert called == ["migrate", "demo", "migrate"]


@pytest.mark.parametrize("dead", ["web", "worker"])
def test_a_child_that_died_is_seen_before_anything_is_announced(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], dead: str
) -> None:
    monkeypatch.setattr(serve, "_answers", lambda *_: True)  # as some other program might
    sleeps = [sys.executable, "-c", "import time; time.sleep(60)"]
    children = {name: subprocess.Popen(sleeps) for name in ("web", "worker")}
    children[dead].kill()
    children[dead].wait()
    try:
        with pytest.raises(CannotStart, match=f"{dead} 没有启动"):
            serve._announce(wanted(), children)
        assert "迎宾已就绪" not in capsys.readouterr().out
    finally:
        for child in children.values():
            child.kill()
            child.wait()
