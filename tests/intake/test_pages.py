"""Pages of several languages and encodings, read whole."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from claims.domain.dates import DatePrecision, PartialDate
from claims.intake.decoding import decoded
from claims.intake.pages import PageReading, language_code, read_page
from claims.intake.reading_apart import LARGEST_PAGE, page_reading
from claims.intake.refused import NotReadable

FIFTH = PartialDate(date(2023, 3, 5))


@pytest.fixture
def page(root: Path):
    """Return the bytes of one of the pages kept for tests."""

    def content(name: str) -> bytes:
        return (root / "tests/data/pages" / f"{name}.html").read_bytes()

    return content


def test_page_when_it_has_a_graph_then_names_are_followed_and_time_keeps_its_zone(page):
    reading = page_reading(page("en-graph"))

    assert reading == PageReading(
        title="Shelling of Ardena: toll rises & rises",
        author="Ana Lind, Omar Said",
        publisher="The Harbour Post",
        published_on=FIFTH,
        published_at=datetime(2023, 3, 5, 23, 30, tzinfo=timezone(timedelta(hours=3))),
        language="en",
        url="https://harbour-post.example/ardena",
        text=reading.text,
    )
    assert reading.text.split("\n\n") == [
        "Shelling of Ardena: toll rises",
        (
            "At least 25 people were killed on Friday when shells hit the market of Ardena, the "
            "city's hospital said. More than 100 were wounded, among them five children."
        ),
        (
            "The defence ministry of the north denied that anyone had been killed and spoke of a "
            "staged scene."
        ),
        "- On Saturday the hospital put the number of dead at 31.",
        "- Two of its own nurses are among them.",
    ]


def test_page_when_arabic_then_read_with_its_digits(page):
    reading = page_reading(page("ar"))

    assert (reading.title, reading.author, reading.publisher, reading.language) == (
        "ارتفاع حصيلة قصف السوق",
        "مراسلنا",
        "صحيفة الميناء",
        "ar",
    )
    assert reading.published_at == datetime(2023, 3, 5, 9, 15, tzinfo=UTC)
    first, second = reading.text.split("\n\n")
    assert first.startswith("قالت وزارة الصحة إن ٢٥ شخصا على الأقل قتلوا")
    assert second.startswith("ونفت وزارة الدفاع مقتل أي مدني")


@pytest.mark.parametrize("name", ["ru-1251", "ru-1251-undeclared"])
def test_page_when_windows_1251_then_read_declared_or_not(page, name):
    reading = page_reading(page(name))

    assert (reading.title, reading.author, reading.publisher) == (
        "Обстрел рынка",
        "Иван Лесной",
        "Вестник гавани",
    )
    assert (reading.published_on, reading.language) == (FIFTH, "ru")
    assert reading.text.startswith("Не менее 25 человек погибли в пятницу")


def test_page_when_its_json_is_broken_then_the_next_block_and_the_head_count(page):
    reading = page_reading(page("es-broken-json"))

    assert (reading.title, reading.author, reading.publisher) == (
        "Ataque en el puerto: 12 muertos",
        "Luz Vera",
        "Diario del Puerto",
    )
    assert (reading.published_on, reading.published_at, reading.language) == (FIFTH, None, "es")


def test_page_when_it_says_nothing_of_itself_then_text_alone():
    reading = read_page("<p>At least 25 people were killed in the town on Friday evening.</p>")

    assert reading == PageReading(
        text="At least 25 people were killed in the town on Friday evening."
    )


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("", id="nothing"),
        pytest.param("   \n", id="blanks"),
        pytest.param("<!-- -->", id="a comment"),
        pytest.param("<html><body></body></html>", id="no text"),
        pytest.param("<html><body><script>alert(25)</script></body></html>", id="a script alone"),
        pytest.param("<div>" * 20_000 + "25 killed", id="deep nesting"),
        pytest.param("\x00\x00\x00", id="zero bytes"),
    ],
)
def test_page_when_no_text_can_be_read_then_refused_in_words(hostile):
    with pytest.raises(NotReadable) as refusal:
        page_reading(hostile)

    assert str(refusal.value).endswith("instead.")


def test_page_when_it_has_entities_of_its_own_then_none_is_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;">]>'
    secret = '<!DOCTYPE html [<!ENTITY c SYSTEM "file:///etc/passwd">]>'

    texts = [
        read_page(f"{head}<p>At least 25 people were killed here on Friday. &b;&c;</p>").text
        for head in (bomb, secret)
    ]

    assert [text.count("boom") + text.count("root:") for text in texts] == [0, 0]


def test_page_when_it_has_zero_bytes_then_read_without_them():
    page = b"<p>At least 25\x00 people were killed in the town on Friday evening.</p>"

    assert "\x00" not in page_reading(page).text


def test_page_when_too_large_then_refused():
    with pytest.raises(NotReadable, match="Expected a page of at most 5,000,000 bytes"):
        page_reading(b"a" * (LARGEST_PAGE + 1))


def test_page_when_it_keeps_the_parser_busy_then_stopped():
    attributes = " ".join(f"a{number}='x'" for number in range(200_000))

    with pytest.raises(NotReadable, match=r"cannot be read within 1\.5 seconds"):
        page_reading(f"<p {attributes}>25 killed</p>", seconds=1.5)


# --- Encodings ------------------------------------------------------------------------------------

KILLED = "Убито 25 человек, сообщили в больнице города"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        pytest.param(KILLED.encode(), "", id="UTF-8, undeclared"),
        pytest.param(KILLED.encode(), "windows-1251", id="UTF-8, declared as something else"),
        pytest.param(b"\xef\xbb\xbf" + KILLED.encode(), "", id="UTF-8 with a mark"),
        pytest.param(KILLED.encode("cp1251"), "windows-1251", id="windows-1251, declared"),
        pytest.param(KILLED.encode("cp1251"), "utf-8", id="windows-1251, declared as UTF-8"),
        pytest.param(KILLED.encode("koi8-r"), "koi8-r", id="KOI8-R, declared"),
        pytest.param(KILLED.encode("utf-16"), "", id="UTF-16 with a mark"),
        pytest.param(KILLED.encode("utf-16-le"), "utf-16-le", id="UTF-16, declared"),
        pytest.param(KILLED.encode("cp1251"), "windows-1251\0", id="a name with a zero byte"),
        pytest.param(
            b"<meta charset='windows-1251'>" + KILLED.encode("cp1251"), "no-such", id="in the head"
        ),
    ],
)
def test_bytes_when_decoded_then_the_same_text(content, declared):
    assert decoded(content, declared).removeprefix("<meta charset='windows-1251'>") == KILLED


@pytest.mark.parametrize("content", [b"\xff\xfe\xfd", b"\x80\x81\xff" * 50, bytes(range(256))])
def test_bytes_when_nothing_fits_then_still_a_text(content):
    assert isinstance(decoded(content, "utf-8"), str)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("en-GB", "en"), ("en_US", "en"), ("EN", "en"), ("English", "en"), ("ru, uk", "ru"),
        ("zh-Hans", "zh"), ("", ""), ("x", ""), ("123", ""), ("<script>", ""),
    ],
)  # fmt: skip
def test_language_when_said_in_any_way_then_its_code(said, code):
    assert language_code(said) == code


def test_reading_when_told_over_to_another_process_then_unchanged():
    page = (
        '<html><head><meta name="date" content="2023-03"></head><body><p>At least 25 people were '
        "killed in the town, the hospital said.</p></body></html>"
    )

    assert page_reading(page) == read_page(page)
    assert page_reading(page).published_on == PartialDate(date(2023, 3, 1), DatePrecision.MONTH)
