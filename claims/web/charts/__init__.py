"""Charts as SVG text, made from plain values. No Django, no queries; every mark has words."""
