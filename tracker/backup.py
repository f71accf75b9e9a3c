"""A whole tracker in one file, and back: the same file for SQLite and PostgreSQL.

A backup is a ZIP with one JSON Lines file per table and a manifest that names the migrations it
was made under, the rows of each table and their SHA-256. What can be made again is left out:
sessions, login attempts, content types and permissions. Moving to another database is a backup
here and a restore there.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from claims.services.planner import renew_statistics

FORMAT = "tracker-backup-1"
MANIFEST = "manifest.json"
LEFT_OUT = frozenset(
    {"sessions", "axes", "contenttypes", "auth.permission", "django_tasks_database"}
)
_CHUNK = 2000


class BackupError(Exception):
    """A file that is no whole backup, or a database that it does not fit; says what to do."""


class ToTheMicrosecond(DjangoJSONEncoder):
    """Writes times as they are kept; Django's own encoder cuts them to milliseconds."""

    def default(self, o: Any) -> Any:
        """Return a time as ISO text with all its digits."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def kept_models() -> list[type[Model]]:
    """Return the models whose rows are kept, in a stable order."""
    return sorted(
        (
            model
            for model in apps.get_models(include_auto_created=False)
            if model._meta.managed
            and not model._meta.proxy
            and model._meta.app_label not in LEFT_OUT
            and model._meta.label_lower not in LEFT_OUT
        ),
        key=lambda model: model._meta.label_lower,
    )


def write_backup(path: Path) -> dict[str, int]:
    """Write everything into ``path`` and return the rows per table.

    The file appears under its name only when it is whole. Everything is read in one transaction,
    on PostgreSQL as one snapshot.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with (
            transaction.atomic(),
            zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            tables = {
                model._meta.label_lower: _write_table(archive, model) for model in kept_models()
            }
            manifest = {
                "format": FORMAT,
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "migrations": _migrations(),
                "tables": tables,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        unfinished.chmod(0o600)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return {label: table["rows"] for label, table in tables.items()}


def _write_table(archive: zipfile.ZipFile, model: type[Model]) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with archive.open(f"{model._meta.label_lower}.jsonl", "w", force_zip64=True) as file:
        for line in _lines(model):
            digest.update(line)
            file.write(line)
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def _lines(model: type[Model]) -> Iterator[bytes]:
    queryset = model._base_manager.order_by("pk")
    if model._meta.many_to_many:
        queryset = queryset.prefetch_related(*(f.name for f in model._meta.many_to_many))
    for row in queryset.iterator(chunk_size=_CHUNK):
        text = serializers.serialize(
            "jsonl", [row], use_natural_foreign_keys=True, ensure_ascii=False, cls=ToTheMicrosecond
        )
        yield text.rstrip("\n").encode() + b"\n"


def restore_backup(path: Path, *, replace: bool = False) -> dict[str, int]:
    """Put everything in ``path`` back, in one transaction, and return the rows per table.

    The database has to be migrated as the backup's was and empty of records and users;
    ``replace`` empties it first. Raises ``BackupError``; then nothing has changed.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise BackupError(f"{path} is no whole backup: {error}.") from error
    with archive:
        manifest = _checked_manifest(archive, path)
        with transaction.atomic():
            _make_room(replace=replace)
            for label, table in manifest["tables"].items():
                _restore_table(archive, label, table)
            connection.check_constraints()
            _reset_sequences()
            renew_statistics()
    return {label: table["rows"] for label, table in manifest["tables"].items()}


def _checked_manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    if MANIFEST not in archive.namelist():
        raise BackupError(f"{path} is no backup of a tracker: it has no {MANIFEST}.")
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        raise BackupError(f"Expected the format {FORMAT}, found {manifest.get('format')}.")
    ours, theirs = set(_migrations()), set(manifest["migrations"])
    if ours != theirs:
        missing, extra = sorted(theirs - ours), sorted(ours - theirs)
        raise BackupError(
            "The backup was made under other migrations. Run this command with the version of "
            f"the tracker that made it, then migrate. Only there: {missing or 'none'}; "
            f"only here: {extra or 'none'}."
        )
    known = {model._meta.label_lower for model in kept_models()}
    if unknown := sorted(set(manifest["tables"]) - known):
        raise BackupError(f"The backup has tables that are not known here: {', '.join(unknown)}.")
    return manifest


def _make_room(*, replace: bool) -> None:
    """Empty the tables that come back; without ``replace`` only where nothing would be lost."""
    if not replace:
        held = [
            model._meta.verbose_name_plural
            for model in kept_models()
            if model._meta.label_lower in {"claims.event", "claims.source", "auth.user"}
            and model._base_manager.exists()
        ]
        if held:
            raise BackupError(
                f"There are {' and '.join(map(str, held))} in this database already. Restore "
                "into an empty one, or say --replace to lose them."
            )
    tables = [model._meta.db_table for model in kept_models()] + [
        field.m2m_db_table() for model in kept_models() for field in model._meta.local_many_to_many
    ]
    statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=False)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _restore_table(archive: zipfile.ZipFile, label: str, table: dict[str, Any]) -> None:
    digest, rows = hashlib.sha256(), 0
    try:
        with archive.open(f"{label}.jsonl") as file:
            for line in file:
                digest.update(line)
                for row in serializers.deserialize("jsonl", line.decode()):
                    # The history comes with the file; saving must not add to it.
                    vars(row.object)["skip_history_when_saving"] = True
                    row.save(force_insert=True)
                    rows += 1
    except (KeyError, zipfile.BadZipFile, serializers.base.DeserializationError) as error:
        raise BackupError(f"The table {label} in the backup cannot be read: {error}.") from error
    if (rows, digest.hexdigest()) != (table["rows"], table["sha256"]):
        raise BackupError(
            f"The table {label} is damaged: expected {table['rows']} rows with the SHA-256 of "
            f"the manifest, got {rows} rows with another one."
        )


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)
