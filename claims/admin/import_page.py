"""One import at the desk: its progress, the dry run, what writing it did, and undoing it.

Everything that changes something is a button that posts; the page itself only shows where the
import stands. What is refused comes back as a sentence, and nothing was written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from claims.admin import import_shown as shown
from claims.admin.actor import actor
from claims.admin.import_forms import MendedForm, OptionsForm, UndoForm
from claims.admin.selects import is_key
from claims.domain.importing import MOVE_DURING, BatchState
from claims.ingest.desk import batches, tasks
from claims.ingest.desk.refused_rows import refused_csv
from claims.ingest.desk.situation import Situation, situation_of
from claims.ingest.desk.uploads import path_of
from claims.models import ImportBatch
from claims.queries import import_batches as queries
from claims.services import permissions
from claims.services.refusals import Refused

PRESSED = {
    BatchState.COMMITTING: "This import is being written already. Nothing is done twice.",
    BatchState.COMMITTED: "This import was written already. Nothing was done twice.",
}
"""What somebody is told who has an import written that somebody, or they, had written before."""

View = Callable[..., HttpResponse]


def urls(protected: Callable[[View], View]) -> list[URLPattern]:
    """Return the addresses of one import and of what is done with it."""
    pages: list[tuple[str, str, Any]] = [
        ("", "import_batch", require_GET(page_view)),
        ("progress/", "import_progress", never_cache(require_GET(progress_view))),
        ("refused.csv", "import_refused", require_GET(refused_view)),
        ("read/", "import_read", require_POST(read_view)),
        ("options/", "import_options", require_POST(options_view)),
        ("agree/", "import_agree", require_POST(agree_view)),
        ("commit/", "import_commit", require_POST(commit_view)),
        ("here/", "import_here", require_POST(here_view)),
        ("undo/", "import_undo", undo_view),
    ]
    return [
        path(f"imports/<int:key>/{route}", protected(view), name=name)
        for route, name, view in pages
    ]


def check_may(request: HttpRequest) -> None:
    """Raise ``PermissionDenied`` for whoever may not publish."""
    if not permissions.has(actor(request), permissions.PUBLISHING):
        raise PermissionDenied


def page_view(request: HttpRequest, key: int) -> HttpResponse:
    """Show where an import stands."""
    return _page(request, _batch(request, key))


def shown_page(request: HttpRequest, key: int, *, problem: str, status: int) -> HttpResponse:
    """Show where an import stands, with what stood in the way of something done elsewhere."""
    return _page(request, _batch(request, key), problem=problem, status=status)


def progress_view(request: HttpRequest, key: int) -> HttpResponse:
    """Tell how far the work has come, for the script of the page."""
    batch = _batch(request, key)
    return JsonResponse(shown.progress_shown(batch, situation_of(batch)))


def refused_view(request: HttpRequest, key: int) -> StreamingHttpResponse:
    """Send the rows that were refused, to be mended."""
    batch = _batch(request, key)
    file = path_of(batch)
    if file is None:
        raise Http404("The file of this import is not kept here any more.")
    answer = StreamingHttpResponse(refused_csv(batch, file), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-refused.csv"'
    return answer


def read_view(request: HttpRequest, key: int) -> HttpResponse:
    """Read the file again and set it against what is here now."""
    batch = _batch(request, key)
    return _asked(request, batch, "read")


def options_view(request: HttpRequest, key: int) -> HttpResponse:
    """Keep what writing the import should do."""
    batch = _batch(request, key)
    form = OptionsForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, options=form, status=400)
    try:
        _chosen(request, batch, form)
    except Refused as refusal:
        return _page(request, _batch(request, key), problem=str(refusal), status=409)
    return _to(batch, "#write")


def agree_view(request: HttpRequest, key: int) -> HttpResponse:
    """Note that a second person agrees to the figures shown."""
    batch = _batch(request, key)
    try:
        batches.agree_to(batch, by=actor(request), figures=_figures(request))
    except Refused as refusal:
        return _page(request, _batch(request, key), problem=str(refusal), status=409)
    messages.success(request, f"Noted: you agree. {batch.by} can write the import now.")
    return _to(batch)


def commit_view(request: HttpRequest, key: int) -> HttpResponse:
    """Have the import written as it was shown; a second press finds it under way."""
    batch = _batch(request, key)
    if batch.state in PRESSED:
        return _pressed_before(request, batch)
    form = OptionsForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, options=form, status=400)
    try:
        chosen = _chosen(request, batch, form)
        if not chosen.agreed_by_id and batches.why_a_second_person(chosen):
            messages.warning(request, "Your choices are kept. A second person has to agree first.")
            return _to(batch, "#second")
        figures = batches.figures_of(chosen)
        asked = batches.ask(chosen, "commit", by=actor(request), figures=figures)
    except Refused as refusal:
        return _not_written(request, _batch(request, key), str(refusal))
    tasks.start(asked, "commit", by=actor(request))
    return _to(batch)


def here_view(request: HttpRequest, key: int) -> HttpResponse:
    """Do at once, in this request, what no worker takes."""
    batch = _batch(request, key)
    if batch.is_at_work and situation_of(batch).has_no_worker:
        move = MOVE_DURING[BatchState(batch.state)]
        tasks.start_here(batch, move.name, by=actor(request))
    return _to(batch)


def undo_view(request: HttpRequest, key: int) -> HttpResponse:
    """Say what undoing will do, ask why, and have it done."""
    batch = _batch(request, key)
    if request.method == "POST":
        form = UndoForm(request.POST)
        if form.is_valid():
            return _asked(request, batch, "undo", reason=form.cleaned_data["reason"])
        return _undo_page(request, batch, form, status=400)
    if batch.state != BatchState.COMMITTED:
        return _to(batch)
    return _undo_page(request, batch, UndoForm())


def _asked(request: HttpRequest, batch: ImportBatch, move: str, **said: str) -> HttpResponse:
    """Ask for a move and hand it on, or show why not."""
    try:
        asked = batches.ask(batch, move, by=actor(request), **said)
    except Refused as refusal:
        return _page(request, _batch(request, batch.pk), problem=str(refusal), status=409)
    tasks.start(asked, move, by=actor(request))
    return _to(batch)


def _not_written(request: HttpRequest, batch: ImportBatch, problem: str) -> HttpResponse:
    """Show why an import was not written; where another press came first, that it was."""
    if batch.state in PRESSED:
        return _pressed_before(request, batch)
    return _page(request, batch, problem=problem, status=409)


def _pressed_before(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Lead to an import whose button was pressed before, and say that nothing is done twice."""
    messages.info(request, PRESSED[BatchState(batch.state)])
    return _to(batch)


def _chosen(request: HttpRequest, batch: ImportBatch, form: OptionsForm) -> ImportBatch:
    """Keep what writing should do, unless the figures are not those that were shown."""
    return batches.choose_options(
        batch, by=actor(request), figures=_figures(request), **form.cleaned_data
    )


def _batch(request: HttpRequest, key: int) -> ImportBatch:
    check_may(request)
    people = ("by", "agreed_by", "reviewed_by", "undone_by")
    return get_object_or_404(ImportBatch.objects.select_related(*people), pk=key)


def _figures(request: HttpRequest) -> str:
    return request.POST.get("figures", "")


def _to(batch: ImportBatch, place: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:import_batch", args=[batch.pk]) + place)


def _page(
    request: HttpRequest,
    batch: ImportBatch,
    *,
    options: OptionsForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    situation = situation_of(batch)
    context = {
        **_facts(request, batch),
        "situation": situation,
        "problem": problem or ("" if situation.is_at_work else batch.problem),
        "progress": shown.progress_shown(batch, situation),
        **(_outcome(request, batch, options) if not batch.is_at_work else {}),
    }
    return TemplateResponse(request, _template(batch, situation), context, status=status)


def _template(batch: ImportBatch, situation: Situation) -> str:
    name = batch.state if not batch.is_at_work else "at_work"
    if situation.has_stopped or batch.state == BatchState.WAITING:
        name = BatchState.FAILED
    if name == BatchState.UNDONE:
        name = BatchState.COMMITTED
    return f"admin/imports/{name}.html"


def _facts(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "title": f"Import {batch.pk}: {batch.file_name}",
        "batch": batch,
        "size": shown.size_shown(batch.file_size),
        "file_is_kept": path_of(batch) is not None,
        "already": queries.imported_already(batch.sha256, but=batch) if batch.sha256 else None,
    }


def _outcome(
    request: HttpRequest, batch: ImportBatch, options: OptionsForm | None
) -> dict[str, Any]:
    """Return what the file would do, or did, and what the person may do about it."""
    number = request.GET.get("page", "")
    is_planned = batch.state == BatchState.PLANNED
    initial = {n: getattr(batch, n) for n in ("publish", "waiver_reason", "withdraw_gone")}
    is_open = is_planned and not batch.refused_count
    reasons = batches.why_a_second_person(batch) if is_open else []
    return {
        "fates": shown.fates_shown(batch),
        "kinds": shown.kind_lines(batch),
        "samples": shown.samples(batch),
        "new_or_changed": sum(shown.total(batch, fate) for fate in ("new", "changed")),
        "gone": shown.total(batch, "gone"),
        "passed_over": sorted(batch.passed_over.items(), key=lambda item: (-item[1], item[0])),
        "refusals": queries.refusals(batch, int(number) if is_key(number) else 1),
        "mended": MendedForm(),
        "options": options or OptionsForm(initial=initial),
        "figures": batches.figures_of(batch),
        "reasons": reasons,
        "can_write": batch.agreed_by_id != actor(request).pk
        and (batch.agreed_by_id is not None or not reasons),
        "address": request.build_absolute_uri(reverse("admin:import_batch", args=[batch.pk])),
        "is_mine": batch.by_id == actor(request).pk,
    }


def _undo_page(
    request: HttpRequest, batch: ImportBatch, form: UndoForm, *, status: int = 200
) -> HttpResponse:
    context = {
        **_facts(request, batch),
        "title": f"Undo import {batch.pk}: {batch.file_name}",
        "form": form,
        "added": [(shown.counted_kind(k, n), n) for k, n in queries.added_by(batch).items() if n],
        "changed": batch.edits.count(),
    }
    return TemplateResponse(request, "admin/imports/undo.html", context, status=status)
