"""`serve` and `worker`."""

import argparse
import importlib
import logging
import os
import signal
import threading
from types import FrameType

from yingbin.web.server import leash, serve
from yingbin.web.server.postgres import CannotStart

log = logging.getLogger("yingbin.worker")
TICK = 1.0  # seconds


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds both commands."""
    serving = subparsers.add_parser("serve", help="启动")
    serve.add_arguments(serving)
    serving.set_defaults(run=serve.run)
    subparsers.add_parser("worker", help="后台任务").set_defaults(run=run_worker)


def run_worker(args: argparse.Namespace) -> int:
    """Calls every app's tick once a second until stopped; a lost database is waited for."""
    import django

    if not os.environ.get("DATABASE_URL"):
        raise CannotStart(
            "后台任务由 bin/serve 启动，不用单独运行。\nThe worker is started by bin/serve."
        )
    leash.hold()
    django.setup()
    from django.conf import settings

    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    ticks = [_load(path) for path in settings.YINGBIN_TICKS]
    while not ended.wait(TICK):
        for tick in ticks:
            _once(tick)
    return 0


def _load(path: str) -> object:
    module, name = path.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)


def _once(tick: object) -> None:
    from django.db import close_old_connections, connection

    close_old_connections()
    try:
        tick()  # type: ignore[operator]
    except Exception as error:
        log.warning("tick failed, will be tried again: %s", type(error).__name__)
        connection.close()
