"""A small server on this machine beside a test: it hears at once that it shall stop, not half a second later."""

from socketserver import BaseServer
from threading import Thread


def begin(server: BaseServer) -> None:
    """It answers from now on, until somebody calls its `shutdown`."""
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
