"""A process of its own that is killed at a moment it names."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection


def kill_at(moment: str, program: str, *arguments: str, root: Path, **environment: str) -> None:
    """Run a program on the database of this test and kill it as soon as it prints the moment.

    The program gets the name of the database and then the arguments.
    """
    child = subprocess.Popen(
        [sys.executable, "-c", program, connection.settings_dict["NAME"], *arguments],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tracker.settings_test"} | environment,
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = next((line for line in child.stdout if line.strip() == moment), "")
        assert said.strip() == moment
        time.sleep(0.1)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
