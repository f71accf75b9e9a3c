"""Pages fetched from the public web, and from nowhere else.

An editor's address is a stranger's wish: it may name this machine, its neighbours or a cloud's
metadata service, in one of many spellings, at once or by a redirect. So every address is read
strictly, its name is looked up once, all its network addresses have to be public, and the
connection goes to one of the very addresses that were checked. Time, size, ports, kinds of
content and redirects are limited; no cookie, password or proxy is used.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse
from ipaddress import ip_address
from typing import NamedTuple

from claims.intake.addresses import Address, address_after, address_of
from claims.intake.bodies import body_of
from claims.intake.connecting import Clock, Oversized, PinnedConnection, unanswered
from claims.intake.networks import is_public
from claims.intake.reading_apart import LARGEST_PAGE
from claims.intake.refused import NotFetched
from claims.intake.resolving import resolve

CONTENT_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
LARGEST_HEAD = 65_536
REDIRECTS = (301, 302, 303, 307, 308)
MOST_NUMBERS = 3

Resolver = Callable[[str, int, float], list[str]]


class Fetched(NamedTuple):
    """A page as it came; ``sent`` and ``received`` are the bytes on the wire."""

    address: str
    final_address: str
    retrieved_at: datetime
    content_type: str
    charset: str
    body: bytes
    sent: bytes
    received: bytes


@dataclass(frozen=True)
class Fetcher:
    """Fetches pages within limits, asking names of ``resolve`` and allowing what ``is_allowed``.

    ``largest`` bounds the page in bytes both as sent and as unpacked. ``seconds`` is for all of
    a fetch with its redirects, ``read_seconds`` for each step of it.
    """

    user_agent: str
    ports: frozenset[int] = frozenset({80, 443})
    resolve: Resolver = resolve
    is_allowed: Callable[[str], bool] = is_public
    largest: int = LARGEST_PAGE
    seconds: float = 20.0
    read_seconds: float = 10.0
    most_redirects: int = 5
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def fetch(self, url: str) -> Fetched:
        """Return the page at an address; raise ``NotFetched`` with the reason."""
        clock = Clock(self.seconds, self.read_seconds)
        here = address_of(url, ports=self.ports)
        for _ in range(self.most_redirects + 1):
            answer = self._asked(here, clock)
            if isinstance(answer, Fetched):
                return answer._replace(address=url.strip())
            here = address_after(here, answer, ports=self.ports)
        raise NotFetched(
            f"The page {url} was not fetched: expected at most {self.most_redirects} redirects, "
            "found more. Open it in a browser and copy the address that it ends at."
        )

    def _asked(self, address: Address, clock: Clock) -> Fetched | str:
        """Return the page at an address, or where its answer sends the reader."""
        connection = PinnedConnection(
            address,
            self._numbers(address, clock),
            clock=clock,
            budget=LARGEST_HEAD,
            tls=self.tls if address.scheme == "https" else None,
        )
        try:
            return self._exchanged(address, connection)
        except Oversized as error:
            raise NotFetched(
                f"The page {address.url} was not fetched: expected at most {error.most:,} bytes, "
                "found more. Paste the part that has the figures."
            ) from error
        except (OSError, HTTPException, ValueError) as error:
            raise unanswered(address.url, error) from error
        finally:
            connection.end()

    def _numbers(self, address: Address, clock: Clock) -> list[str]:
        """Return the network addresses to connect to; every one of the name has to be public."""
        if address.is_number:
            found = [address.host]
        else:
            try:
                found = self.resolve(address.host, address.port, clock.remaining())
            except OSError as error:
                raise NotFetched(
                    f"The page {address.url} was not fetched: expected a site of the name "
                    f"{address.host}, found none. Check the spelling, or paste the text instead."
                ) from error
        if not found or not all(_is_number(number) and self.is_allowed(number) for number in found):
            raise NotFetched(
                f"The page {address.url} was not fetched: expected a site of the public Internet, "
                f"found that {address.host} is none. Paste the text instead."
            )
        return found[:MOST_NUMBERS]

    def _exchanged(self, address: Address, connection: PinnedConnection) -> Fetched | str:
        connection.request("GET", address.target, headers=self._headers())
        response = connection.getresponse()
        if response.status in REDIRECTS:
            return _location(address, response)
        kind, charset = _checked(address, response)
        connection.measured.budget = self.largest + LARGEST_HEAD
        body = body_of(address, response, largest=self.largest)
        return Fetched(
            address=address.url,
            final_address=address.url,
            retrieved_at=datetime.now(UTC),
            content_type=kind,
            charset=charset,
            body=body,
            sent=bytes(connection.measured.sent),
            received=bytes(connection.measured.received),
        )

    def _headers(self) -> dict[str, str]:
        return {
            "User-Agent": self.user_agent,
            "Accept": "text/html, application/xhtml+xml, text/plain;q=0.5",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }


def _is_number(text: str) -> bool:
    """Tell whether a resolver's answer is a network address, so that no name is looked up again."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _location(address: Address, response: HTTPResponse) -> str:
    given = response.headers.get_all("Location") or []
    if len(given) != 1:
        raise NotFetched(
            f"The page {address.url} was not fetched: expected one address to go on to, found "
            f"{len(given)}. Open it in a browser and copy the address that it ends at."
        )
    return _as_utf8(str(given[0]))


def _as_utf8(header: str) -> str:
    """Return a header that http.client took for Latin-1 as most sites mean it."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _checked(address: Address, response: HTTPResponse) -> tuple[str, str]:
    """Return type and charset of an answer that is a page."""
    if response.status != 200:
        raise NotFetched(
            f"The page {address.url} was not fetched: expected an answer of 200, found "
            f"{response.status}. Open it in a browser, then paste the text."
        )
    given = response.headers.get("Content-Type", "")
    kind = given.partition(";")[0].strip().lower()
    if kind not in CONTENT_TYPES:
        raise NotFetched(
            f"The page {address.url} was not fetched: expected {' or '.join(CONTENT_TYPES)}, "
            f"found {given[:80] or 'no content type'}. Paste the text instead."
        )
    return kind, response.headers.get_content_charset("") or ""
