"""Where files land: checked, put into temporary tables, matched, compared and written as sets.

Every statement here goes over all rows at once and is the same for both databases, so that a
million claims take minutes and no more memory than a hundred. The order is ``checking`` (cells),
``merging`` (rows about one record), ``naming`` (sources and parties), ``arriving`` (what is new,
what is here), ``rules`` (what the tables refuse), ``fates`` (the difference), ``writing``.
"""
