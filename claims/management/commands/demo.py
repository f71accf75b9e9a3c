"""Show the tracker with its demo events: ``manage.py demo``."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from claims.ingest.demo import load_demo
from claims.management.tables import has_pending_migrations
from tracker.serving import HOST, is_port_free, serve
from tracker.static_files import collect_static_files

HIGHEST_PORT = 65_535
EDITOR = "editor"
EDITOR_GROUPS = ("contributor", "editor", "chief")


class Command(BaseCommand):
    """Migrates, loads the demo events once, makes an editor once, and serves until Ctrl-C."""

    help = "Serve the tracker with its demo events at http://127.0.0.1:8000/ (PORT changes it)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is left to do and serve; a second run changes no data."""
        port = port_number(settings.PORT)
        if not is_port_free(port):
            raise CommandError(
                f"Port {port} of {HOST} is in use: stop what listens there, or choose another "
                "with `PORT=8080 python3 manage.py demo`."
            )
        try:
            self.prepare(f"http://{HOST}:{port}/")
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was ready; start it again.") from None
        serve(port, when_ready=lambda: self.say(f"Ready at http://{HOST}:{port}/ (Ctrl-C stops)"))

    def prepare(self, address: str) -> None:
        """Bring tables, static files, demo events and the editor up to date."""
        if has_pending_migrations():
            self.say("Making the tables ...")
            call_command("migrate", interactive=False, verbosity=0)
        if collect_static_files():
            self.say("Collected the static files.")
        if load_demo():
            self.say("Loaded the demo events.")
        password = create_editor()
        if password is not None:
            self.say(
                f"Editors' desk: {address}admin/  user: {EDITOR}  password: {password}  "
                "(shown only this once)"
            )

    def say(self, text: str) -> None:
        """Print one line at once, even into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()


def port_number(text: str) -> int:
    """Return the TCP port that PORT names."""
    if not text.isdecimal() or not 1 <= int(text) <= HIGHEST_PORT:
        raise CommandError(f"PORT must be a number from 1 to {HIGHEST_PORT}, found {text!r}.")
    return int(text)


@transaction.atomic
def create_editor() -> str | None:
    """Make the demo's editor and return the password; None when there is one already."""
    users = get_user_model().objects
    if users.filter(username=EDITOR).exists():
        return None
    password = secrets.token_urlsafe(12)
    editor = users.create_user(EDITOR, password=password, is_staff=True)
    editor.groups.set(Group.objects.filter(name__in=EDITOR_GROUPS))
    return password
