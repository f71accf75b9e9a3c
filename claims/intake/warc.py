"""The copy of a fetched page as it went over the wire: request and response in a WARC file.

WARC (ISO 28500) is what web archives keep, so that the copy can be replayed and checked by
others: the response has the digest of its payload.
"""

from __future__ import annotations

import io

from claims.intake.fetching import Fetched

_END_OF_HEAD = b"\r\n\r\n"


def warc_of(page: Fetched) -> bytes:
    """Return request and response of a fetched page as a compressed WARC file."""
    # Only an editor who fetches a page needs it.
    from warcio.statusandheaders import StatusAndHeadersParser  # noqa: PLC0415
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    dated = {"WARC-Date": page.retrieved_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    head, payload = _parted(page.received)
    response = writer.create_warc_record(
        page.final_address,
        "response",
        payload=io.BytesIO(payload),
        length=len(payload),
        http_headers=StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"]).parse(io.BytesIO(head)),
        warc_headers_dict=dict(dated),
    )
    head, payload = _parted(page.sent)
    request = writer.create_warc_record(
        page.final_address,
        "request",
        payload=io.BytesIO(payload),
        length=len(payload),
        http_headers=StatusAndHeadersParser(["GET"]).parse(io.BytesIO(head)),
        warc_headers_dict=dict(dated),
    )
    writer.write_request_response_pair(request, response)
    return file.getvalue()


def _parted(message: bytes) -> tuple[bytes, bytes]:
    """Return head and payload of a message, without answers that only announce the answer."""
    head, end, payload = message.partition(_END_OF_HEAD)
    while head.split(b" ", 2)[1:2] == [b"100"]:
        head, end, payload = payload.partition(_END_OF_HEAD)
    return head + end, payload
