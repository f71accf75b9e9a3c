"""Names looked up, within a time."""

from __future__ import annotations

import socket
from queue import Empty, Queue
from threading import Thread


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return the network addresses of a name, each once, in the resolver's order.

    The system's resolver knows no time limit of its own, so it is asked in a thread that is left
    behind when it does not answer. Raises ``OSError`` for a name that has none, ``TimeoutError``
    for no answer.
    """
    answers: Queue[list[str] | OSError] = Queue()
    Thread(target=_ask, args=(host, port, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty as error:
        raise TimeoutError from error
    if isinstance(answer, OSError):
        raise answer
    return answer


def _ask(host: str, port: int, answers: Queue[list[str] | OSError]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        answers.put(error if isinstance(error, OSError) else OSError(str(error)))
        return
    answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
