"""The groups that the migrations make, and what each may do."""

import pytest
from django.contrib.auth.models import Group

from claims.domain.review import PERMISSIONS_OF, Role

pytestmark = pytest.mark.django_db

DESK = {"submit_claim", "publish_claim", "withdraw_claim", "merge_records", "manage_vocabulary"}


def codenames(role: str) -> set[str]:
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


@pytest.mark.parametrize("role", list(Role))
def test_group_has_the_desks_permissions_of_its_role(role: Role) -> None:
    assert codenames(role) & DESK == PERMISSIONS_OF[role]


@pytest.mark.parametrize("role", list(Role))
def test_nobody_may_delete(role: Role) -> None:
    assert [name for name in codenames(role) if name.startswith("delete_")] == []


def test_each_role_may_all_that_the_one_before_may() -> None:
    contributor, editor, chief = (codenames(role) for role in Role)

    assert contributor < editor < chief
    assert {"add_user", "change_user", "add_party", "change_party"} <= chief - editor
    assert {"add_claim", "change_claim", "view_party", "view_change"} <= contributor
