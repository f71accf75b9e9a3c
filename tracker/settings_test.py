"""The settings under which the tests run: the real ones, made quick and quiet."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789" * 4)

from tracker.settings import *  # noqa: F403
from tracker.settings import DATABASES, REST_FRAMEWORK, STORAGES

DEBUG = False

# Nothing of a test is kept beside the checkout.
DATA_DIR = Path(tempfile.mkdtemp(prefix="tracker-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

# A file and not :memory:, because the browser tests and the tests of two editors saving at once
# need several connections. Named by process, so that two runs on one machine do not meet.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {
        "NAME": str(Path(tempfile.gettempdir()) / f"tracker-test-{os.getpid()}.sqlite3")
    }
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A test about throttling or lockout turns it on for itself.
AXES_ENABLED = False
REST_FRAMEWORK = REST_FRAMEWORK | {
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])
}

# Snapshots of this copy are no part of any test.
SNAPSHOTS_DIR = DATA_DIR / "no-snapshots-of-tests"
