"""A real site on this machine that answers exactly the bytes it is told, and counts its callers."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterable
from threading import Thread
from typing import Self

Answer = bytes | Callable[[bytes], Iterable[bytes]]

PAGE = b"<html><body><p>At least 25 people were killed.</p></body></html>"


def http(body: bytes = PAGE, *, status: str = "200 OK", head: str = "", kind: str = "text/html"):
    """Return a whole answer; ``head`` are further lines of its head."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [head] if head else []
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """Return an answer that sends the reader elsewhere."""
    return http(b"", status=status, head=f"Location: {location}")


class Site:
    """Listens on a free port of a loopback address until it is closed.

    ``answers`` are by path, ``""`` for every other one: bytes, or a function of the request that
    yields them. ``callers`` counts connections, ``requests`` keeps what they sent.
    """

    def __init__(
        self,
        answers: dict[str, Answer],
        *,
        number: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.answers = answers
        self.tls = tls
        self.callers = 0
        self.requests: list[bytes] = []
        self.listening = socket.create_server((number, port))
        self.port: int = self.listening.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        # Only shutting down wakes a thread that waits in accept().
        with contextlib.suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self.listening.accept()
            except OSError:
                return
            self.callers += 1
            Thread(target=self._serve_one, args=(caller,), daemon=True).start()

    def _serve_one(self, caller: socket.socket) -> None:
        # A caller that hangs up in the middle is what many of these tests are about.
        with caller, contextlib.suppress(OSError):
            caller.settimeout(10)
            stream = self.tls.wrap_socket(caller, server_side=True) if self.tls else caller
            with stream:
                self._answer(stream)

    def _answer(self, stream: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            part = stream.recv(4096)
            if not part:
                return
            if part.startswith(b"\x16"):  # the caller speaks TLS, this site does not
                stream.sendall(http())
                return
            request += part
        self.requests.append(request)
        path = request.split(b" ", 2)[1].decode()
        answer = self.answers.get(path, self.answers.get("", b""))
        for part in [answer] if isinstance(answer, bytes) else answer(request):
            stream.sendall(part)
