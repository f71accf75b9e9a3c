"""Everything that writes: one function per editorial action.

Each opens a transaction, checks who may and what must hold, saves with reason and history, and
settles what follows from it (public log, counters, search words, comparisons) before it commits.
A refusal is a ``claims.services.refusals.Refused`` whose text is a sentence for people.
"""
