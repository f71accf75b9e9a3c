"""The two users that imports act as where no person is named; nobody can log in as them."""

from __future__ import annotations

from django.contrib.auth.models import User


def import_user() -> User:
    """Return the user "import", made when first needed."""
    return _system_user("import", "Import")


def review_user() -> User:
    """Return the user "import-review", made when first needed."""
    return _system_user("import-review", "Review of imports")


def _system_user(username: str, name: str) -> User:
    user, is_new = User.objects.get_or_create(
        username=username, defaults={"is_active": False, "first_name": name}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
