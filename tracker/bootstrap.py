"""Makes .venv with the pinned requirements before anything else runs; standard library only.

A stamp in .venv says which requirements files, by hash, and which Python it was made from. As long
as it is true nothing is installed; a lock lets two first starts wait for each other.
"""

import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"  # holds everything of requirements.txt too

OFFLINE_SIGNS = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Network is unreachable",
)


class BootstrapError(Exception):
    """Something that a person has to do first, in one sentence."""


def enter_environment(argv: Sequence[str], root: Path = ROOT) -> None:
    """Go on as .venv's Python, made or renewed first where needed.

    Returns only when there is nothing to do: a virtual environment is already active, or
    TRACKER_NO_VENV is set. Otherwise this process is replaced, or ends with one sentence.
    """
    if sys.prefix != sys.base_prefix or os.environ.get("TRACKER_NO_VENV"):
        return
    with ending_in_one_sentence():
        python = prepare_environment(root, requirements_for(argv))
    sys.stdout.flush()
    os.execv(python, [str(python), *argv])


@contextmanager
def ending_in_one_sentence() -> Iterator[None]:
    """End the process with a sentence, not a traceback, when a person has to act."""
    try:
        yield
    except BootstrapError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"Could not prepare .venv: {error}. Start again when that is mended.")
    except KeyboardInterrupt:
        sys.exit("Stopped before everything was installed; the next start begins again.")


def requirements_for(argv: Sequence[str]) -> str:
    """Return the requirements file that this command needs; only the tests need more tools."""
    return DEVELOPMENT if argv[1:2] == ["test"] else RUNTIME


def prepare_environment(root: Path, requirements: str) -> Path:
    """Return .venv's Python with ``requirements`` installed, installing only what is not there."""
    venv = root / ".venv"
    python = venv / "bin" / "python"
    with exclusive(root / ".venv.lock"):
        if not is_made(venv, root):
            make_environment(venv)
        if requirements not in stamped(venv, root):
            install(python, root / requirements)
            write_stamp(venv, root, requirements)
    return python


def is_made(venv: Path, root: Path) -> bool:
    """Tell whether .venv stands and was made from this Python and today's requirements."""
    return (venv / "bin" / "python").exists() and RUNTIME in stamped(venv, root)


def stamped(venv: Path, root: Path) -> set[str]:
    """Return the requirements files whose present content is installed in .venv."""
    try:
        lines = set(stamp_path(venv).read_text(encoding="utf-8").splitlines())
    except FileNotFoundError:
        return set()
    return {name for name in (RUNTIME, DEVELOPMENT) if stamp_line(root / name) in lines}


def write_stamp(venv: Path, root: Path, requirements: str) -> None:
    """Record that ``requirements`` is installed; the development set covers both files."""
    names = {requirements, RUNTIME} | stamped(venv, root)
    text = "".join(stamp_line(root / name) + "\n" for name in sorted(names))
    stamp_path(venv).write_text(text, encoding="utf-8")


def stamp_path(venv: Path) -> Path:
    """Return where the stamp of an environment is kept."""
    return venv / "tracker-stamp.txt"


def stamp_line(requirements: Path) -> str:
    """Return what identifies a requirements file installed by this Python."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return f"{requirements.name} {digest} python {platform.python_version()}"


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a file lock, saying so when another process has it."""
    with path.open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another start that is installing ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_environment(venv: Path) -> None:
    """Make an empty .venv in place of whatever is there."""
    if not has_venv():
        install_venv()
    say("Making .venv ...")
    made = run([sys.executable, "-m", "venv", "--clear", str(venv)])
    if made.returncode != 0:
        raise BootstrapError(f"Could not make {venv}: {last_line(made.stdout)}")


def has_venv() -> bool:
    """Tell whether this Python can make environments; Debian splits that into python3-venv."""
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def install_venv() -> None:
    """Install the missing part of Debian's Python as root, or say what to type."""
    package = "python{}.{}-venv".format(*sys.version_info)
    advice = f"Python's venv module is missing: type `sudo apt-get install {package}` first."
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise BootstrapError(advice)
    say(f"Installing {package} ...")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], extra_environment=quiet)
    installed = run(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", package],
        extra_environment=quiet,
    )
    importlib.invalidate_caches()
    if installed.returncode != 0 or not has_venv():
        raise BootstrapError(f"{advice} (apt-get said: {last_line(installed.stdout)})")


def install(python: Path, requirements: Path) -> None:
    """Install the pinned and hashed packages of one requirements file."""
    say(f"Installing {requirements.name} (once; about half a minute) ...")
    installed = run(
        [
            *(str(python), "-m", "pip", "install", "--quiet", "--no-input"),
            *("--disable-pip-version-check", "--retries", "2", "--only-binary=:all:"),
            *("--require-hashes", "-r", str(requirements)),
        ]
    )
    if installed.returncode == 0:
        return
    if any(sign in installed.stdout for sign in OFFLINE_SIGNS):
        raise BootstrapError(
            f"Could not reach the package index to install {requirements.name}: "
            "connect this machine to the network once, then start again."
        )
    raise BootstrapError(
        f"pip could not install {requirements.name}, mend this and start again: "
        f"{last_line(installed.stdout)}"
    )


def run(
    command: Sequence[str], extra_environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, keeping what it says in ``stdout``."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=os.environ | (extra_environment or {}),
        check=False,
    )


def last_line(output: str) -> str:
    """Return the line of a tool's output that most likely says what went wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.upper().startswith(("ERROR", "E:"))]
    return (errors or lines or ["no reason given"])[-1]


def say(text: str) -> None:
    """Tell the person who waits what is going on; standard output stays the command's own."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":  # `make check` wants the tools without running a command
    with ending_in_one_sentence():
        prepare_environment(ROOT, DEVELOPMENT)
