"""Holds an answer to its declared shape: the same keys at every level, values of the types."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


def check_shape(found: Any, shape: Any, at: str = "answer") -> None:
    """Raise ``AssertionError`` where an answer and its shape differ, saying where."""
    if isinstance(shape, type):
        shape = shape()
    if isinstance(shape, serializers.ListSerializer):
        for i, item in enumerate(found):
            check_shape(item, shape.child, f"{at}[{i}]")
    elif isinstance(shape, serializers.Serializer):
        assert isinstance(found, dict), f"{at} is no object"
        optional = {name for name, field in shape.fields.items() if not field.required}
        assert set(found) | optional == set(shape.fields), at
        for name, field in shape.fields.items():
            if found.get(name) is None:
                assert field.allow_null or name in optional, f"{at}.{name} is null"
            else:
                check_shape(found[name], field, f"{at}.{name}")
    else:
        _check_value(found, shape, at)


def _check_value(found: Any, field: serializers.Field, at: str) -> None:
    types: dict[type[serializers.Field], type | tuple[type, ...]] = {
        serializers.BooleanField: bool,
        serializers.IntegerField: int,
        serializers.FloatField: (int, float),
        serializers.ListField: list,
        serializers.CharField: str,
        serializers.DateField: str,
        serializers.DateTimeField: str,
    }
    expected = next((t for kind, t in types.items() if isinstance(field, kind)), object)
    assert isinstance(found, expected), f"{at} is {found!r}"
    assert isinstance(found, bool) is (expected is bool) or expected is object, at
    if not isinstance(field, serializers.IntegerField | serializers.ListField):
        field.run_validation(found)
