"""People of the desk."""

from django.contrib.auth.models import Group, User

from tests.factories.numbers import next_number


def user(*, role: str = "editor", username: str = "", **fields: object) -> User:
    """Return a member of staff in the group of a role: contributor, editor or chief.

    ``role=""`` is somebody without a group, ``role="superuser"`` somebody with every right.
    """
    made = User.objects.create_user(
        username or f"{role or 'nobody'}-{next_number()}",
        password="a long enough password",
        is_staff=True,
        is_superuser=role == "superuser",
        **fields,
    )
    if role not in ("", "superuser"):
        made.groups.add(Group.objects.get(name=role))
    return made


def author() -> User:
    """Return the one who writes what tests do not say who wrote."""
    return User.objects.filter(username="author").first() or user(username="author")


def reviewer() -> User:
    """Return the one who reviews what tests do not say who reviewed."""
    return User.objects.filter(username="reviewer").first() or user(username="reviewer")
