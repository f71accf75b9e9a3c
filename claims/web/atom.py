"""The public log as Atom (RFC 4287): careful and neutral entries with ids that never change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date

from claims.domain.vocabularies import CHANGE_KIND
from claims.models import Change, Claim
from claims.queries.change_log import LoggedChange, public_reason, with_records
from claims.web.answers import address_of
from claims.web.claim_sentence import claim_sentence, claim_title
from claims.web.log_entries import field_changes

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
BEFORE_EVERYTHING = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries was last updated."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class LogFeed(Atom1Feed):
    """A feed that is as old as its newest entry, so that an unchanged one is the same bytes."""

    def latest_post_date(self) -> datetime:
        """Return when the newest entry was made."""
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=BEFORE_EVERYTHING)


def atom(title: str, changes: Iterable[Change], *, page: str, address: str) -> HttpResponse:
    """Answer with entries as a feed; ``page`` shows the same to people, ``address`` is its own.

    Two to four queries.
    """
    feed = LogFeed(
        title=_clean(title),
        link=f"{settings.SITE_URL}{page}",
        description="",
        subtitle=_clean(f"{settings.SITE_NAME}: what changed, and why. Times in UTC."),
        feed_url=f"{settings.SITE_URL}{address}",
        feed_guid=tag(f"feed:{address}"),
        author_name=settings.SITE_NAME,
        author_link=settings.SITE_URL,
        feed_copyright="CC BY 4.0",
        language="en-gb",
    )
    for logged in with_records(changes):
        change = logged.change
        feed.add_item(
            title=_clean(entry_title(logged)),
            link=f"{settings.SITE_URL}{address_of(change.record_id)}",
            description=escape(_clean(entry_text(logged))),  # Django calls it HTML
            unique_id=tag(f"change:{change.pk}"),
            pubdate=change.at,
            updateddate=change.at,
            categories=(change.kind,),
        )
    answer = HttpResponse(feed.writeString("utf-8"), content_type=CONTENT_TYPE)
    answer["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def tag(name: str) -> str:
    """Return a tag URI (RFC 4151): an id that stays when addresses change."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"


def entry_title(logged: LoggedChange) -> str:
    """Return an entry in one line: “Ministry of Health: 89 killed (earlier 63)”."""
    change, record = logged.change, logged.record
    kind = CHANGE_KIND.label(change.kind).capitalize()
    if record is None:
        return f"{kind}: {_a(change.record_kind)} {change.record_id} (not public now)"
    if not isinstance(record, Claim):
        return f"{kind}: {change.record_kind} “{record}”"
    title = claim_title(record, earlier=logged.replaced)
    if change.record_kind == "citation":
        return f"{kind}: a document for {title}"
    return title if change.kind in ("added", "revised") else f"{kind}: {title}"


def entry_text(logged: LoggedChange) -> str:
    """Return what else there is to say about an entry, in plain sentences."""
    change, record = logged.change, logged.record
    said = []
    if isinstance(record, Claim):
        said.append(claim_sentence(record))
        if change.event is not None:
            said.append(f"On the event “{change.event.title}”.")
    if logged.document is not None:
        said.append(f"Cited in “{logged.document}”.")
    if change.target_id and change.kind == "merged":
        said.append(f"Merged into {change.target_id}.")
    if record is not None:
        said += [f"{f.name}: {f.before} → {f.after}." for f in field_changes(change)]
    if reason := public_reason(change):
        said.append(f"Reason: {reason}")
    return " ".join(said) or f"{CHANGE_KIND.label(change.kind).capitalize()}."


def _a(record_kind: str) -> str:
    return f"an {record_kind}" if record_kind[0] in "aeiou" else f"a {record_kind}"


def _clean(text: str) -> str:
    """Return text without what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
