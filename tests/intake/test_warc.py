"""The copy of a fetched page, written and read back as others would."""

import base64
import gzip
import hashlib
import io
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from claims.intake.fetching import Fetched
from claims.intake.warc import warc_of
from tests.intake.site import PAGE, Site, http
from tests.intake.test_fetching import fetch


def records(copy: bytes) -> list[tuple[str, str, bytes]]:
    """Return type, address and unpacked content of each record of a copy."""
    return [
        (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(copy), check_digests="raise")
    ]


def chunked(body: bytes) -> bytes:
    """Return an answer in one chunk."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http(), id="plain"),
        pytest.param(http(gzip.compress(PAGE), head="Content-Encoding: gzip"), id="packed"),
        pytest.param(chunked(PAGE), id="in chunks"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + http(), id="announced"),
    ],
)
def test_copy_when_read_back_then_request_and_response_as_sent(answer):
    with Site({"": answer}) as site:
        page = fetch(site, "/a?b=1")

    assert records(warc_of(page)) == [
        ("response", page.final_address, PAGE),
        ("request", page.final_address, b""),
    ]


def test_copy_when_read_by_others_then_digest_and_time_are_there():
    at = datetime(2023, 3, 5, 8, 30, 1, 5, UTC)
    page = Fetched(
        "http://a.example/", "http://a.example/b", at, "text/html", "", PAGE,
        b"GET /b HTTP/1.1\r\nHost: a.example\r\n\r\n", http(PAGE),
    )  # fmt: skip

    response = next(iter(ArchiveIterator(io.BytesIO(warc_of(page)))))

    digest = base64.b32encode(hashlib.sha1(PAGE, usedforsecurity=False).digest()).decode()
    assert response.rec_headers["WARC-Payload-Digest"] == f"sha1:{digest}"
    assert response.rec_headers["WARC-Date"] == "2023-03-05T08:30:01.000005Z"
    assert response.http_headers["Content-Type"] == "text/html"
