"""Tags of the frame around every page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.web.addresses import page_address

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_link(context: dict[str, Any], name: str, label: str) -> SafeString:
    """Return a link of the main navigation, marked where the reader is within it."""
    address = page_address(name)
    request = context.get("request")
    path = request.path if request else ""
    if path == address:
        return format_html('<a href="{}" aria-current="page">{}</a>', address, label)
    if path.startswith(address):
        return format_html('<a href="{}" aria-current="true">{}</a>', address, label)
    return format_html('<a href="{}">{}</a>', address, label)


@register.simple_tag
def quickly(template_name: str, **context: Any) -> SafeString:
    """Return one of Jinja's templates, which gets what is named and nothing else."""
    return SafeString(render_to_string(template_name, context, using="jinja2"))
