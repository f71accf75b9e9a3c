"""The editors' desk in Django's admin: one module per record, acting only through services.

Every save, move and revert is a service call; what a service refuses is shown as its sentence,
with everything typed still there.
"""

from claims.admin import claim, document, event, party, source, user

__all__ = ["claim", "document", "event", "party", "source", "user"]
