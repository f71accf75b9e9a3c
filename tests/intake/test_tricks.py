"""Addresses that would lead a careless reader to this machine: each refused, nothing connected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from claims.intake.fetching import Fetcher
from claims.intake.refused import NotFetched
from tests.intake.site import PAGE, Site, http

# Names as a hostile resolver would answer them.
NAMES = {
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "inside.example.org": ["10.0.0.5"],
    "metadata.example.org": ["169.254.169.254"],
    "mapped.example.org": ["::ffff:127.0.0.1"],
    "six.example.org": ["::1"],
    "zone.example.org": ["fe80::1%lo"],
    "mixed.example.org": ["8.8.8.8", "127.0.0.1"],
    "mixed-six.example.org": ["2606:4700::1111", "::1"],
    "name.example.org": ["localhost"],
    "none.example.org": [],
}


def resolver(host: str, port: int, seconds: float) -> list[str]:
    """Answer the hostile names, and loopback for every other one."""
    return NAMES.get(host, ["127.0.0.1"])


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A page on this machine that nobody may reach."""
    with Site({"": http(PAGE)}) as listening:
        yield listening


TRICKS = [
    pytest.param("http://127.0.0.1:{port}/", id="loopback"),
    pytest.param("http://127.0.0.2:{port}/", id="another loopback"),
    pytest.param("http://127.127.127.127:{port}/", id="far loopback"),
    pytest.param("http://2130706433:{port}/", id="one decimal number"),
    pytest.param("http://4294967295:{port}/", id="broadcast as one number"),
    pytest.param("http://0x7f000001:{port}/", id="one hexadecimal number"),
    pytest.param("http://0x7f.0x0.0x0.0x1:{port}/", id="hexadecimal parts"),
    pytest.param("http://017700000001:{port}/", id="one octal number"),
    pytest.param("http://0177.0.0.01:{port}/", id="octal parts"),
    pytest.param("http://0177.0x0.0.1:{port}/", id="parts of several kinds"),
    pytest.param("http://127.1:{port}/", id="two parts"),
    pytest.param("http://127.0.1:{port}/", id="three parts"),
    pytest.param("http://127.0.0.1.:{port}/", id="a number with a dot at its end"),
    pytest.param("http://127.000.000.001:{port}/", id="zeros before"),
    pytest.param("http://383.0.0.1:{port}/", id="a part that wraps around"),
    pytest.param("http://0:{port}/", id="zero"),
    pytest.param("http://0.0.0.0:{port}/", id="four zeros"),
    pytest.param("http://[::1]:{port}/", id="IPv6 loopback"),
    pytest.param("http://[::]:{port}/", id="IPv6 nothing"),
    pytest.param("http://[0:0:0:0:0:0:0:1]:{port}/", id="IPv6 loopback in full"),
    pytest.param("http://[::ffff:127.0.0.1]:{port}/", id="mapped"),
    pytest.param("http://[::ffff:7f00:1]:{port}/", id="mapped, in hexadecimal"),
    pytest.param("http://[::127.0.0.1]:{port}/", id="compatible"),
    pytest.param("http://[64:ff9b::7f00:1]:{port}/", id="NAT64"),
    pytest.param("http://[2002:7f00:1::]:{port}/", id="6to4"),
    pytest.param("http://[fe80::1%25lo]:{port}/", id="a zone"),
    pytest.param("http://[::1%25lo]:{port}/", id="loopback with a zone"),
    pytest.param("http://[::1:{port}/", id="an open bracket"),
    pytest.param("http://[::1].example.org:{port}/", id="a bracket and a name"),
    pytest.param("http://[v1.x]:{port}/", id="an address of the future"),
    pytest.param("http://::1:{port}/", id="IPv6 without brackets"),
    pytest.param("http://localhost:{port}/", id="localhost"),
    pytest.param("http://LocalHost:{port}/", id="localhost in capitals"),
    pytest.param("http://localhost.:{port}/", id="localhost with a dot"),
    pytest.param("http://news.localhost:{port}/", id="below localhost"),
    pytest.param("http://localhost.localdomain:{port}/", id="localdomain"),
    pytest.param("http://printer.local:{port}/", id="a neighbour"),
    pytest.param("http://metadata.google.internal:{port}/", id="a cloud's inside"),
    pytest.param("http://metadata:{port}/", id="one word"),
    pytest.param("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/", id="localhost in circles"),
    pytest.param("http://①②⑦.⓪.⓪.①:{port}/", id="digits in circles"),
    pytest.param("http://١٢٧.٠.٠.١:{port}/", id="Arabic-Indic digits"),
    pytest.param("http://127。0。0。1:{port}/", id="ideographic dots"),
    pytest.param("http://127%2e0%2e0%2e1:{port}/", id="percent-encoded dots"),
    pytest.param("http://%6c%6f%63alhost:{port}/", id="percent-encoded letters"),
    pytest.param("http://127.0.0.1.nip.example:{port}/", id="a name that is a number"),
    pytest.param("http://inside.example.org:{port}/", id="a name of a private number"),
    pytest.param("http://metadata.example.org:{port}/", id="a name of the metadata number"),
    pytest.param("http://mapped.example.org:{port}/", id="a name of a mapped number"),
    pytest.param("http://six.example.org:{port}/", id="a name of IPv6 loopback"),
    pytest.param("http://zone.example.org:{port}/", id="a name of a number with a zone"),
    pytest.param("http://mixed.example.org:{port}/", id="public and private numbers"),
    pytest.param("http://mixed-six.example.org:{port}/", id="the same in IPv6"),
    pytest.param("http://name.example.org:{port}/", id="a name that answers a name"),
    pytest.param("http://none.example.org:{port}/", id="a name without numbers"),
    pytest.param("http://news.example.org@127.0.0.1:{port}/", id="a name as a user"),
    pytest.param("http://user:word@127.0.0.1:{port}/", id="a password"),
    pytest.param("http://127.0.0.1:{port}@news.example.org/", id="the number as a user"),
    pytest.param("http://127.0.0.1:{port}#@news.example.org/", id="a fragment before the name"),
    pytest.param("http://127.0.0.1:{port}?@news.example.org/", id="a question before the name"),
    pytest.param("http://127.0.0.1:{port}\\@news.example.org/", id="a backslash"),
    pytest.param("http:\\\\127.0.0.1:{port}\\", id="backslashes only"),
    pytest.param("http:127.0.0.1:{port}/", id="no slashes"),
    pytest.param("http:/127.0.0.1:{port}/", id="one slash"),
    pytest.param("http:///127.0.0.1:{port}/", id="three slashes"),
    pytest.param("//127.0.0.1:{port}/", id="no scheme"),
    pytest.param("127.0.0.1:{port}", id="a number and a port"),
    pytest.param("http://127.0.0.1:{port}:80/", id="two ports"),
    pytest.param("http://127.0.0.1:0{port}x/", id="a port that is no number"),
    pytest.param("http://news.example.org:22/", id="the port of another service"),
    pytest.param("http://news.example.org:6379/", id="the port of a cache"),
    pytest.param("http://news.example.org:{port}/", id="a plain name that leads here"),
    pytest.param("http://127.0.0.1\r\nHost: news.example.org:{port}/", id="a line end"),
    pytest.param("http://127.0.0.1:{port}/\r\nX: y", id="a line end in the path"),
    pytest.param("http://127.0.0.1\t:{port}/", id="a tab"),
    pytest.param("http://127.0.0.1 :{port}/", id="a blank"),
    pytest.param("http://127.0.0.1\x00.example.org:{port}/", id="a zero byte"),
    pytest.param("http://127.0.0.1\u200b:{port}/", id="a blank without width"),
    pytest.param("gopher://127.0.0.1:{port}/_GET%20/", id="gopher"),
    pytest.param("ftp://127.0.0.1:{port}/", id="ftp"),
    pytest.param("dict://127.0.0.1:{port}/", id="dict"),
    pytest.param("file:///etc/passwd", id="a file"),
    pytest.param("file://127.0.0.1:{port}/", id="a file of a host"),
    pytest.param("data:text/html,<p>25 killed</p>", id="data"),
    pytest.param("jar:http://127.0.0.1:{port}!/", id="jar"),
    pytest.param("view-source:http://127.0.0.1:{port}/", id="view-source"),
    pytest.param("javascript:fetch('http://127.0.0.1:{port}/')", id="a script"),
    pytest.param("", id="nothing"),
    pytest.param("http://", id="a scheme alone"),
    pytest.param("http://.:{port}/", id="a dot"),
    pytest.param("http://..:{port}/", id="two dots"),
    pytest.param("http://-news.example.org:{port}/", id="a hyphen before a name"),
    pytest.param("http://" + "a" * 64 + ".example.org:{port}/", id="a label too long"),
    pytest.param("http://news.example.org:{port}/" + "a" * 2000, id="an address too long"),
]


@pytest.mark.parametrize("url", TRICKS)
def test_address_when_it_leads_inside_then_refused_and_nothing_connected(site, url):
    fetcher = Fetcher("test", ports=frozenset({80, 443, site.port}), resolve=resolver)

    with pytest.raises(NotFetched) as refusal:
        fetcher.fetch(url.format(port=site.port))

    assert site.callers == 0
    assert "was not fetched: expected" in str(refusal.value)


def test_tricks_when_the_guard_is_off_then_the_site_can_be_reached():
    with Site({"": http(PAGE)}) as reachable:
        fetcher = Fetcher(
            "test",
            ports=frozenset({reachable.port}),
            resolve=resolver,
            is_allowed=lambda number: number == "127.0.0.1",
        )

        body = fetcher.fetch(f"http://news.example.org:{reachable.port}/").body

    assert (body, reachable.callers) == (PAGE, 1)
