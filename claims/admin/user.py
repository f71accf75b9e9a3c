"""People at the desk: chiefs add editors and give them a role; everybody changes their password.

A role is one of the three groups. Nobody makes a superuser here, and only superusers touch one.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.actor import actor
from claims.domain.review import Role
from claims.services import permissions

ROLES = {
    Role.CONTRIBUTOR: "Contributor: drafts claims and asks for review",
    Role.EDITOR: "Editor: also reviews and publishes what others drafted",
    Role.CHIEF: "Chief: also withdraws, merges, keeps parties and adds editors",
}

admin.site.unregister(User)
admin.site.unregister(Group)


class RoleMixin(forms.ModelForm):
    """A form over a person with a choice of one role."""

    role = forms.ChoiceField(
        choices=[(str(role), label) for role, label in ROLES.items()],
        widget=forms.RadioSelect,
        initial=str(Role.CONTRIBUTOR),
    )

    def _save_m2m(self) -> None:
        """Give the person the role and no other group."""
        super()._save_m2m()
        if role := self.cleaned_data.get("role"):
            self.instance.groups.set(Group.objects.filter(name=role))


class NewPersonForm(RoleMixin, UserCreationForm):
    """A new person with name, role and a first password."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email")

    def save(self, commit: bool = True) -> User:
        """Let the person in at the desk's door."""
        self.instance.is_staff = True
        return super().save(commit)


class PersonForm(RoleMixin, UserChangeForm):
    """A person and their role."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "is_active", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].required = not self.instance.is_superuser
            held = self.instance.groups.values_list("name", flat=True)
            self.fields["role"].initial = next((r for r in reversed(list(ROLES)) if r in held), "")


@admin.register(User)
class UserAdmin(auth_admin.UserAdmin):
    """The people of the desk, kept by chiefs."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ("username", "first_name", "last_name", "email", "roles_shown", "is_active")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    filter_horizontal = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Who", {"fields": ("first_name", "last_name", "email")}),
        (
            "What they may do",
            {
                "fields": ("role", "is_active"),
                "description": "People are never deleted, since the history names them; "
                "whoever leaves is made inactive.",
            },
        ),
        ("When", {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("username", "password1", "password2"),
                "description": "Give them the first password in person; they change it under "
                "“Change password” at the top of every page.",
            },
        ),
        ("Who", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("role",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return people with their roles."""
        return super().get_queryset(request).prefetch_related("groups")

    def _is_chief(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not actor(request).is_superuser:
            return False
        return permissions.has(actor(request), permissions.VOCABULARY)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Chiefs keep the list of people."""
        return self._is_chief(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Chiefs see people, but not superusers."""
        return self._is_chief(request, obj)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Chiefs add people."""
        return self._is_chief(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is deleted: the history names them."""
        return False

    @admin.display(description="Role")
    def roles_shown(self, person: User) -> str:
        """Return the role, or what else the person is."""
        named = [group.name for group in person.groups.all()]
        return ", ".join(["superuser"] * person.is_superuser + named) or "none"
