"""``manage.py import_dataset NAME FILE``: any dataset, in a dry run unless told otherwise."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.ingest.desk.situation import state_said
from claims.ingest.mapping.checking import check_mapping
from claims.ingest.mapping.shipped import shipped_path
from claims.ingest.pipeline import undo_batch
from claims.ingest.reading import datasets
from claims.ingest.system_users import import_user
from claims.management.importing import bar_on_terminal, run, user_of
from claims.management.tables import TablesCommand
from claims.models import ImportBatch
from claims.services.refusals import Refused

LISTED = 50


class Command(TablesCommand):
    """Import a file of a dataset, undo an import, or list what there is."""

    help = "Import a dataset (docs/importing.md). Writes nothing without --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the dataset, the file and what to do with them."""
        parser.add_argument("name", nargs="?", help="the dataset; --list names them")
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument(
            "--mapping", type=Path, metavar="FILE.toml", help="a mapping of one's own"
        )
        parser.add_argument(
            "--check-mapping",
            action="store_true",
            help="only look at the mapping, and at the file's columns where one is given",
        )
        parser.add_argument("--release", default="", help="the release, such as 24.1")
        parser.add_argument("--released-on", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--commit", action="store_true", help="write, in one transaction")
        parser.add_argument("--publish", action="store_true", help="publish what is imported")
        parser.add_argument("--by", metavar="USER", help="who imports")
        parser.add_argument("--reviewed-by", metavar="USER", help="who reviewed; somebody else")
        parser.add_argument("--waiver", metavar="REASON", help="why no second person reviewed")
        parser.add_argument("--agreed-by", metavar="USER", help="who agrees to an unusual extent")
        parser.add_argument(
            "--withdraw-gone", action="store_true", help="withdraw what the file no longer has"
        )
        parser.add_argument(
            "--refused", type=Path, metavar="FILE.csv", help="refused rows, to mend"
        )
        parser.add_argument("--undo", type=int, metavar="BATCH", help="take an import back")
        parser.add_argument("--reason", default="", help="why; shown in the public log")
        parser.add_argument("--list", action="store_true", help="datasets and latest imports")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the one thing asked for."""
        if options["list"]:
            self._list()
        elif options["undo"] is not None:
            self._undo(options)
        elif options["check_mapping"] and options["name"]:
            self._check_mapping(options)
        elif not options["name"] or not options["file"]:
            raise CommandError("Name a dataset and a file; --list names the datasets.")
        else:
            run(self._batch(options), options["file"], options, self.stdout)

    def _batch(self, options: dict[str, Any]) -> ImportBatch:
        return ImportBatch(
            dataset=options["name"],
            file_name=options["file"].name[:250],
            mapping=_text(options["mapping"]),
            release=options["release"],
            released_on=options["released_on"],
            withdraw_gone=options["withdraw_gone"],
        )

    def _check_mapping(self, options: dict[str, Any]) -> None:
        name, file = options["name"], options["file"]
        mapping = options["mapping"] or shipped_path(name)
        if mapping is None:
            raise CommandError(f"There is no mapping “{name}”; give one with --mapping FILE.toml.")
        checked = check_mapping(mapping, file, name=name, release=options["release"])
        if checked.problems:
            raise CommandError("\n".join(checked.problems))
        fits = f" and fits the file. {checked.trial}" if checked.trial else "."
        self.stdout.write(f"The mapping is well-formed{fits}")

    def _undo(self, options: dict[str, Any]) -> None:
        by = user_of(options["by"]) or import_user()
        batch = ImportBatch.objects.filter(pk=options["undo"]).first()
        if batch is None:
            raise CommandError(f"There is no import {options['undo']}; --list names them.")
        try:
            with bar_on_terminal() as bar:
                undo_batch(batch, by=by, reason=options["reason"], progress=bar)
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Import {batch.pk} is undone. {batch.problem}".strip())

    def _list(self) -> None:
        for dataset in datasets():
            licence = f" ({dataset.licence})" if dataset.licence else ""
            self.stdout.write(f"{dataset.name}: {dataset.title}{licence}. {dataset.about}")
        for batch in ImportBatch.objects.all()[:LISTED]:
            self.stdout.write(f"import {batch.pk}: {batch}, {state_said(batch)}")


def _text(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The mapping {path} cannot be read: {error}.") from error
