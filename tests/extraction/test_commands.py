"""``extract_claims`` and ``score_extraction`` as a person or a program meets them."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

DEVELOPMENT = Path(__file__).parents[1] / "data" / "extraction" / "development.jsonl"
TEXT = "Kyiv said at least 63 soldiers, five of them officers, were killed."


def run(name: str, *arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out, no_color=True, **options)
    return out.getvalue()


def test_documents_come_out_as_json_lines_with_stated_numbers(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps({"id": 7, "text": TEXT, "published_at": "2024-06-12T08:00:00Z"}))

    document = json.loads(run("extract_claims", file, "--jsonl"))

    assert document["id"] == 7
    assert document["totals"] == {"killed": [63, None]}
    assert document["claims"][0] == {
        "lower": 63,
        "upper": None,
        "measure": "killed",
        "population": "soldiers",
        "claimant": "Kyiv",
        "start": 19,
        "end": 21,
        "part_of": False,
        "whole": None,
        "wording": "at least 63",
        "rules": ["digits", "bound:at_least", "subject:killed"],
    }
    part = document["claims"][1]
    assert (part["part_of"], part["whole"], TEXT[part["start"] : part["end"]]) == (True, 0, "five")


def test_character_that_no_encoding_has_is_escaped(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "\\ud800", "text": "The \\ud800 ministry said 12 people were killed."}')

    said = run("extract_claims", file, "--jsonl")

    assert said.encode()
    assert [claim["lower"] for claim in json.loads(said)["claims"]] == [12]


def test_one_article_comes_out_marked_and_explained(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT)

    said = run("extract_claims", file)

    assert said.startswith("Kyiv said at least 63 [1] soldiers, five [2] of them officers,")
    assert "[1] at least 63 - killed, soldiers; Kyiv; digits, bound:at_least" in said
    assert "[2] five - killed, officers, part of [1]; Kyiv;" in said
    assert said.rstrip().endswith("2 figures, language en, extractor 1. As a whole: killed 63...")


def test_article_without_figures_says_so(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Nothing happened.")

    assert run("extract_claims", file).rstrip().endswith("As a whole: no figure.")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("{", "Line 1 is not JSON", id="no JSON"),
        pytest.param('{"id": 1}', 'Line 1: expected {"id": ..., "text": "..."}', id="no text"),
        pytest.param(
            '{"id": 1, "text": "x", "published_at": "soon"}',
            "Line 1: Expected a date like 2024-06-12, got 'soon'.",
            id="no date",
        ),
        pytest.param(
            '{"id": 1, "text": "x", "lang": "tlh"}', "Line 1: No language 'tlh'", id="no language"
        ),
    ],
)
def test_bad_line_is_named_and_keeps_no_other_from_being_read(
    tmp_path: Path, line: str, message: str
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(line + "\n" + json.dumps({"id": 2, "text": TEXT, "lang": "en-GB"}))
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 of the documents could not be read"):
        call_command("extract_claims", str(file), "--jsonl", stdout=out, stderr=err)

    bad, good = map(json.loads, out.getvalue().splitlines())
    assert bad["error"].startswith(message)
    assert (bad["claims"], bad["totals"]) == ([], {})
    assert err.getvalue().startswith(message)
    assert (good["id"], len(good["claims"])) == (2, 2)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.jsonl cannot be read"):
        run("score_extraction", tmp_path / "none.jsonl")


def test_score_of_documents_without_labels_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps({"id": 1, "text": TEXT}))

    with pytest.raises(CommandError, match=r"Line 1: expected labels under gold\.claims\."):
        run("score_extraction", file)


def test_development_sentences_are_read_as_well_as_was_asked() -> None:
    said = run("score_extraction", DEVELOPMENT, "--no-errors")

    rows = {words[0]: words[1:] for words in map(str.split, said.splitlines()) if len(words) == 8}
    f1 = {code: float(rows[code][2]) for code in ("en", "ru", "uk", "es", "fr", "ar")}
    assert f1.pop("en") >= 0.92
    assert min(f1.values()) >= 0.85
    assert float(rows["all"][3]) >= 0.85
    assert float(rows["all"][4]) == 1.0
    assert "texts of 5,000 characters per CPU second" in said
