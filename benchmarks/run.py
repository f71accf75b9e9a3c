"""Every line of the table, one script after the other on one database server.

Each load is made once and used by all; with DATABASE_URL set it stays there for the next run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from measuring import arguments, server

HERE = Path(__file__).resolve().parent
NOT_SCRIPTS = {"measuring.py", "run.py"}


def main() -> int:
    """Run all scripts; return how many could not be run."""
    claims = arguments("All benchmarks").claims
    failed = 0
    with server() as url:
        for script in sorted(HERE.glob("*.py")):
            if script.name not in NOT_SCRIPTS:
                command = [sys.executable, str(script), "--claims", str(claims)]
                environment = {**os.environ, "DATABASE_URL": url}
                failed += subprocess.run(command, env=environment, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
