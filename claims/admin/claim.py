"""Claims at the desk: who said which number, entered by its wording, with the documents inline."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from claims.admin import claim_moves
from claims.admin.actor import actor
from claims.admin.citation import CitationInline, entered, save_citations
from claims.admin.desk import DeskAdmin, take_over
from claims.admin.fields import PartialDateField
from claims.admin.filters import CountryOfEventFilter, dated, related
from claims.admin.forms import ReasonedForm
from claims.admin.merging import Merge, counted
from claims.admin.moves import OpenMove
from claims.admin.read_figures import read_figures
from claims.admin.readings import read_back, reading_of, reading_view
from claims.admin.searching import claims_found
from claims.admin.selects import is_key
from claims.admin.versions import Conflict
from claims.models import Claim
from claims.services import claims, reviews
from claims.services.claims import CARRIED_BY_A_REVISION

CORRECTING = "correct"
NUMBERS = frozenset({"qualifier", "low", "best", "high"})


class ClaimForm(ReasonedForm):
    """A claim; a wording alone is enough for its numbers, which the service fills in."""

    partial_dates = ("claimed_on",)

    claimed_on = PartialDateField(label="Claimed on")

    class Meta:
        model = Claim
        fields = (
            "event",
            "claimant",
            "wording",
            "measure",
            "victims",
            "victims_wording",
            "victims_party",
            "count_basis",
            "claimed_on",
            "as_of",
            "revises",
            "qualifier",
            "low",
            "best",
            "high",
            "interval",
            "disordered",
            "mismatch_reason",
            "period_start",
            "period_end",
            "area",
            "credibility",
            "note",
        )
        widgets = {
            "wording": forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
            "victims_wording": forms.TextInput(attrs={"class": "vTextField"}),
            "mismatch_reason": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "note": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }
        labels = {"note": "Note for editors"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "qualifier" in self.fields:
            self.fields["qualifier"].required = False
        if any(conflict.name == "wording" for conflict in self.conflicts):
            self.conflicts = self._without_numbers_that_follow()

    def _without_numbers_that_follow(self) -> list[Conflict]:
        """Leave numbers to the wording that is chosen, unless other ones were typed."""
        are_left = not any(self.typed.get(self.add_prefix(name)) for name in NUMBERS)
        if are_left:
            merged = cast("QueryDict", self.data)
            for name in NUMBERS:
                merged.pop(self.add_prefix(name), None)
        return [c for c in self.conflicts if c.name not in NUMBERS or (c.radio and not are_left)]

    @property
    def changes(self) -> dict[str, Any]:
        """The changed columns; numbers all taken out are asked of the wording again."""
        found = super().changes
        if not NUMBERS & found.keys() or any(self.cleaned_data[n] for n in NUMBERS):
            return found
        if any(self.cleaned_data[n] == 0 for n in ("low", "best", "high")):
            return found
        kept = {name: value for name, value in found.items() if name not in NUMBERS}
        return kept | {"wording": self.cleaned_data["wording"]}

    def _show_at(self, name: str, text: str) -> None:
        """Where nobody can read the wording by table, open the place to say what it means."""
        super()._show_at(name, text)
        if name == "wording":
            super()._show_at("qualifier", "Enter here what the wording says, and why below.")


@admin.register(Claim)
class ClaimAdmin(DeskAdmin):
    """The claims: how many, of whom, who says so, about which event, since when."""

    form = ClaimForm
    inlines = (CitationInline,)
    found = staticmethod(claims_found)
    moves = claim_moves.MOVES
    merge = Merge(
        claims.merge_claims,
        lambda claim: [
            *counted(claim.citations.exclude(state="withdrawn").count(), "citation", "citations"),
            *counted(claim.revisions.count(), "revision of it", "revisions of it"),
        ],
        lambda claim: {"event": claim.event_id, "claimant": claim.claimant_id},
    )
    shown_as = {"claimed_on": "claimed_shown"}

    list_display = (
        "figure_shown",
        "counted_shown",
        "claimant",
        "event",
        "claimed_shown",
        "state_shown",
    )
    list_display_links = ("figure_shown",)
    list_select_related = ("event", "claimant", "victims_party")
    list_filter = (
        "state",
        related("event", "event"),
        related("claimant", "claimant"),
        "measure",
        CountryOfEventFilter,
        dated("claimed_on", "date of the claim"),
    )
    search_fields = ("wording",)
    search_help_text = "Words of the event or the claimant, in any script, or a claim’s id."
    ordering = ("-id",)
    autocomplete_fields = ("event", "claimant", "victims_party", "revises")
    readonly_fields = ("reading_shown",)
    fieldsets = (
        (None, {"fields": ("event", "claimant", "wording", "reading_shown")}),
        (
            "Whom and what it counts",
            {
                "fields": (
                    ("measure", "count_basis"),
                    ("victims", "victims_party"),
                    "victims_wording",
                )
            },
        ),
        ("When it was said", {"fields": (("claimed_on", "as_of"), "revises")}),
        (
            "Numbers, where the wording does not say them",
            {
                "classes": ("collapse",),
                "description": "Left empty, they are filled in from the wording.",
                "fields": (
                    ("qualifier", "low", "best", "high"),
                    "mismatch_reason",
                    ("interval", "disordered"),
                ),
            },
        ),
        (
            "Only where the figure covers less than the event",
            {"classes": ("collapse",), "fields": (("period_start", "period_end"), "area")},
        ),
        ("For editors", {"fields": ("credibility", "note", "reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return claims with what names them."""
        return super().get_queryset(request).select_related("event", "claimant", "victims_party")

    def get_urls(self) -> list[URLPattern]:
        """Add the reading of a wording, asked while it is typed."""
        view = self.admin_site.admin_view(reading_view)
        return [path("reading/", view, name="claims_claim_reading"), *super().get_urls()]

    # --- Who may edit which ----------------------------------------------------------------------
    def is_open_to_edits(self, request: HttpRequest, obj: Any) -> bool:
        """A published claim is only shown, unless the page was opened to correct it."""
        if obj.state == "published":
            return CORRECTING in request.GET and self.may_edit_now(request, obj)
        return super().is_open_to_edits(request, obj)

    def may_edit_now(self, request: HttpRequest, obj: Any) -> bool:
        """Tell whether the person may edit a claim, or correct it where it is published."""
        if obj.state == "published":
            return reviews.can_move(CORRECTING, obj, by=actor(request))
        return super().is_open_to_edits(request, obj)

    def page_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """Say where the page corrects a published claim, and what a machine read of it."""
        context = super().page_context(request, object_id)
        key = object_id or ""
        return context | {
            "is_correction": bool(object_id) and CORRECTING in request.GET,
            "read_figures": read_figures(int(key)) if is_key(key) else [],
        }

    def open_moves(self, request: HttpRequest, record: Any) -> list[OpenMove]:
        """Return the moves of the review, and the two ways on from a published claim."""
        found = super().open_moves(request, record)
        if record.state == "published" and self.may_edit_now(request, record):
            page = reverse(self.name_of("change"), args=[record.pk])
            found.insert(0, OpenMove("Correct a mistake of ours", f"{page}?{CORRECTING}=1"))
        if record.state not in ("withdrawn", "rejected"):
            page = reverse(self.name_of("add"))
            found.insert(
                0, OpenMove("The claimant has a new figure", f"{page}?revises={record.pk}")
            )
        return found

    # --- Forms -----------------------------------------------------------------------------------
    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill a new claim from the address, and a revision from the claim it revises."""
        given: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        earlier = self._claim(given.get("revises"))
        if earlier is None:
            return given
        return {**model_to_dict(earlier, CARRIED_BY_A_REVISION), **given}

    def _claim(self, key: Any) -> Claim | None:
        text = str(key or "")
        return Claim.objects.filter(pk=int(text)).first() if is_key(text) else None

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Cite the document that the address names, with a claim that is still to be written."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        document = request.GET.get("document", "")
        if request.method != "POST" and not obj.pk and is_key(document):
            kwargs["initial"] = [{"document": document}]
        return kwargs

    # --- Saving ----------------------------------------------------------------------------------
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Edit or correct a claim; a new one is saved together with its citations."""
        if change:
            super().save_model(request, obj, form, change)

    def edit(self, request: HttpRequest, obj: Any, form: Any) -> Model:
        """Edit what is not public, correct what is."""
        service = claims.correct_claim if obj.state == "published" else claims.edit_claim
        return service(
            obj,
            by=actor(request),
            changes=form.changes,
            reason=form.why,
            expected_version=form.cleaned_data["expected_version"],
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Draft a new claim with its citations, or save the citations of an old one."""
        (formset,) = formsets
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        if change:
            save_citations(request, form.instance, formset, reason=form.why)
        else:
            take_over(form.instance, self._draft(request, form, entered(formset)))

    def _draft(self, request: HttpRequest, form: Any, citations: list[dict[str, Any]]) -> Claim:
        columns = form.columns
        earlier = columns.pop("revises")
        if earlier is None:
            return claims.draft_claim(by=actor(request), citations=citations, **columns)
        return claims.revise_claim(earlier, by=actor(request), changes=columns, citations=citations)

    # --- Afterwards ------------------------------------------------------------------------------
    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Read the figure back; go on to the next claim of the document, or ask for review."""
        self._read_back(request, obj)
        if "_review" in request.POST:
            return HttpResponseRedirect(self._move_url("submit", obj))
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST and isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(f"{reverse(self.name_of('add'))}?{_same_page(obj)}")
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Read the figure back; ask for review where that was the button."""
        self._read_back(request, obj)
        if "_review" in request.POST and obj.state == "draft":
            return HttpResponseRedirect(self._move_url("submit", obj))
        if obj.state == "submitted" and CORRECTING in request.GET:
            self.tell(
                request,
                "The correction changes what a review looks at: the claim is not public until "
                "somebody else has reviewed it.",
            )
        return super().response_change(request, obj)

    def _move_url(self, name: str, claim: Claim) -> str:
        return self.move_url(next(m for m in self.moves if m.name == name), [claim.pk])

    def _read_back(self, request: HttpRequest, claim: Claim) -> None:
        self.tell(request, f"Read as {claim.figure_words}: {read_back(claim.figure)}.")

    # --- Shown -----------------------------------------------------------------------------------
    @admin.display(description="Figure")
    def figure_shown(self, claim: Claim) -> str:
        """Return the figure as worded."""
        return claim.figure_words or "number not known"

    @admin.display(description="Counts")
    def counted_shown(self, claim: Claim) -> str:
        """Return whom it counts and what happened to them."""
        party = f" of {claim.victims_party}" if claim.victims_party else ""
        return f"{claim.get_victims_display()}{party}: {claim.get_measure_display()}"

    @admin.display(description="Claimed on")
    def claimed_shown(self, claim: Claim) -> str:
        """Return the date as far as it is known."""
        return claim.claimed.label() if claim.claimed else ""

    @admin.display(description="Read as")
    def reading_shown(self, claim: Claim) -> str:
        """Return what the wording says on both readings, brought up to date while typing."""
        said = reading_of(claim.wording)["sentence"] if claim.wording else "No wording yet."
        return format_html(
            '<output id="reading" for="id_wording" data-url="{}">{}</output>',
            reverse("admin:claims_claim_reading"),
            said,
        )

    @staticmethod
    def choice_label(record: Any) -> str:
        """Return figure, date and state beside the claimant."""
        claimed = f", {record.claimed.label()}" if record.claimed else ""
        return f"{record}{claimed} ({record.get_state_display()})"


def _same_page(claim: Claim) -> str:
    """Return the query that starts another claim from the same document on the same event."""
    cited = claim.citations.order_by("pk").values_list("document", flat=True).first()
    known = {"event": claim.event_id, "document": cited}
    return urlencode({name: value for name, value in known.items() if value})
