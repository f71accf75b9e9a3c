"""The token of an editor's scripts at the desk."""

import pytest
from django.urls import reverse
from rest_framework.authtoken.models import Token

from tests import factories

pytestmark = pytest.mark.django_db

URL = "admin:intake_token"


def test_token_when_made_then_shown_this_once(desk):
    person = factories.user(role="contributor")
    client = desk(person)

    made = client.post(reverse(URL), {"make": "1"})

    key = Token.objects.get(user=person).key
    assert key in made.text
    assert key not in client.get(reverse(URL)).text
    assert "no-store" in made.headers["Cache-Control"]


def test_token_when_made_anew_then_the_old_one_is_gone(desk):
    person = factories.user(role="contributor")
    client = desk(person)
    client.post(reverse(URL), {"make": "1"})
    old = Token.objects.get(user=person).key

    client.post(reverse(URL), {"make": "1"})

    assert Token.objects.get(user=person).key != old


def test_token_when_taken_back_then_none_is_left_of_this_person(desk):
    person, other = factories.user(role="contributor"), factories.user(role="editor")
    Token.objects.create(user=person)
    kept = Token.objects.create(user=other)

    answer = desk(person).post(reverse(URL), {"take-back": "1"})

    assert answer.status_code == 302
    assert list(Token.objects.all()) == [kept]


def test_page_when_person_has_no_role_then_forbidden(desk):
    assert desk(factories.user(role="")).post(reverse(URL), {"make": "1"}).status_code == 403
    assert Token.objects.count() == 0
