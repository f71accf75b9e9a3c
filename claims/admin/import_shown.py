"""What the pages of imports show: counts as a table, durations in words, links to records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims.domain.import_steps import place_of, unit_of
from claims.ingest.desk.progress import Told, has_stopped
from claims.ingest.desk.situation import Situation, state_said
from claims.models import ImportBatch

FATES = {
    "new": "New",
    "changed": "Changed",
    "same": "The same",
    "gone": "Gone",
    "refused": "Refused",
}
_SHORT = (("new", "new"), ("changed", "changed"), ("gone", "gone"), ("same", "the same"))
_KINDS = ("event", "source", "party", "document", "claim", "citation")
_TAGS = {
    "waiting": "submitted",
    "planning": "submitted",
    "planned": "submitted",
    "committing": "submitted",
    "undoing": "submitted",
    "committed": "published",
    "failed": "withdrawn",
    "undone": "draft",
}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import in the list."""

    batch: ImportBatch

    @property
    def state(self) -> str:
        """Where it stands."""
        return state_said(self.batch)

    @property
    def tag(self) -> str:
        """The look of its state, as records have it."""
        return "withdrawn" if has_stopped(self.batch) else _TAGS[self.batch.state]

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """Claims by fate, those that are any; before anything was counted none."""
        return [
            (name, int(self.batch.counts.get("claim", {}).get(fate, 0))) for fate, name in _SHORT
        ]


@dataclass(frozen=True, slots=True)
class KindLine:
    """How many records of a kind have each fate."""

    kind: str
    numbers: list[int]


@dataclass(frozen=True, slots=True)
class Samples:
    """Some records of one fate, and how many there are in all."""

    fate: str
    title: str
    shown: list[Mapping[str, Any]]
    number: int

    @property
    def says_more(self) -> bool:
        """Whether there is anything to say of a record besides its name."""
        return any(item.get(key) for item in self.shown for key in ("changes", "fields", "remark"))


def fates_shown(batch: ImportBatch) -> list[str]:
    """Return the columns of the table of counts; what happens to no record has none."""
    always = ("new", "changed", "same")
    return [title for fate, title in FATES.items() if fate in always or total(batch, fate)]


def kind_lines(batch: ImportBatch) -> list[KindLine]:
    """Return the table of counts: one line per kind of record that the file tells of."""
    kinds = [kind for kind in _KINDS if kind in batch.counts]
    kinds += sorted(set(batch.counts) - set(_KINDS))
    titles = fates_shown(batch)
    return [
        KindLine(plural(kind), [n for title, n in _of(batch, kind) if title in titles])
        for kind in kinds
    ]


def counted_kind(kind: str, number: int) -> str:
    """Return what so many records of a kind are called, within a sentence."""
    return kind if number == 1 else plural(kind).lower()


def plural(kind: str) -> str:
    """Return what several records of a kind are called."""
    return {"party": "Parties"}.get(kind, f"{kind.capitalize()}s")


def samples(batch: ImportBatch) -> list[Samples]:
    """Return what is shown of each fate, what changes most first."""
    order = ("changed", "gone", "new", "same")
    return [
        Samples(fate, FATES[fate], batch.samples[fate], total(batch, fate))
        for fate in order
        if batch.samples.get(fate)
    ]


def total(batch: ImportBatch, fate: str) -> int:
    """Return how many records of any kind have a fate."""
    return sum(int(of_kind.get(fate, 0)) for of_kind in batch.counts.values())


def _of(batch: ImportBatch, kind: str) -> list[tuple[str, int]]:
    numbers = batch.counts.get(kind, {})
    return [(title, int(numbers.get(fate, 0))) for fate, title in FATES.items()]


def progress_shown(batch: ImportBatch, situation: Situation) -> dict[str, Any]:
    """Return the progress in words and numbers, for the page and for its script."""
    told = situation.told
    shown = {
        "state": batch.state,
        "at_work": situation.is_at_work,
        "is_waiting": situation.is_waiting,
        "has_no_worker": situation.has_no_worker,
        "step": "Waiting for its turn" if situation.is_waiting else "Starting",
        "done": "",
        "detail": "",
        "value": None,
        "most": None,
    }
    return shown | _told_shown(told, batch.state) if told else shown


def _told_shown(told: Told, state: str) -> dict[str, Any]:
    place = place_of(told.step, state)
    number = "Step {} of {}: ".format(*place) if place else ""
    done = f"{told.rows_done:,}"
    of = f" of {told.rows_total:,}" if told.rows_total else ""
    detail = [f"{elapsed(told.seconds)} so far"]
    unit = unit_of(told.step)
    detail += [f"{told.rate:,.0f} {unit} a second"] if told.rate else []
    if told.seconds_left:
        detail.append(f"about {duration(told.seconds_left)} left in this step")
    return {
        "step": number + (told.step[:1].upper() + told.step[1:] or "Starting"),
        "done": f"{done}{of} {unit}" if told.rows_done or told.rows_total else "",
        "detail": ", ".join(detail),
        "value": min(told.rows_done, told.rows_total) if told.rows_total else None,
        "most": told.rows_total,
    }


def elapsed(seconds: float) -> str:
    """Return in words how long something has taken, to the second: it is seen to go on."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    numbers = {"hour": hours, "minute": minutes, "second": rest}
    return " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for unit, n in numbers.items() if n)


def duration(seconds: float) -> str:
    """Return a length of time in words, no more exact than it is known."""
    if seconds < 60:
        number, unit = max(1, round(seconds)), "second"
    elif seconds < 5400:
        number, unit = round(seconds / 60), "minute"
    else:
        number, unit = round(seconds / 3600), "hour"
    return f"{number} {unit}{'' if number == 1 else 's'}"


def size_shown(size: int) -> str:
    """Return a size in the unit that people use."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:,.0f} {unit}" if unit == "bytes" else f"{size:,.1f} {unit}"
        size = size / 1000  # type: ignore[assignment]
    return f"{size:,.1f} GB"
