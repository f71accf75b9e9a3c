"""Static files collected and compressed once, and again only when one of them has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static_files() -> bool:
    """Collect static files if their sources changed since the last time; True when they had.

    Collecting takes seconds, looking at sizes and times takes hundredths of one.
    """
    stamp = stamp_path()
    fingerprint = sources_fingerprint()
    is_collected = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    if is_collected and stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint, encoding="ascii")
    return True


def stamp_path() -> Path:
    """Return where the fingerprint is kept: beside the folder, since all inside it is served."""
    return Path(settings.STATIC_ROOT).with_suffix(".stamp")


def sources_fingerprint() -> str:
    """Return a value that changes when any static file of any app is added, changed or removed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
