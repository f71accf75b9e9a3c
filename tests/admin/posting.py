"""Filling in the desk's forms as a browser does: what the page shows, with some of it changed."""

from typing import Any

from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from claims.models import Claim


def shown_data(form: BaseForm) -> dict[str, Any]:
    """Return what a browser would post for a form as it is shown."""
    found: dict[str, Any] = {}
    for bound in form:
        field, value = bound.field, bound.value()
        shown = field.prepare_value(value) if value is not None else value
        if shown is None or shown is False or shown in ("", []):
            continue
        if isinstance(shown, list | tuple):
            found[bound.html_name] = [str(getattr(v, "pk", v)) for v in shown]
        elif shown is True:
            found[bound.html_name] = "on"
        else:
            formatted = getattr(field.widget, "format_value", str)(shown)
            found[bound.html_name] = formatted[0] if isinstance(formatted, list) else formatted
    return found


def opened(client: Client, url: str) -> dict[str, Any]:
    """Return what a browser would post from a page of a record, citations included."""
    context = client.get(url).context
    data = shown_data(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= shown_data(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= shown_data(form)
    return data


def page(record: Any, name: str = "change") -> str:
    """Return the address of one of a record's pages."""
    return reverse(f"admin:claims_{record._meta.model_name}_{name}", args=[record.pk])


def add_page(model: str) -> str:
    """Return the address of the form for a new record."""
    return reverse(f"admin:claims_{model}_add")


def save(client: Client, url: str, data: dict[str, Any], /, **changes: Any) -> Any:
    """Post a form with some fields changed; ``None`` leaves a field out."""
    sent = {name: value for name, value in (data | changes).items() if value is not None}
    return client.post(url, sent)


def errors(answer: Any) -> dict[str, list[str]]:
    """Return the messages by field of a form that came back."""
    return {name: list(said) for name, said in answer.context["adminform"].form.errors.items()}


def move(client: Client, name: str, *claims: Claim, reason: str = "", **extra: Any) -> Any:
    """Make a move on its page, from the versions the claims have now."""
    url = reverse("admin:claims_claim_move", args=[name])
    data = {"ids": [c.pk for c in claims], "reason": reason}
    data |= {f"version-{c.pk}": Claim.objects.get(pk=c.pk).version for c in claims} | extra
    return client.post(url, data)


def state(claim: Claim) -> str:
    """Return the state a claim is in now."""
    return Claim.objects.get(pk=claim.pk).state
