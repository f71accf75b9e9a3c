"""Pages fetched from a site on this machine that behaves well, badly, or as an attacker would."""

from __future__ import annotations

import gzip
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from claims.intake.fetching import Fetcher
from claims.intake.refused import NotFetched
from tests.intake.site import PAGE, Site, http, redirect

HERE = "127.0.0.1"
NEIGHBOUR = "127.0.0.2"
NEWS = "news.example.org"


def resolver(host: str, port: int, seconds: float) -> list[str]:
    """Answer this machine for news.example.org and a machine that is not allowed otherwise."""
    return [HERE] if host == NEWS else [NEIGHBOUR]


def fetcher_for(site: Site, **changes) -> Fetcher:
    """Return a fetcher that may ask one number of this machine, in small limits."""
    fetcher = Fetcher(
        "casualty-tracker (+https://tracker.example.org; desk@example.org)",
        ports=frozenset({site.port}),
        resolve=resolver,
        is_allowed=lambda number: number == HERE,
        largest=200_000,
        seconds=3,
        read_seconds=1,
    )
    return replace(fetcher, **changes)


def fetch(site: Site, path: str = "/", **changes):
    """Fetch a page of the site by its name."""
    return fetcher_for(site, **changes).fetch(f"http://{NEWS}:{site.port}{path}")


def refusal(site: Site, path: str = "/", **changes) -> str:
    """Return why a page was not fetched."""
    with pytest.raises(NotFetched) as refused:
        fetch(site, path, **changes)
    return str(refused.value)


# --- What is asked and what comes back ------------------------------------------------------------


def test_page_when_fetched_then_body_type_charset_and_addresses():
    with Site({"/a": http(kind="text/html; charset=windows-1251")}) as site:
        page = fetch(site, "/a#part")

    assert (page.body, page.content_type, page.charset) == (PAGE, "text/html", "windows-1251")
    assert page.address == f"http://{NEWS}:{site.port}/a#part"
    assert page.final_address == f"http://{NEWS}:{site.port}/a"


def test_request_when_sent_then_honest_and_without_cookies():
    with Site({"": http(head="Set-Cookie: id=1")}) as site:
        page = fetch(site, "/новини?q=є")

    assert site.requests == [page.sent]
    assert page.sent.decode().split("\r\n") == [
        "GET /%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8?q=%D1%94 HTTP/1.1",
        f"Host: {NEWS}:{site.port}",
        "User-Agent: casualty-tracker (+https://tracker.example.org; desk@example.org)",
        "Accept: text/html, application/xhtml+xml, text/plain;q=0.5",
        "Accept-Encoding: gzip",
        "Connection: close",
        "",
        "",
    ]


def test_proxy_when_named_by_the_environment_then_not_used(monkeypatch):
    with Site({"": http()}) as site, Site({"": http(b"proxy")}) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{HERE}:{proxy.port}")

        page = fetch(site)

    assert (page.body, proxy.callers) == (PAGE, 0)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        pytest.param("gzip", gzip.compress(PAGE), id="gzip"),
        pytest.param("x-gzip", gzip.compress(PAGE), id="x-gzip"),
        pytest.param("deflate", zlib.compress(PAGE), id="deflate"),
        pytest.param("identity", PAGE, id="not packed"),
    ],
)
def test_body_when_packed_then_unpacked(encoding, packed):
    with Site({"": http(packed, head=f"Content-Encoding: {encoding}")}) as site:
        assert fetch(site).body == PAGE


def test_body_when_in_chunks_then_whole():
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked += b"5\r\n<html\r\n7\r\n>twelve\r\n0\r\n\r\n"

    with Site({"": chunked}) as site:
        assert fetch(site).body == b"<html>twelve"


# --- Redirects ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Keep", "308 Move"])
def test_redirect_when_to_the_same_site_then_followed(status):
    with Site({"/": redirect("/b?c=1#d", status), "/b?c=1": http()}) as site:
        page = fetch(site)

    assert page.final_address == f"http://{NEWS}:{site.port}/b?c=1"
    assert site.callers == 2


@pytest.mark.parametrize(
    "location",
    [
        pytest.param("http://127.0.0.2:{port}/", id="to a number"),
        pytest.param("//127.0.0.2:{port}/", id="to a number without a scheme"),
        pytest.param("http://inside.example.org:{port}/", id="to a name of it"),
        pytest.param("http://2130706434:{port}/", id="to a decimal number"),
        pytest.param("http://[::ffff:127.0.0.2]:{port}/", id="to a mapped number"),
        pytest.param("http://localhost:{port}/", id="to localhost"),
        pytest.param("http://169.254.169.254/latest/meta-data/", id="to the metadata"),
        pytest.param("http://news.example.org@127.0.0.2:{port}/", id="with a user"),
        pytest.param("http://127.0.0.2:{port}\\@news.example.org/", id="with a backslash"),
        pytest.param("\\\\127.0.0.2:{port}\\", id="with backslashes only"),
        pytest.param("http://news.example.org:22/", id="to another port"),
        pytest.param("file:///etc/passwd", id="to a file"),
        pytest.param("gopher://127.0.0.2:{port}/", id="to gopher"),
        pytest.param("data:text/html,x", id="to data"),
        pytest.param("javascript:alert(1)", id="to a script"),
        pytest.param("http://127.0.0.2:{port}/\tb", id="with a tab"),
    ],
)
def test_redirect_when_it_leads_inside_then_refused_and_nothing_connected(location):
    with Site({"": http()}, number=NEIGHBOUR) as inside:
        sent = location.format(port=inside.port)
        with Site({"": redirect(sent)}) as site:
            said = refusal(site, ports=frozenset({site.port, inside.port}))

    assert "was not fetched: expected" in said
    assert (site.callers, inside.callers) == (1, 0)


def test_redirect_when_there_is_no_end_then_refused_after_five():
    with Site({"": redirect("/again")}) as site:
        said = refusal(site)

    assert "expected at most 5 redirects, found more" in said
    assert site.callers == 6


@pytest.mark.parametrize("head", ["X: y", "Location: /a\r\nLocation: /b"])
def test_redirect_when_it_names_no_single_address_then_refused(head):
    with Site({"": http(b"", status="302 Found", head=head)}) as site:
        assert "expected one address to go on to" in refusal(site)


# --- Names that change ----------------------------------------------------------------------------


def test_name_when_it_changes_after_the_check_then_the_checked_number_is_asked():
    answers = iter([[HERE], [NEIGHBOUR], [NEIGHBOUR]])

    with Site({"": http()}) as site, Site({"": http()}, number=NEIGHBOUR, port=site.port) as inside:
        page = fetch(site, resolve=lambda *asked: next(answers))

    assert (page.body, site.callers, inside.callers) == (PAGE, 1, 0)


def test_name_when_it_changes_before_a_redirect_then_refused():
    answers = iter([[HERE], [NEIGHBOUR]])

    with (
        Site({"/": redirect("/b")}) as site,
        Site({"": http()}, number=NEIGHBOUR, port=site.port) as inside,
    ):
        said = refusal(site, resolve=lambda *asked: next(answers))

    assert "expected a site of the public Internet" in said
    assert (site.callers, inside.callers) == (1, 0)


def test_name_when_it_has_none_then_refused_in_words():
    def unknown(host, port, seconds):
        raise OSError

    with Site({"": http()}) as site:
        assert "expected a site of the name news.example.org" in refusal(site, resolve=unknown)


def test_name_when_its_first_number_is_closed_then_the_next_is_asked():
    with Site({"": http()}) as site:
        page = fetch(
            site,
            resolve=lambda *asked: ["127.0.0.3", HERE],
            is_allowed=lambda number: number in {"127.0.0.3", HERE},
        )

    assert page.body == PAGE


# --- Too much -------------------------------------------------------------------------------------


def endless(request: bytes) -> Iterator[bytes]:
    """Yield a body without an end."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"a" * 65_536


def endless_chunks(request: bytes) -> Iterator[bytes]:
    """Yield chunks without an end."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b"a" * 65_536 + b"\r\n"


def endless_head(request: bytes) -> Iterator[bytes]:
    """Yield header lines without an end."""
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X: " + b"a" * 8000 + b"\r\n"


def endless_line(request: bytes) -> Iterator[bytes]:
    """Yield one header line without an end."""
    yield b"HTTP/1.1 200 OK\r\nX: "
    while True:
        yield b"a" * 8000


def endless_waiting(request: bytes) -> Iterator[bytes]:
    """Yield answers that only announce an answer."""
    while True:
        yield b"HTTP/1.1 100 Continue\r\n\r\n"


BOMB = gzip.compress(b"a" * 100_000_000, compresslevel=1)

TOO_MUCH = [
    pytest.param(endless, id="an endless body"),
    pytest.param(endless_chunks, id="endless chunks"),
    pytest.param(endless_head, id="endless headers"),
    pytest.param(endless_waiting, id="endless answers before the answer"),
    pytest.param(http(b"a" * 200_001), id="one byte too many"),
    pytest.param(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\n\r\n",
        id="an announced length beyond the limit",
    ),
    pytest.param(http(BOMB[:190_000], head="Content-Encoding: gzip"), id="a gzip bomb"),
    pytest.param(
        http(zlib.compress(b"\0" * 50_000_000), head="Content-Encoding: deflate"),
        id="a deflate bomb",
    ),
]


@pytest.mark.parametrize("answer", TOO_MUCH)
def test_answer_when_too_large_then_refused(answer):
    with Site({"": answer}) as site:
        said = refusal(site)

    assert "bytes, found more. Paste the part that has the figures." in said


def test_answer_when_a_line_has_no_end_then_refused():
    with Site({"": endless_line}) as site:
        assert "was not fetched: expected" in refusal(site)


def test_body_when_exactly_the_largest_then_taken():
    with Site({"": http(b"a" * 200_000)}) as site:
        assert len(fetch(site).body) == 200_000


# --- Too slow -------------------------------------------------------------------------------------


def silent(request: bytes) -> Iterator[bytes]:
    """Say nothing for long."""
    time.sleep(12)
    yield b""


def dripping_body(request: bytes) -> Iterator[bytes]:
    """Yield a byte now and then, each within the time of a read."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    for _ in range(100):
        time.sleep(0.1)
        yield b"a"


def dripping_head(request: bytes) -> Iterator[bytes]:
    """Yield the letters of a header now and then."""
    yield b"HTTP/1.1 200 OK\r\nX: "
    for _ in range(100):
        time.sleep(0.1)
        yield b"a"


@pytest.mark.parametrize("answer", [silent, dripping_body, dripping_head])
def test_answer_when_too_slow_then_refused_within_the_time(answer):
    started = time.monotonic()

    with Site({"": answer}) as site:
        said = refusal(site, seconds=1.0, read_seconds=0.5)

    assert "found nothing, or too little, within the time allowed" in said
    assert time.monotonic() - started < 8  # each of these sites would take longer


def test_name_when_the_resolver_is_too_slow_then_refused():
    def slow(host, port, seconds):
        raise TimeoutError

    with Site({"": http()}) as site:
        assert "was not fetched" in refusal(site, resolve=slow)


# --- Lies and other things ------------------------------------------------------------------------

OTHER = [
    pytest.param(http(kind="application/pdf"), "found application/pdf", id="a PDF"),
    pytest.param(http(kind="image/svg+xml"), "found image/svg+xml", id="a picture"),
    pytest.param(http(kind=""), "found no content type", id="no type"),
    pytest.param(http(kind="text"), "found text", id="half a type"),
    pytest.param(http(status="404 Not Found"), "expected an answer of 200, found 404", id="404"),
    pytest.param(http(status="206 Partial"), "expected an answer of 200, found 206", id="206"),
    pytest.param(http(status="401 No"), "expected an answer of 200, found 401", id="401"),
    pytest.param(http(b"", status="304 Same"), "found 304", id="304"),
    pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", "found an answer that is no proper HTTP", id="SSH"),
    pytest.param(b"<html>no head</html>", "no proper HTTP", id="no head"),
    pytest.param(b"", "found a connection that broke off", id="nothing"),
    pytest.param(http(head="Content-Encoding: br"), "found “br”", id="packed otherwise"),
    pytest.param(http(head="Content-Encoding: gzip, gzip"), "found “gzip, gzip”", id="twice"),
    pytest.param(http(head="Content-Encoding: gzip"), "cannot be unpacked", id="not packed"),
    pytest.param(
        http(gzip.compress(PAGE * 50)[:-9], head="Content-Encoding: gzip"),
        "found the end of it missing",
        id="packed, cut off",
    ),
    pytest.param(
        http().replace(b"Content-Length: ", b"Content-Length: 9"),
        "bytes are missing",
        id="an announced length that does not come",
    ),
    pytest.param(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "no proper HTTP",
        id="a chunk cut off",
    ),
    pytest.param(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nab",
        "no proper HTTP",
        id="a chunk of a negative length",
    ),
]


@pytest.mark.parametrize(("answer", "expected"), OTHER)
def test_answer_when_no_page_then_refused_in_words(answer, expected):
    with Site({"": answer}) as site:
        assert expected in refusal(site)


def test_body_when_announced_shorter_than_sent_then_only_what_was_announced():
    lying = http().replace(f"Length: {len(PAGE)}".encode(), b"Length: 6")

    with Site({"": lying}) as site:
        assert fetch(site).body == PAGE[:6]


def test_door_when_closed_then_refused_in_words():
    with Site({"": http()}) as site:
        pass

    assert "found a closed door" in refusal(site)


# --- Certificates ---------------------------------------------------------------------------------


@pytest.fixture
def secret(root: Path) -> ssl.SSLContext:
    """The site's side of a secure connection, as news.example.org."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(root / "tests/data/tls/news.example.org.pem")
    return context


@pytest.fixture
def trusting(root: Path) -> ssl.SSLContext:
    """A reader's side that trusts the certificate of the tests alone."""
    return ssl.create_default_context(cafile=str(root / "tests/data/tls/news.example.org.pem"))


def test_certificate_when_of_the_name_asked_then_taken(secret, trusting):
    with Site({"": http()}, tls=secret) as site:
        page = fetcher_for(site, tls=trusting).fetch(f"https://{NEWS}:{site.port}/")

    assert page.body == PAGE


@pytest.mark.parametrize("host", ["other.example.org", HERE])
def test_certificate_when_of_another_name_then_refused(secret, trusting, host):
    with Site({"": http()}, tls=secret) as site, pytest.raises(NotFetched) as refused:
        fetcher_for(site, tls=trusting, resolve=lambda *asked: [HERE]).fetch(
            f"https://{host}:{site.port}/"
        )

    assert "found a certificate that does not hold" in str(refused.value)
    assert site.requests == []


def test_certificate_when_nobody_trusts_it_then_refused(secret):
    with Site({"": http()}, tls=secret) as site, pytest.raises(NotFetched) as refused:
        fetcher_for(site).fetch(f"https://{NEWS}:{site.port}/")

    assert "found a certificate that does not hold" in str(refused.value)


def test_secure_address_when_the_site_speaks_plainly_then_refused():
    with Site({"": http()}) as site, pytest.raises(NotFetched) as refused:
        fetcher_for(site).fetch(f"https://{NEWS}:{site.port}/")

    assert "found no secure connection" in str(refused.value)
