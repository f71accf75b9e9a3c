"""Documents carrying claims."""

from claims.models import Citation, Claim
from claims.services.citations import cite
from claims.services.records import editing
from tests.factories.documents import document
from tests.factories.users import author


def citation(claim: Claim, **fields: object) -> Citation:
    """Return a new citation of a claim, public where the claim is public."""
    if "document" not in fields:
        fields["document"] = document(state="published" if claim.state == "published" else "draft")
    with editing(by=author()) as edit:
        return cite(edit, edit.lock(claim), **fields)
