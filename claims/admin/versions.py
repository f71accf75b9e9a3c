"""Two people at one record: what each changed since the version both started from.

A form knows the version it was opened from. Where the record has moved on, each field is looked
at three ways: as it was opened (from the history), as the person typed it (mine), as it stands
now (theirs). What only the others changed is taken over, what only I changed stays, and where
both did the form asks, with mine chosen, so that nothing typed is lost. The service checks the
version again when it saves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from claims.admin.selects import is_key

Values = list[str]
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field in which the two versions differ, each shown in words.

    ``radio`` is the name of the choice, empty where there is nothing to choose: then ``taken``
    says whose value the form has now.
    """

    name: str
    label: str
    opened: str | None
    mine: str
    theirs: str
    radio: str
    taken: str


def brought_together(form: Any) -> tuple[Any, list[Conflict]]:
    """Return the data a bound form works with, and what differs if its version is an old one.

    Choices made on the last showing are applied first. With an old version the data returned
    have the others' values where only they changed something, and the version of now.
    """
    data = _with_choices(form)
    posted = data.get(form.add_prefix("expected_version"), "")
    if posted == str(form.instance.version):
        return data, []
    return _merged(form, data, posted)


def _with_choices(form: Any) -> Any:
    chosen = [n for n in form.fields if form.data.get(radio_name(form, n)) == THEIRS]
    if not chosen:
        return form.data
    data = form.data.copy()
    for name in chosen:
        _put(form, data, name, _stored(form, name, form.initial))
    return data


def radio_name(form: Any, name: str) -> str:
    """Return the name of the input that chooses between two versions of a field."""
    return f"choose-{form.add_prefix(name)}"


def _merged(form: Any, data: QueryDict, posted: str) -> tuple[Any, list[Conflict]]:
    opened = _opened(form, posted)
    merged = data.copy()
    found: list[Conflict] = []
    for name in form.fields:
        if name not in form.initial or name == "expected_version":
            continue
        mine, theirs = _typed(form, name, data), _stored(form, name, form.initial)
        if mine == theirs:
            continue
        base = None if opened is None else _stored(form, name, opened)
        if mine == base:
            _put(form, merged, name, theirs)
        found.append(_conflict(form, name, base, mine, theirs))
    merged[form.add_prefix("expected_version")] = str(form.instance.version)
    return merged, found or [_nothing_differs()]


def _conflict(form: Any, name: str, base: Values | None, mine: Values, theirs: Values) -> Conflict:
    taken = THEIRS if mine == base else MINE if theirs == base else ""
    return Conflict(
        name=name,
        label=str(form.fields[name].label or name.replace("_", " ")).capitalize(),
        opened=None if base is None else _words(form, name, base),
        mine=_words(form, name, mine),
        theirs=_words(form, name, theirs),
        radio="" if taken else radio_name(form, name),
        taken=taken,
    )


def _nothing_differs() -> Conflict:
    same = "the same as yours"
    return Conflict("", "Everything on this form", None, same, same, "", MINE)


def _opened(form: Any, posted: str) -> dict[str, Any] | None:
    """Return what the form showed when it was opened; ``None`` where the history has it not."""
    record = form.instance
    if not is_key(posted) or not hasattr(record, "history"):
        return None
    version = record.history.filter(id=record.pk, version=int(posted)).first()
    if version is None:
        return None
    names = [f.name for f in record._meta.concrete_fields if f.name in form.fields]
    initial = forms.models.model_to_dict(version.instance, names)
    for field in record._meta.many_to_many:
        key = f"{field.related_model._meta.model_name}_id"
        initial[field.name] = [getattr(row, key) for row in getattr(version, field.name).all()]
    return initial | form.initial_of(version.instance)


def _typed(form: Any, name: str, data: QueryDict) -> Values:
    field = form.fields[name]
    return _plain(field.widget.value_from_datadict(data, {}, form.add_prefix(name)))


def _stored(form: Any, name: str, initial: dict[str, Any]) -> Values:
    """Return a stored value as the field would post it."""
    field, value = form.fields[name], initial.get(name)
    shown = field.prepare_value(value)
    if isinstance(field, forms.DateField | forms.DecimalField):
        shown = field.widget.format_value(shown)
    return _plain(shown)


def _plain(value: Any) -> Values:
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    values = value if isinstance(value, list | tuple | set) else [value]
    return sorted(str(getattr(v, "pk", v)).replace("\r\n", "\n").strip() for v in values)


def _put(form: Any, data: QueryDict, name: str, values: Values) -> None:
    key = form.add_prefix(name)
    if values:
        data.setlist(key, values)
    else:
        data.pop(key, None)


def _words(form: Any, name: str, values: Values) -> str:
    """Return values as people read them: the names behind keys and codes."""
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return "yes" if values else "no"
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        keys = [value for value in values if is_key(value)]
        return ", ".join(str(found) for found in field.queryset.filter(pk__in=keys)) or "empty"
    labels = dict(getattr(field, "choices", ()))
    return ", ".join(str(labels.get(value, value)) for value in values) or "empty"
