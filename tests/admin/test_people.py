"""Who keeps the people of the desk, and who changes which password."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

ADD = "admin:auth_user_add"
PERSON = {
    "username": "newcomer",
    "first_name": "New",
    "last_name": "Comer",
    "email": "",
    "password1": "seven green hills 7",
    "password2": "seven green hills 7",
    "role": "editor",
}


def change(person):
    return reverse("admin:auth_user_change", args=[person.pk])


def test_chief_when_adding_an_editor_then_they_can_log_in_to_the_desk(desk):
    answer = desk("chief").post(reverse(ADD), PERSON)

    newcomer = User.objects.get(username="newcomer")
    client = Client()
    assert answer.status_code == 302
    assert client.login(username="newcomer", password="seven green hills 7")
    assert client.get(reverse("admin:waiting")).status_code == 200
    assert [g.name for g in newcomer.groups.all()] == ["editor"]
    assert newcomer.is_superuser is False


@pytest.mark.parametrize("extra", [{"is_superuser": "on"}, {"user_permissions": ["1"]}])
def test_chief_when_asking_for_more_rights_than_a_role_then_ignored(desk, extra):
    desk("chief").post(reverse(ADD), PERSON | extra)
    newcomer = User.objects.get(username="newcomer")
    answer = desk("chief").post(
        change(newcomer), {"username": "newcomer", "role": "editor", "is_active": "on", **extra}
    )

    newcomer.refresh_from_db()
    assert answer.status_code == 302
    assert (newcomer.is_superuser, newcomer.user_permissions.count()) == (False, 0)


def test_chief_when_role_is_none_of_the_three_then_refused(desk):
    answer = desk("chief").post(reverse(ADD), PERSON | {"role": "owner"})

    assert answer.status_code == 200
    assert not User.objects.filter(username="newcomer").exists()


def test_chief_when_changing_a_role_then_only_that_one_is_held(desk):
    person = factories.user(role="contributor")

    desk("chief").post(
        change(person), {"username": person.username, "role": "chief", "is_active": "on"}
    )

    assert [g.name for g in person.groups.all()] == ["chief"]


def test_chief_when_somebody_leaves_then_made_inactive_not_deleted(desk):
    person = factories.user(role="editor")
    client = desk("chief")

    client.post(change(person), {"username": person.username, "role": "editor"})
    deleting = client.post(reverse("admin:auth_user_delete", args=[person.pk]), {"post": "yes"})

    person.refresh_from_db()
    assert (person.is_active, deleting.status_code) == (False, 403)


@pytest.mark.parametrize("page", ["change", "password"])
def test_chief_when_opening_a_superuser_then_forbidden(desk, page):
    root = factories.user(role="superuser")
    url = (
        change(root)
        if page == "change"
        else reverse("admin:auth_user_password_change", args=[root.pk])
    )

    assert desk("chief").post(url, {"username": "mine"}).status_code == 403


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_people_when_not_a_chief_then_forbidden(desk, role):
    person = factories.user()
    client = desk(role)

    for url in (reverse(ADD), reverse("admin:auth_user_changelist"), change(person)):
        assert client.get(url).status_code == 403


def test_superuser_when_changing_themselves_then_keeps_their_rights(desk):
    root = factories.user(role="superuser")

    answer = desk(root).post(
        change(root), {"username": root.username, "first_name": "Rita", "is_active": "on"}
    )

    root.refresh_from_db()
    assert (answer.status_code, root.first_name, root.is_superuser) == (302, "Rita", True)


def test_groups_when_looked_for_then_not_editable_at_the_desk(desk):
    assert desk("superuser").get("/admin/auth/group/").status_code == 404


@pytest.mark.parametrize("role", ["contributor", "editor", "chief"])
def test_password_when_changed_by_oneself_then_the_new_one_counts(desk, role):
    person = factories.user(role=role)

    desk(person).post(
        reverse("admin:password_change"),
        {
            "old_password": "a long enough password",
            "new_password1": "seven green hills 7",
            "new_password2": "seven green hills 7",
        },
    )

    assert Client().login(username=person.username, password="seven green hills 7")


def test_login_when_guessed_too_often_then_told_what_to_do(settings, client):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 2
    factories.user(username="mary")
    wrong = {"username": "mary", "password": "wrong"}

    answers = [client.post(reverse("admin:login"), wrong) for _ in range(3)]

    assert answers[-1].status_code == 429
    assert "Wait a quarter of an hour" in answers[-1].text


def test_desk_when_logged_out_then_asks_to_log_in(client):
    for name in ("admin:index", "admin:waiting", "admin:imports", "admin:claims_claim_add"):
        answer = client.get(reverse(name))
        assert answer.url.startswith(reverse("admin:login"))
