"""A connection to one address that was checked, with a clock and a measure on every byte.

The name is looked up once, by the fetcher. The connection goes to the very number that was
checked, while the name still stands in the Host header and in the certificate.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import Any

from claims.intake.addresses import Address
from claims.intake.refused import NotFetched


class Clock:
    """How long a fetch may still take, in all and for a single read."""

    def __init__(self, seconds: float, read_seconds: float) -> None:
        self.seconds = seconds
        self.read_seconds = read_seconds
        self.ends_at = time.monotonic() + seconds

    def remaining(self) -> float:
        """Return the seconds that the next step may take; raise ``TimeoutError`` for none."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self.read_seconds)


class MeasuredSocket:
    """A socket as ``http.client`` uses one: every read is timed, counted and recorded."""

    def __init__(self, sock: socket.socket, clock: Clock, budget: int) -> None:
        self.sock = sock
        self.clock = clock
        self.budget = budget
        self.sent = bytearray()
        self.received = bytearray()

    def sendall(self, data: Any) -> None:
        """Send the request, or a part of it."""
        self.sock.settimeout(self.clock.remaining())
        self.sock.sendall(data)
        self.sent += data

    def makefile(self, mode: str = "rb", *args: Any, **kwargs: Any) -> io.BufferedReader:
        """Return what the answer is read from."""
        return io.BufferedReader(_Incoming(self))

    def close(self) -> None:
        """Do nothing yet: ``http.client`` closes before it has read to the end."""

    def read_into(self, buffer: Any) -> int:
        """Read what is there, at most what is left of the budget.

        Raises ``TimeoutError`` for what comes too slowly and ``Oversized`` for too much of it.
        """
        if len(self.received) > self.budget:
            raise Oversized(self.budget)
        self.sock.settimeout(self.clock.remaining())
        size = self.sock.recv_into(buffer)
        self.received += memoryview(buffer)[:size]
        return size


class Oversized(Exception):
    """More was sent than is taken, which is ``most`` bytes."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(most)


class _Incoming(io.RawIOBase):
    """The reading end of a measured socket as a file."""

    def __init__(self, measured: MeasuredSocket) -> None:
        super().__init__()
        self._measured = measured

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._measured.read_into(buffer)


class PinnedConnection(HTTPConnection):
    """A connection for one request to an address, over the network addresses given."""

    measured: MeasuredSocket

    def __init__(
        self,
        address: Address,
        numbers: list[str],
        *,
        clock: Clock,
        budget: int,
        tls: ssl.SSLContext | None,
    ) -> None:
        super().__init__(address.host, address.port)
        # http.client leaves the port out of the Host header where it is this one.
        self.default_port = 443 if tls else 80
        self.numbers = numbers
        self.clock = clock
        self.budget = budget
        self.tls = tls
        self.opened = ExitStack()

    def end(self) -> None:
        """Close the connection, if there ever was one."""
        self.close()
        self.opened.close()

    def connect(self) -> None:
        """Connect to the first of the checked numbers that answers."""
        plain = self._connected()
        try:
            if self.tls is not None:
                plain.settimeout(self.clock.remaining())
                plain = self.tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        self.opened.callback(plain.close)
        self.measured = MeasuredSocket(plain, self.clock, self.budget)
        self.sock: Any = self.measured

    def _connected(self) -> socket.socket:
        problem: OSError = ConnectionRefusedError("no address")
        for number in self.numbers:
            try:
                return socket.create_connection((number, self.port), self.clock.remaining())
            except OSError as error:
                problem = error
        raise problem


def described(error: Exception) -> str:
    """Return in words what went wrong with a connection."""
    match error:
        case TimeoutError():
            return "nothing, or too little, within the time allowed"
        case ssl.SSLCertVerificationError():
            return f"a certificate that does not hold ({error.verify_message})"
        case ssl.SSLError():
            return "no secure connection"
        case ConnectionRefusedError():
            return "a closed door"
        case ConnectionError():
            return "a connection that broke off"
        case OSError():
            return "no way there"
        case _:
            return "an answer that is no proper HTTP"


def unanswered(url: str, error: Exception) -> NotFetched:
    """Return the refusal for a page that did not come."""
    return NotFetched(
        f"The page {url} was not fetched: expected an answer, found {described(error)}. Try "
        "again later, or paste the text instead."
    )
