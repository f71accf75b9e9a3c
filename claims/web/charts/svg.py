"""SVG as text: elements with escaped attributes and no style attribute, ever.

The pages' content security policy forbids inline styles, so looks come from classes and
presentation attributes alone.
"""

from __future__ import annotations

from html import escape


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """Return one element; underscores in attribute names become hyphens, ``None`` is left out.

    Children are SVG text already. ``class_`` writes ``class``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def text(content: str, **attributes: str | float | None) -> str:
    """Return a text element with its content escaped."""
    return element("text", escape(content, quote=False), **attributes)


def title(content: str) -> str:
    """Return the words that readers hear and see when they point at the parent."""
    return f"<title>{escape(content, quote=False)}</title>"


def _value(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
