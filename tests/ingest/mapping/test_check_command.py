"""``import_dataset --check-mapping``: what is wrong with a mapping, before anything is read."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.ingest.mapping.reading import DATASETS

pytestmark = pytest.mark.django_db  # the command looks whether the tables are there

OURS = (
    'name = "ours"\ntitle = "Ours"\nlicence = "CC0"\n[fields]\nevent_key = "ours/{id}"\n'
    'claimant = "Us"\nmeasure = "killed"\n[[claims]]\nwhat = "killed"\nbest = "{dead}"\n'
)


def check(*given: object) -> str:
    out = StringIO()
    call_command("import_dataset", *map(str, given), "--check-mapping", stdout=out)
    return out.getvalue()


def test_check_when_a_shipped_mapping_is_named_needs_no_file() -> None:
    assert check("ucdp-ged") == "The mapping is well-formed.\n"


def test_check_when_a_file_is_given_tries_its_first_rows() -> None:
    assert check("gtd", DATASETS / "gtd" / "extract.csv") == (
        "The mapping is well-formed and fits the file. The first 3 rows make 4 claims with 8 "
        "citations. Passed over: 1 nkill is a fraction: a total shared out among several attacks, "
        "which counts no people; 1 no figure in the row.\n"
    )


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param(
            "ours",
            OURS.replace("killed", "kiled").replace("licence", "license"),
            "line 3, top of the file: There is no key “license” here. Did you mean “licence”?",
            id="slips",
        ),
        pytest.param(
            "theirs", OURS, "ours.toml: the mapping is for “ours”, not for “theirs”.", id="another"
        ),
        pytest.param("ours", "name = ", "ours.toml: this is not well-formed TOML:", id="no TOML"),
    ],
)
def test_check_when_a_mapping_has_problems_tells_them_a_line_each(
    tmp_path: Path, name: str, text: str, expected: str
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(text)

    with pytest.raises(CommandError) as raised:
        check(name, "--mapping", path)

    assert str(raised.value).splitlines()[0].startswith(expected)


def test_check_when_there_is_no_mapping_of_that_name_says_what_to_do() -> None:
    with pytest.raises(CommandError) as raised:
        check("ours")

    assert str(raised.value) == ("There is no mapping “ours”; give one with --mapping FILE.toml.")
