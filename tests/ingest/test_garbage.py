"""An import has Python search for garbage seldom, and leaves all as it was."""

import gc

import pytest

from claims.ingest.garbage import SELDOM, searched_seldom


def searching() -> tuple[tuple[int, int, int], bool]:
    return gc.get_threshold(), gc.get_freeze_count() > 0


def test_what_is_there_is_left_alone_until_the_end() -> None:
    before = searching()

    with searched_seldom():
        meanwhile = searching()

    assert (meanwhile, searching()) == ((SELDOM, True), before)


def test_all_is_as_before_when_the_work_fails() -> None:
    before = searching()

    with pytest.raises(ValueError, match="bad row"), searched_seldom():
        raise ValueError("bad row")

    assert searching() == before


def test_what_a_web_server_froze_stays_so() -> None:
    gc.freeze()

    with searched_seldom():
        pass
    is_frozen = searching()[1]
    gc.unfreeze()

    assert is_frozen


def test_all_is_as_before_when_of_two_imports_the_first_ends_first() -> None:
    before = searching()
    first, second = searched_seldom(), searched_seldom()

    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    meanwhile = searching()
    second.__exit__(None, None, None)

    assert (meanwhile, searching()) == ((SELDOM, True), before)
