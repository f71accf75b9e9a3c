"""How dates are written: unambiguous everywhere, entered as ISO 8601."""
