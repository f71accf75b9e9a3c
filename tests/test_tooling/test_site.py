"""What holds for every address: health, login, headers, errors."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

LOGIN = "/admin/login/"


@pytest.fixture
def editor(db: None) -> Any:
    """An editor who can log in."""
    return get_user_model().objects.create_user(
        "mary", email="mary@example.org", password="correct horse", is_staff=True
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "body"), [("/livez", b"alive\n"), ("/readyz", b"ready\n")])
def test_health_when_all_is_well_then_200_and_never_kept(
    client: Client, path: str, body: bytes
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.content) == (200, body)
    assert "no-store" in answer.headers["Cache-Control"]


def test_livez_asks_the_database_nothing(client: Client) -> None:
    # No database mark: pytest-django makes any query fail here.
    assert client.get("/livez").status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/no-such-page", LOGIN])
def test_policy_when_any_page_is_answered_then_nothing_unsafe_is_allowed(
    client: Client, editor: Any, path: str
) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]

    assert dict(part.strip().split(" ", 1) for part in policy.split(";")) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_cross_origin_when_page_is_not_the_api_then_not_allowed(client: Client) -> None:
    answer = client.get("/livez", headers={"Origin": "https://other.example"})

    assert "Access-Control-Allow-Origin" not in answer.headers


def test_cross_origin_when_api_is_asked_then_reading_is_allowed_without_cookies(
    client: Client,
) -> None:
    asked = client.options(
        "/api/v1/events/",
        headers={"Origin": "https://other.example", "Access-Control-Request-Method": "GET"},
    )

    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in asked.headers


def test_favicon_when_asked_for_by_its_old_name_then_sent_to_the_icon(client: Client) -> None:
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/static/favicon.svg")


def test_login_when_ten_passwords_were_wrong_then_the_right_one_waits(
    client: Client, editor: Any, settings: Any
) -> None:
    settings.AXES_ENABLED = True
    wrong = {"username": "mary", "password": "wrong"}

    statuses = [client.post(LOGIN, wrong).status_code for _ in range(10)]
    locked = client.post(LOGIN, {"username": "mary", "password": "correct horse"})

    assert statuses == [200] * 9 + [429]
    assert locked.status_code == 429


def test_password_when_forgotten_then_mail_lets_choose_a_new_one(
    client: Client, editor: Any
) -> None:
    assert b"/admin/password_reset/" in client.get(LOGIN).content

    client.post("/admin/password_reset/", {"email": "mary@example.org"})
    link = next(line for line in mail.outbox[0].body.splitlines() if "/admin/reset/" in line)
    form = client.get(link.split("testserver", 1)[1], follow=True)
    new = {"new_password1": "battery staple 9", "new_password2": "battery staple 9"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)

    assert done.status_code == 200
    assert client.login(username="mary", password="battery staple 9") is True


def test_password_when_logged_in_then_can_be_changed(client: Client, editor: Any) -> None:
    client.force_login(editor)

    done = client.post(
        "/admin/password_change/",
        {
            "old_password": "correct horse",
            "new_password1": "battery staple 9",
            "new_password2": "battery staple 9",
        },
    )

    assert done.headers["Location"] == "/admin/password_change/done/"
