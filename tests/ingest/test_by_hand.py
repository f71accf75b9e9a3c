"""What editors changed by hand between two imports of one dataset."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from claims.ingest.pipeline import undo_batch
from claims.ingest.reading import ClaimsCsvReading
from claims.models import Claim, Event, Party
from claims.services import claims as claim_services
from claims.services import events as event_services
from tests.ingest.importing import changed, put, totals
from tests.ingest.rows import row

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]


def test_title_that_an_editor_changed_stays_while_the_file_says_the_old_one(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor)
    event = Event.objects.get()
    event_services.edit_event(event, by=reviewer, changes={"title": "The bridge, 2023"})

    again = put(csv_file(row(place="Elsewhere")), editor)

    event.refresh_from_db()
    assert (event.title, event.place) == ("The bridge, 2023", "Elsewhere")
    assert changed(again) == [("event", "The bridge, 2023", ("place",))]
    assert again.samples["same"][0] == {
        "kind": "event",
        "label": "The bridge, 2023",
        "row": 2,
        "fields": ["title"],
        "remark": "changed here; left alone",
    }


def test_title_that_an_editor_changed_gives_way_to_a_new_one_and_the_diff_says_so(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor)
    event = Event.objects.get()
    event_services.edit_event(event, by=reviewer, changes={"title": "The bridge, 2023"})

    again = put(csv_file(row(event="Strike on two bridges")), editor)

    event.refresh_from_db()
    assert event.title == "Strike on two bridges"
    assert again.samples["changed"][0]["remark"] == "changed here by hand: title"


def test_corrected_figure_stays_while_the_file_says_the_old_one(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    path = csv_file(row())
    put(path, editor)
    claim = Claim.objects.get()
    claim_services.edit_claim(claim, by=reviewer, changes={"wording": "about 40", "best": 40})

    put(path, editor)
    put(path, editor, publish=True, reviewed_by=reviewer)
    put(path, editor, publish=True, reviewed_by=reviewer)

    claim.refresh_from_db()
    assert (claim.best, claim.wording, claim.state) == (40, "about 40", "published")


def test_figure_is_never_half_an_editors_and_half_the_files(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor)
    claim = Claim.objects.get()
    changes = {"wording": "40", "qualifier": "exactly", "best": 40}
    claim_services.edit_claim(claim, by=reviewer, changes=changes)

    put(csv_file(row(wording="about 410", best="410")), editor)

    claim.refresh_from_db()
    assert (claim.wording, claim.qualifier, claim.best) == ("about 410", "about", 410)


def test_alias_that_an_editor_removed_does_not_come_back(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row()), editor)
    event = Event.objects.get()
    event_services.edit_event(event, by=reviewer, changes={"aliases": ["Brücke"]})

    put(csv_file(row(event_aliases="Brücke | Міст | Most")), editor)

    event.refresh_from_db()
    assert event.aliases == ["Brücke", "Most"]


def test_undone_change_comes_again_with_its_file(csv_file: Write, editor: User) -> None:
    put(csv_file(row()), editor)
    second = csv_file(row(place="Elsewhere"), name="second.csv")
    undo_batch(put(second, editor), by=editor, reason="Wrong file")

    put(second, editor)

    assert Event.objects.get().place == "Elsewhere"


def test_undoing_an_upload_gives_back_what_it_changed(csv_file: Write, editor: User) -> None:
    put(csv_file(row()), editor)
    second = put(csv_file(row(place="Elsewhere")), editor, stored_as="a1b2.csv")

    undo_batch(second, by=editor, reason="Wrong file")

    assert (Event.objects.get().place, second.problem) == ("Bridge town", "")


def test_corrected_figure_is_not_revised_by_a_release_that_says_the_old_one(
    csv_file: Write, editor: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClaimsCsvReading, "revises", True)
    one = row(wording="", note="", qualifier="exactly")
    put(csv_file(one), editor, release="1")
    claim = Claim.objects.get()
    claim_services.edit_claim(claim, by=reviewer, changes={"best": 40})

    again = put(csv_file(one), editor, release="1")
    same = put(csv_file(one), editor, release="2")
    newer = put(csv_file({**one, "best": "410"}), editor, release="3")

    assert [b.counts["claim"]["new"] for b in (again, same, newer)] == [0, 0, 1]
    assert list(Claim.objects.order_by("pk").values_list("best", "revises__best")) == [
        (40, None),
        (410, 40),
    ]


def test_party_that_an_editor_removed_does_not_come_back(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    path = csv_file(row(parties="Ruritania | Graustark"))
    put(path, editor)
    event = Event.objects.get()
    kept = Party.objects.get(name="Ruritania")
    event_services.edit_event(event, by=reviewer, changes={"parties": [kept]})

    again = put(path, editor)
    added = put(csv_file(row(parties="Graustark | Ruritania | Lowland")), editor)
    last = put(csv_file(row(parties="Graustark | Ruritania | Lowland")), editor)

    assert names(event) == ["Lowland", "Ruritania"]
    assert [totals(batch)["changed"] for batch in (again, added, last)] == [0, 1, 0]
    assert again.samples["same"][0] == {
        "kind": "event",
        "label": "Strike on the bridge",
        "row": 2,
        "fields": ["parties"],
        "remark": "changed here; left alone",
    }


def test_party_that_an_editor_removed_and_put_back_is_as_if_nothing_had_been(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    path = csv_file(row(parties="Ruritania | Graustark"))
    put(path, editor)
    event = Event.objects.get()
    both = list(Party.objects.filter(name__in=["Ruritania", "Graustark"]))
    for parties in (both[:1], both):
        event_services.edit_event(event, by=reviewer, changes={"parties": parties})
        event.refresh_from_db()

    again = put(path, editor)

    assert (names(event), totals(again)["changed"]) == (["Graustark", "Ruritania"], 0)


@pytest.mark.parametrize(
    ("edited", "told", "expected"),
    [
        pytest.param("", "A relay.", "", id="removed"),
        pytest.param("A late relay.", "A relay.", "A late relay.", id="reworded"),
        pytest.param("", "A relay. | New.", "New.", id="removed, and the file says more"),
        pytest.param("A relay.\nSeen.", "A relay.", "A relay.\nSeen.", id="added to"),
    ],
)
def test_note_that_an_editor_changed_stays_and_grows_only_by_what_is_new(
    csv_file: Write, editor: User, reviewer: User, edited: str, told: str, expected: str
) -> None:
    put(csv_file(row(note="A relay.")), editor)
    claim = Claim.objects.get()
    claim_services.edit_claim(claim, by=reviewer, changes={"note": edited})
    path = csv_file(row(note="\n".join(told.split(" | "))))

    changed_by = [totals(put(path, editor))["changed"] for _ in range(3)]

    claim.refresh_from_db()
    assert (claim.note, changed_by) == (expected, [int("New" in told), 0, 0])


def test_alias_that_an_editor_removed_does_not_come_back_after_the_file_grew(
    csv_file: Write, editor: User, reviewer: User
) -> None:
    put(csv_file(row(event_aliases="Brücke | Міст")), editor)
    event = Event.objects.get()
    event_services.edit_event(event, by=reviewer, changes={"aliases": ["Brücke"]})
    grown = csv_file(row(event_aliases="Brücke | Міст | Most"))

    changed_by = [totals(put(grown, editor))["changed"] for _ in range(3)]

    event.refresh_from_db()
    assert (event.aliases, changed_by) == (["Brücke", "Most"], [1, 0, 0])


def names(event: Event) -> list[str]:
    return sorted(party.name for party in event.parties.all())
