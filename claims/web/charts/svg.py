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


def use(shape: str, x: str, y: float, look: str) -> str:
    """Return a shape that is defined elsewhere at a place; ``look`` is attributes as text.

    This and ``line`` are most of a page: they take numbers and names of ours, nothing to escape.
    """
    return f'<use href="#m-{shape}" x="{x}" y="{y}"{look}/>'


def line(x1: str, x2: str, y1: float | str, y2: float | str, look: str) -> str:
    """Return a straight line; ``look`` is attributes as text."""
    return f'<line x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}"{look}/>'


def text(content: str, **attributes: str | float | None) -> str:
    """Return a text element with its content escaped."""
    return element("text", escape(content, quote=False), **attributes)


def title(content: str) -> str:
    """Return the words that readers hear and see when they point at the parent."""
    return f"<title>{escape(content, quote=False)}</title>"


def _value(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
