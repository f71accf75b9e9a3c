"""What the admin of every record has in common.

Who may look and touch follows from the roles of the desk, as the services hold them. Saving is a
service call; what the service refuses is shown in the form, with everything typed still there.
Nothing is deleted: records are withdrawn or made one with another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from claims.admin import histories, merging
from claims.admin.actor import actor
from claims.admin.forms import DeskForm, RefusedSave, remember_refusal, with_refusal
from claims.admin.ground import DeskGround
from claims.admin.lists import BoundedPaginator
from claims.admin.moves import DeskMove, OpenMove, action, move_page
from claims.admin.selects import RecordSelect, RecordSelectMultiple
from claims.services import permissions
from claims.services.refusals import NotAllowed, Refused


class DeskAdmin(DeskGround):
    """The admin of one kind of record, acting only through services.

    Subclasses name ``found`` (the search), ``moves`` (what may be done beside editing) and
    implement ``create`` and ``edit``, each one service call that returns the saved record.
    """

    form: type[DeskForm] = DeskForm
    found: ClassVar[staticmethod[[str], Q]]
    moves: ClassVar[tuple[DeskMove, ...]] = ()
    merge: ClassVar[merging.Merge | None] = None
    shown_as: ClassVar[dict[str, str]] = {}
    """For pages that only show: the methods that say a column in words, by column."""

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    sortable_by: ClassVar[tuple[str, ...]] = ()
    save_on_top = False

    # --- Who may ---------------------------------------------------------------------------------
    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever has a role at the desk sees it."""
        return permissions.has(actor(request), permissions.DRAFTING)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever has a role at the desk sees every record."""
        return permissions.has(actor(request), permissions.DRAFTING)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever has a role at the desk drafts."""
        return permissions.has(actor(request), permissions.DRAFTING)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say whether the services would let this person edit the record as it stands."""
        if obj is None:
            return permissions.has(actor(request), permissions.DRAFTING)
        return self.is_open_to_edits(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False

    # --- Finding ---------------------------------------------------------------------------------
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Narrow to what has every word; never joins, so nothing comes twice."""
        term = search_term.strip()
        return (queryset.filter(type(self).found(term)) if term else queryset), False

    @staticmethod
    def choice_label(record: Any) -> str:
        """Return what a list of choices shows of a record."""
        return str(record)

    # --- Forms -----------------------------------------------------------------------------------
    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Return the form, knowing what a service refused a moment ago."""
        return with_refusal(super().get_form(request, obj, change, **kwargs), request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose a record by typing."""
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", RecordSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choose several records by typing."""
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", RecordSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the groups of fields; a page that only shows says columns in words."""
        groups = super().get_fieldsets(request, obj)
        if obj is None:
            return [_without(group, {"reason"}) for group in groups]
        if self.has_change_permission(request, obj):
            return groups
        return [_without(_renamed(group, self.shown_as), {"reason"}) for group in groups]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save a record; what was refused is shown in the form, and nothing was saved.

        The transaction of the first try has been rolled back when the form is shown again.
        """
        context = {**self.page_context(request, object_id), **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except Refused as refusal:
            if not hasattr(request, "desk_refused_save"):
                remember_refusal(request, RefusedSave(refusal))
            return super().changeform_view(request, object_id, form_url, context)

    def page_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """Return what the page of a record shows beside its form."""
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None:
            return {}
        can_merge = self.can_merge(request, record)
        return {
            "open_moves": self.open_moves(request, record),
            "merge_url": reverse(self.name_of("merge"), args=[record.pk]) if can_merge else "",
            "history_url": reverse(self.name_of("history"), args=[record.pk]),
            "public_url": self.get_view_on_site_url(record),
        }

    # --- Saving ----------------------------------------------------------------------------------
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save by one service call and take over what it saved."""
        saved = self.edit(request, obj, form) if change else self.create(request, form)
        take_over(obj, saved)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Leave relations to the service, which saved them with the record."""

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Refuse: nothing is deleted."""
        raise NotAllowed("Nothing is deleted here; withdraw it instead.")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Refuse: nothing is deleted."""
        raise NotAllowed("Nothing is deleted here; withdraw it instead.")

    def create(self, request: HttpRequest, form: Any) -> Model:
        """Make the record by one service call."""
        raise NotImplementedError

    def edit(self, request: HttpRequest, obj: Any, form: Any) -> Model:
        """Change the record by one service call."""
        raise NotImplementedError

    # --- Moves, history, merging -----------------------------------------------------------------
    def open_moves(self, request: HttpRequest, record: Any) -> list[OpenMove]:
        """Return what the person may do with the record now, with addresses."""
        return [
            OpenMove(move.label, self.move_url(move, [record.pk]))
            for move in self.moves
            if move.is_open(record, actor(request))
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the moves the person's role includes, for the records ticked in the list."""
        return {
            move.name: (action(move), move.name, move.label)
            for move in self.moves
            if move.in_lists and permissions.has(actor(request), move.permission)
        }

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses of Django's pages and of the desk's."""
        pages: list[tuple[str, str, Callable[..., HttpResponse]]] = [
            ("move/<str:name>/", "move", self.move_view),
            ("<int:key>/merge/", "merge", self.merge_view),
            ("<int:key>/revert/<int:history_id>/", "revert", self.revert_view),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), name=self.name_of(name).split(":")[1])
            for route, name, view in pages
        ]
        return [*own, *super().get_urls()]

    def move_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Ask for a reason and make a move; see ``moves``."""
        return move_page(self, request, name)

    def merge_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show what moves and make two records one; see ``merging``."""
        return merging.merge_page(self, request, key)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what changed, who did it and why; see ``histories``."""
        return histories.history_page(self, request, object_id)

    def revert_view(self, request: HttpRequest, key: int, history_id: int) -> HttpResponse:
        """Go back to an earlier version by the service; see ``histories``."""
        return histories.revert_page(self, request, key, history_id)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the public address of what is public."""
        return obj.get_absolute_url() if obj is not None and obj.state == "published" else None

    # --- Shown in lists --------------------------------------------------------------------------
    @admin.display(description="State")
    def state_shown(self, record: Any) -> str:
        """Return the state as a small mark."""
        return format_html(
            '<span class="state state-{}">{}</span>', record.state, record.get_state_display()
        )

    def tell(self, request: HttpRequest, text: str, level: int = messages.INFO) -> None:
        """Show a sentence on the next page."""
        messages.add_message(request, level, text)


def take_over(obj: Model, saved: Model) -> None:
    """Make Django's copy of a record the one that the service saved."""
    obj.__dict__.update(saved.__dict__)


def _renamed(group: Any, names: dict[str, str]) -> Any:
    return _mapped(group, lambda name: names.get(name, name))


def _without(group: Any, names: set[str]) -> Any:
    return _mapped(group, lambda name: None if name in names else name)


def _mapped(group: Any, to: Callable[[str], str | None]) -> Any:
    """Return a group of fields with names mapped, those mapped to nothing left out."""
    title, options = group
    rows: list[Any] = []
    for row in options["fields"]:
        if isinstance(row, list | tuple):
            kept = tuple(new for name in row if (new := to(name)))
            rows += [kept] if kept else []
        elif new := to(row):
            rows.append(new)
    return title, {**options, "fields": rows}
