"""Documents sent in by editors' scripts: who may, what is answered, once for every key."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from rest_framework.authtoken.models import Token

from claims.api import intake_shapes, shapes
from claims.api.intake import KEYS
from claims.models import Candidate, Claim, Document, KeptAnswer, StoredText
from tests import factories
from tests.api.keys import check_shape

URL = "/api/v1/intake/"
TEXT = "At least 25 people were killed in Ardena, the hospital said.\n\nMore than 100 were wounded."
SENT = {
    "text": TEXT, "title": "Shelling", "publisher": "The Harbour Post",
    "published_on": "2023-03-05", "language": "en", "url": "https://post.example/1",
}  # fmt: skip
Send = Callable[..., Any]


@pytest.fixture
def person(db: None) -> User:
    """A contributor with a token."""
    made = factories.user(role="contributor")
    Token.objects.create(user=made, key="t" * 40)
    return made


@pytest.fixture
def send(person: User, client: Client) -> Send:
    """Send a body with the person's token."""

    def ask(body: Any = None, *, token: str = "t" * 40, **headers: str) -> Any:
        raw = body if isinstance(body, bytes | str) else json.dumps(SENT if body is None else body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named |= {"Authorization": f"Token {token}"} if token else {}
        return client.post(URL, raw, content_type="application/json", headers=named)

    return ask


def test_text_when_sent_then_kept_read_and_answered(send: Send, person: User) -> None:
    answer = send()

    body, stored = answer.json(), StoredText.objects.get()
    check_shape(body, intake_shapes.Arrived)
    assert answer.status_code == 201
    assert answer.headers["Location"] == "http://testserver" + body["text"]["page"]
    assert body["text"]["page"] == reverse("admin:intake_reading", args=[stored.pk])
    assert body["text"]["is_new"] is True
    assert (body["document"]["title"], body["document"]["state"]) == ("Shelling", "draft")
    assert body["document"]["publisher"]["name"] == "The Harbour Post"
    assert [(c["wording"], c["low"], c["best"], c["measure"]) for c in body["candidates"]] == [
        ("At least 25", 25, None, "killed"),
        ("More than 100", 100, None, "injured"),
    ]
    assert body["candidates"][0]["quote"] == TEXT.split("\n", maxsplit=1)[0]
    assert {c["state"] for c in body["candidates"]} == {"open"}
    assert (stored.stored_by, stored.document.published_on) == (person, date(2023, 3, 5))
    assert Claim.objects.count() == 0


def test_page_when_sent_then_it_says_the_rest_itself(send: Send, root: Any) -> None:
    page = (root / "tests/data/pages/en-graph.html").read_text(encoding="utf-8")

    document = send({"html": page, "title": "Mine"}).json()["document"]

    assert (document["title"], document["author"]) == ("Mine", "Ana Lind, Omar Said")
    assert (document["published_on"], document["language"]) == ("2023-03-05", "en")


def test_text_when_sent_again_then_200_and_the_same_document(send: Send) -> None:
    first = send().json()

    answer = send()

    assert answer.status_code == 200
    assert answer.json() == first | {"text": first["text"] | {"is_new": False}}
    assert (Document.objects.count(), Candidate.objects.count()) == (1, 2)


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "x" * 40, "t"])
def test_token_when_missing_or_wrong_then_401_and_nothing_kept(send: Send, token: str) -> None:
    answer = send(token=token)

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Token")
    assert answer.headers["Content-Type"] == "application/problem+json"
    check_shape(answer.json(), shapes.Problem)
    assert StoredText.objects.count() == 0


def test_person_when_not_of_the_desk_any_more_then_refused(send: Send, person: User) -> None:
    person.groups.clear()
    forbidden = send()
    person.is_active = False
    person.save()

    assert (forbidden.status_code, send().status_code) == (403, 401)
    assert "Ask a chief" in forbidden.json()["detail"]
    assert StoredText.objects.count() == 0


def test_person_when_no_longer_let_into_the_desk_then_nor_their_scripts(
    send: Send, person: User
) -> None:
    User.objects.filter(pk=person.pk).update(is_staff=False)

    assert send().status_code == 403
    assert StoredText.objects.count() == 0


def test_login_when_only_a_cookie_speaks_for_it_then_401(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    answer = client.post(URL, json.dumps(SENT), content_type="application/json")

    assert answer.status_code == 401
    assert StoredText.objects.count() == 0


def test_password_when_given_instead_of_a_token_then_401(send: Send) -> None:
    assert send(token="", Authorization="Basic ZWQ6cGFzcw==").status_code == 401


def test_browser_on_another_site_when_it_asks_then_not_told_that_it_may_post(
    client: Client,
) -> None:
    answer = client.options(
        URL,
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization",
        },
    )

    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_method_when_another_one_then_405(client: Client, db: None, method: str) -> None:
    answer = getattr(client, method)(URL)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")


def test_answer_when_given_then_nobody_may_keep_it(send: Send) -> None:
    assert send().headers["Cache-Control"] == "no-store"
    assert send(token="").headers["Cache-Control"] == "no-store"


# --- What is wrong --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        ({"titles": "A", "text": TEXT}, "titles", "Did you mean “title”? Known keys: author,"),
        ({}, "text", "Expected one of “text” and “html”, got neither."),
        ({"text": " ", "html": ""}, "text", "got neither."),
        ({"text": "a", "html": "b"}, "text", "got both."),
        ({"text": 25}, "text", "“text” is a text, got 25."),
        ({"text": ["a"]}, "text", "“text” is a text"),
        ({"text": "a" * 1_000_001}, "text", "has at most 1,000,000 characters, got 1,000,001."),
        ({"text": TEXT, "title": "a" * 501}, "title", "has at most 500 characters"),
        ({"text": TEXT, "published_on": "5.3.2023"}, "published_on", "Expected a date such as"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "url", "begins with https:// or http://"),
        ({"text": TEXT, "address": "http://127.0.0.1/"}, "address", "There is no key “address”"),
        ('{"text": "a", "text": "b"}', "text", "was given more than once"),
        ("[]", "body", "Expected one JSON object, got list."),
        ("nothing", "body", "Expected one JSON object in UTF-8, got none."),
        (b"\xff", "body", "got none."),
        ("[" * 50_000, "body", "got none."),
    ],
)
def test_body_when_wrong_then_400_naming_the_key(
    send: Send, body: Any, name: str, said: str
) -> None:
    answer = send(body)

    assert answer.status_code == 400
    check_shape(answer.json(), shapes.BadParameter)
    assert answer.json()["parameter"] == name
    assert said in answer.json()["detail"]
    assert StoredText.objects.count() == 0


def test_body_when_of_another_type_then_415(person: User, client: Client) -> None:
    answer = client.post(URL, {"text": TEXT}, headers={"Authorization": "Token " + "t" * 40})

    assert answer.status_code == 415
    check_shape(answer.json(), shapes.Problem)


def test_body_when_too_large_then_413(send: Send) -> None:
    assert send(b'{"text": "' + b"a" * 8_000_000 + b'"}').status_code == 413


def test_document_when_withdrawn_then_422_in_words(send: Send) -> None:
    factories.document(title="Gone", url="https://post.example/1", state="withdrawn")

    answer = send()

    assert answer.status_code == 422
    assert "belongs to “Gone”" in answer.json()["detail"]


def test_page_when_without_text_then_422(send: Send) -> None:
    assert send({"html": "<html></html>"}).status_code == 422


def test_parameter_when_in_the_address_then_400(person: User, client: Client) -> None:
    answer = client.post(
        URL + "?text=a", json.dumps(SENT), content_type="application/json",
        headers={"Authorization": "Token " + "t" * 40},
    )  # fmt: skip

    assert (answer.status_code, answer.json()["parameter"]) == (400, "text")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
BODIES = st.one_of(
    st.dictionaries(st.sampled_from([key.name for key in KEYS]) | st.text(max_size=8), ANYTHING),
    ANYTHING,
)


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=BODIES.map(json.dumps) | st.binary(max_size=40), key=st.text(max_size=20))
def test_body_when_anything_then_no_fault(send: Send, body: bytes | str, key: str) -> None:
    cache.clear()
    plain = "".join(c for c in key if c.isascii() and c.isprintable())

    answer = send(body, Idempotency_Key=plain)

    assert answer.status_code in {200, 201, 400, 415, 422}
    assert answer.headers["Cache-Control"] == "no-store"


# --- Once for every key ---------------------------------------------------------------------------


def test_key_when_used_again_with_the_same_body_then_the_same_answer(send: Send) -> None:
    first = send(Idempotency_Key="a-1")
    Document.objects.update(title="Mended since")

    again = send(Idempotency_Key="a-1")

    assert (again.status_code, again.json()) == (201, first.json())
    assert [a.headers["Idempotency-Replayed"] for a in (first, again)] == ["false", "true"]
    assert StoredText.objects.count() == 1


def test_key_when_used_again_with_another_body_then_422(send: Send) -> None:
    send(Idempotency_Key="a-1")

    answer = send({"text": "Another text: 3 were killed."}, Idempotency_Key="a-1")

    assert answer.status_code == 422
    assert answer.json()["parameter"] == "Idempotency-Key"
    assert StoredText.objects.count() == 1


def test_key_when_the_request_was_refused_then_free_again(send: Send) -> None:
    gone = factories.document(url="https://post.example/1", state="withdrawn")
    refused = send(Idempotency_Key="a-1")
    Document.objects.filter(pk=gone.pk).update(url="")

    assert (refused.status_code, send(Idempotency_Key="a-1").status_code) == (422, 201)


def test_key_when_of_another_person_then_a_key_of_its_own(send: Send) -> None:
    Token.objects.create(user=factories.user(role="editor"), key="o" * 40)
    send(Idempotency_Key="a-1")

    other = send({"text": "Another text: 3 were killed."}, token="o" * 40, Idempotency_Key="a-1")

    assert other.status_code == 201
    assert KeptAnswer.objects.count() == 2


def test_key_when_a_day_has_passed_then_forgotten(send: Send) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        send(Idempotency_Key="a-1")

    answer = send({"text": "Another text: 3 were killed."}, Idempotency_Key="a-1")

    assert (answer.status_code, KeptAnswer.objects.count()) == (201, 1)


def test_key_when_too_long_then_400(send: Send) -> None:
    assert send(Idempotency_Key="a" * 256).json()["parameter"] == "Idempotency-Key"


# --- How often, and how many queries --------------------------------------------------------------


def test_documents_when_sent_too_often_then_429(send: Send, settings: Any) -> None:
    rates = {"intake": "2/min", "anon": "600/min"}
    settings.REST_FRAMEWORK = configured.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}
    cache.clear()

    answers = [send() for _ in range(3)]

    cache.clear()
    assert [answer.status_code for answer in answers] == [201, 200, 429]
    assert answers[0].headers["RateLimit-Limit"] == "2"
    check_shape(answers[2].json(), shapes.Problem)


@pytest.mark.parametrize("figures", [1, 3])
def test_known_text_when_sent_then_no_more_queries_for_more_figures(
    send: Send, django_assert_num_queries: Any, figures: int
) -> None:
    said = [f"About {n}7 people were killed there." for n in range(1, figures + 1)]
    body = {"text": " ".join(said)}
    send(body)

    with django_assert_num_queries(12):
        assert len(send(body).json()["candidates"]) == figures
