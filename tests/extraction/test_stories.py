"""Two articles of the shape this project began with: every claim found, every distractor left."""

from tests.extraction.found import Found, as_found, read

STRIKE = """\
Four rockets hit a vocational school in an occupied town shortly after midnight on 1 January, and \
nobody has been able to say since how many of the men sleeping in it are dead.

Russia's defence ministry said on Monday that 63 servicemen were killed. It was the highest number \
that Moscow has admitted in ten months of war. Ukraine's military put the toll at about 400, with \
300 more wounded.

Bloggers close to the front do not believe either. Two of them estimated that between 200 and 600 \
conscripts had died, and a newspaper in Samara, where most came from, reported hundreds of dead.

The men belonged to the 300,000 reservists who were called up in September. The building, 12 km \
behind the line, also held ammunition for 20 howitzers, and 6 launchers stood in its yard. "They \
gave each of us 40 cartridges and a phone," said a 23-year-old survivor.
"""

SHELLING = """\
Shells fell on the centre of a border city on 30 December, a day after 158 missiles and drones had \
been fired at cities across the other country.

At least 25 people were killed, five of them children, and more than 100 were injured, the \
regional governor said. A hospital 80 kilometres away prepared 120 beds.

On the wider war the sides agree on nothing. Western officials say an estimated 400,000 Russian \
soldiers have been killed or wounded since February 2022. The United Nations has verified over \
18,500 civilian casualties on the other side, of whom 10,000 were killed, and says the real number \
is higher.

The parliament in Kyiv is to debate a law under which 500,000 more people could be conscripted. It \
would cost 13 billion dollars; 54 percent of those asked were against it.
"""


def test_strike_gives_its_four_rival_figures_and_nothing_else() -> None:
    found = [(as_found(c), c.claimant) for c in read(STRIKE).candidates]

    expected: list[tuple[Found, str]] = [
        (("killed", 63, 63), "Russia's defence ministry"),
        (("killed", 400, 400), "Ukraine's military"),
        (("injured", 300, 300), "Ukraine's military"),
        (("killed", 200, 600), "Two of them"),
        (("killed", 200, None), "a newspaper in Samara"),
    ]
    assert [figure for figure, _ in found] == [figure for figure, _ in expected]
    assert [claimant for _, claimant in found][:3] == [name for _, name in expected][:3]
    assert found[4][1] is not None
    assert found[4][1].startswith("a newspaper in Samara")


def test_shelling_gives_parts_estimates_and_floors_and_nothing_else() -> None:
    candidates = read(SHELLING).candidates

    assert [as_found(c) for c in candidates] == [
        ("killed", 25, None),
        ("killed", 5, 5),
        ("injured", 101, None),
        ("casualties", 400_000, 400_000),
        ("casualties", 18_501, None),
        ("killed", 10_000, 10_000),
    ]
    assert [c.is_part for c in candidates] == [False, True, False, False, False, True]
    assert [c.claimant for c in candidates] == [
        *["the regional governor"] * 3,
        "Western officials",
        *["The United Nations"] * 2,
    ]
