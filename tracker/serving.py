"""The site served by gunicorn from inside a command."""

import errno
import signal
import socket
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication

HOST = "127.0.0.1"


class Site(BaseApplication):
    """The tracker as a gunicorn application; forks its workers with Django already loaded."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take our options; files and variables that configure other gunicorns are not read."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the WSGI application, which is loaded in the worker."""
        return import_module("tracker.wsgi").application


def serve(port: int, *, when_ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM, then leave with exit status 0; ``when_ready`` runs once."""
    connections.close_all()  # a connection must not be shared with the workers
    Site(
        {
            "bind": f"{HOST}:{port}",
            "worker_class": "gthread",
            "workers": 2,
            "threads": 4,
            "graceful_timeout": 5,
            "control_socket_disable": True,
            "loglevel": "warning",
            "post_worker_init": leave_interrupts_to_the_parent,
            "when_ready": lambda server: when_ready(),
        }
    ).run()


def leave_interrupts_to_the_parent(worker: Any) -> None:
    """Ignore Ctrl-C in a worker: a terminal sends it to all, and the parent tells them itself.

    A worker that hears both may meet its own shutdown half way and hang.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def is_port_free(port: int) -> bool:
    """Tell whether the site could listen on ``port`` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True
