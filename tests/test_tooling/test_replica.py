"""With a replica named, the public reads from it and the desk does not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

MADE = """
from claims.ingest.demo import load_demo
load_demo()
"""

ASKED = """
import json
from django.contrib.auth.models import User
from django.test import Client
from claims.models import Event
User.objects.create_superuser("olena")
desk, public = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
desk.force_login(User.objects.get())
print(json.dumps({
    "public": len(public.get("/api/v1/events/").json()["results"]),
    "page": public.get("/events/?q=makiivka").content.decode().count("Makiivka barracks strike"),
    "desk": desk.get("/admin/claims/event/").content.decode().count("Makiivka barracks strike"),
    "here": Event.objects.count(),
}))
"""


def run(root: Path, *arguments: str, **surroundings: str) -> str:
    """Run a command of the checkout in surroundings of its own and return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=root,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tracker.settings_test",
            "TRACKER_NO_VENV": "1",
            **surroundings,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_public_reads_come_from_the_replica_and_the_desks_do_not(
    root: Path, tmp_path: Path
) -> None:
    here = f"sqlite:///{tmp_path}/here.sqlite3"
    copy = f"sqlite:///{tmp_path}/copy.sqlite3"
    run(root, "migrate", "-v0", DATABASE_URL=here)
    shutil.copy(tmp_path / "here.sqlite3", tmp_path / "copy.sqlite3")
    run(root, "shell", "-v0", "-c", MADE, DATABASE_URL=copy)

    said = run(root, "shell", "-v0", "-c", ASKED, DATABASE_URL=here, DATABASE_REPLICA_URL=copy)

    counted = json.loads(said.splitlines()[-1])
    assert (counted["public"], counted["desk"], counted["here"]) == (20, 0, 0)
    assert counted["page"] > 0
