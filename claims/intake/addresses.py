"""Web addresses as they may be fetched: strictly one reading, or refused.

Programs disagree about odd addresses (a backslash, an @, a number that is a host). Whoever
checks by one reading and connects by another can be led anywhere, so an address that is not
plain is refused instead of mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

from claims.intake.refused import NotFetched

LONGEST_ADDRESS = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}

_PARTS = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*):(?://(?P<authority>[^/?#]*)(?P<target>[^#]*)(?:#.*)?)?",
    re.IGNORECASE | re.DOTALL,
)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]@%]+)(?::(?P<port>[0-9]{1,5}))?\Z")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")
_LONGEST_NAME = 253
# Names that mean a machine itself, or one of its own network, wherever they are asked for.
_LOCAL = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "arpa",
     "onion", "test", "invalid"}
)  # fmt: skip
_KEPT = "/?:@!$&'()*+,;=-._~%[]|"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts: ``host`` in ASCII, ``target`` as it is asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"

    @property
    def is_number(self) -> bool:
        """Whether the host is a network address rather than a name."""
        return ":" in self.host or _NUMBER.match(self.host.rpartition(".")[2]) is not None


def address_of(url: str, *, ports: frozenset[int]) -> Address:
    """Return an address in its parts; raise ``NotFetched`` for one that is not plain."""
    given = url.strip(" \t\r\n")
    _check_characters(given)
    found = _PARTS.match(given)
    if found is None:
        raise _refused(given, "an address that begins with https:// or http://", "none")
    scheme = found["scheme"].lower()
    if scheme not in DEFAULT_PORTS:
        raise _refused(given, "http or https", f"“{found['scheme']}”")
    if not found["authority"]:
        raise _refused(given, "two slashes and the name of a site after them", "no name")
    host, port = _host_and_port(given, found["authority"], DEFAULT_PORTS[scheme])
    if port not in ports:
        allowed = ", ".join(map(str, sorted(ports)))
        raise _refused(given, f"port {allowed}", f"port {port}")
    return Address(scheme, host, port, _target(found["target"]))


def address_after(here: Address, location: str, *, ports: frozenset[int]) -> Address:
    """Return where a redirect leads, checked like the first address."""
    _check_characters(location)
    return address_of(urljoin(here.url, location), ports=ports)


def _check_characters(url: str) -> None:
    if len(url) > LONGEST_ADDRESS:
        raise NotFetched(
            f"The address {url[:60]}… was not fetched: expected at most {LONGEST_ADDRESS:,} "
            f"characters, found {len(url):,}. Give the address without what follows its “?”."
        )
    for character in url:
        if character == "\\" or character.isspace() or not character.isprintable():
            raise _refused(url, "an address without blanks and backslashes", repr(character))


def _host_and_port(url: str, authority: str, default: int) -> tuple[str, int]:
    if "@" in authority:
        raise _refused(url, "an address without a user's name or password", "an “@”")
    found = _AUTHORITY.match(authority)
    if found is None:
        raise _refused(url, "the name of a site", f"“{authority}”")
    return _host(url, found["host"]), int(found["port"] or default)


def _host(url: str, given: str) -> str:
    """Return a name in ASCII, or a network address in its one canonical form."""
    if given.startswith("["):
        try:
            return str(IPv6Address(given[1:-1]))
        except AddressValueError as error:
            raise _refused(url, "an IPv6 address", f"“{given}”") from error
    host = _ascii(url, given).lower()
    labels = host.split(".")
    if _NUMBER.match(labels[-1]):
        return _plain_number(url, host)
    if len(host) > _LONGEST_NAME or not all(map(_LABEL.match, labels)):
        raise _refused(url, "the name of a site, such as news.example.org", f"“{given}”")
    if len(labels) < 2 or labels[-1] in _LOCAL:
        raise _refused(url, "a name of the public Internet", f"“{given}”")
    return host


def _ascii(url: str, given: str) -> str:
    try:
        return given.encode("idna").decode("ascii") if not given.isascii() else given
    except UnicodeError as error:
        raise _refused(url, "the name of a site", f"“{given}”") from error


def _plain_number(url: str, host: str) -> str:
    """Return four decimal numbers; hexadecimal, octal and short forms are refused."""
    try:
        return str(IPv4Address(host))
    except AddressValueError as error:
        raise _refused(url, "an IPv4 address of four decimal numbers", f"“{host}”") from error


def _target(given: str) -> str:
    """Return path and query as they are asked for, with other scripts percent-encoded."""
    target = given if given.startswith("/") else "/" + given
    return quote(target, safe=_KEPT)


def _refused(url: str, expected: str, found: str) -> NotFetched:
    shown = url if len(url) <= 120 else url[:120] + "…"
    return NotFetched(
        f"The address {shown} was not fetched: expected {expected}, found {found}. Copy the "
        "address from the browser, or paste the text instead."
    )
