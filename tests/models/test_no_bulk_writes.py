"""No code may write many records at once: such writes leave no history."""

import ast
import re
from pathlib import Path

import pytest

FOLDERS = (
    "services", "admin", "web", "api", "queries", "exports", "ingest", "intake", "management",
)  # fmt: skip
RECORDS = {"Event", "Source", "Document", "Claim", "Citation"}
WRITES = {"update", "bulk_create", "bulk_update", "delete"}


def bulk_writes(code: str) -> list[str]:
    """Return every "Model.objects ... .update(...)" of a record in some code."""
    return [
        f"{root} {node.func.attr}"
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and (root := root_of(node.func.value)) in RECORDS
    ]


SET_WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) \{?claims_\w*", re.IGNORECASE)


def test_whole_sets_of_records_are_written_in_one_room_only(root: Path) -> None:
    """The landing writes sets; tests/ingest/test_equals_services.py holds it to the services."""
    room = root / "claims" / "ingest" / "landing"

    found = {
        str(path.relative_to(root)): writes
        for path in sorted((root / "claims").rglob("*.py"))
        if room not in path.parents and "migrations" not in path.parts
        if (writes := records_written(path.read_text(encoding="utf-8")))
    }

    assert found == {}


def records_written(code: str) -> list[str]:
    """Return every statement in some code that writes the table of a record."""
    tables = {f"claims_{name.lower()}" for name in RECORDS}
    return [found for found in SET_WRITES.findall(code) if found.split()[-1].lower() in tables]


def root_of(node: ast.expr) -> str:
    """Return the name at the start of a chain of attributes and calls."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_code_writes_records_past_their_history(root: Path, folder: str) -> None:
    found = {
        str(path.relative_to(root)): writes
        for path in sorted((root / "claims" / folder).rglob("*.py"))
        if (writes := bulk_writes(path.read_text(encoding="utf-8")))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Claim.objects.filter(pk=1).update(best=2)", ["Claim update"]),
        ("Event.objects.published().delete()", ["Event delete"]),
        ("Source._default_manager.bulk_create([])", ["Source bulk_create"]),
        ("EventWord.objects.filter(pk=1).delete()", []),
        ("columns.update(a=1)", []),
    ],
)
def test_the_search_finds_what_it_should(code: str, expected: list[str]) -> None:
    assert bulk_writes(code) == expected
