"""The poster of a clinic: what stands on it, in which colours, and who may print it."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from pawline.joining.poster_colours import BLACK, WHITE, Colour, contrast, ink_on, read_colour
from pawline.joining.poster_facts import Paper, Poster
from pawline.joining.poster_pdf import print_poster
from pawline.joining.poster_words import ENGLISH, WORDS, PosterLanguage
from tests.posters import read_poster
from tests.world import World

POSTER = Poster(
    clinic_name="Hill Street",
    practice_name="Northside Veterinary",
    scan_url="https://northside.example/c/0123456789abcdefghjk?qr",
    typed_url="northside.example/c/0123456789abcdefghjk",
    emergency_number=None,
    address=None,
    brand_colour=None,
)
SIZES: dict[Paper, tuple[int, int]] = {"a4": (595, 842), "letter": (612, 792)}


@pytest.mark.parametrize("paper", SIZES)
async def test_the_poster_says_whose_it_is_and_leads_there(world: World, paper: Paper) -> None:
    """AL-19: made by the practice itself, with the code that connects at once (AL-18)."""
    path = f"/clinics/{world.clinic_id}"
    here = {"street": "120 Hill Street", "city": "Syracuse", "region": "NY", "postcode": "13202"}
    await world.ada.send("PATCH", path, {"emergency_number": "+13155550199", "brand_colour": "#7048E8", **here})
    link = (await world.ada.get(f"{path}/link")).json()
    response = await world.ada.get(f"{path}/poster.pdf", paper=paper)
    printed = read_poster(response.content)

    assert (200, "application/pdf") == (response.status_code, response.headers["content-type"])
    assert "Poster%20Hill%20Street.pdf" in response.headers["content-disposition"]
    assert SIZES[paper] == printed.size
    assert [link["poster_url"]] == printed.scanned
    assert "#7048e8" == printed.colour_at(20, 15)
    for words in (
        "Hill Street",
        "Northside Veterinary · 120 Hill Street, Syracuse, NY 13202",
        "Scan to message us about your pet",
        *ENGLISH.steps,
        link["url"].partition("://")[2],
        f"{ENGLISH.emergency} (315) 555-0199",
    ):
        assert words in printed.words


@pytest.mark.parametrize(("width", "height"), [(900, 300), (300, 900), (400, 400), (4, 900)])
@pytest.mark.parametrize("paper", SIZES)
def test_a_clinic_with_a_logo_shows_it_beside_its_name(paper: Paper, width: int, height: int) -> None:
    """AL-19: whole, whatever its form, on white; the words and the code stay what they were."""
    plain, printed = (read_poster(print_poster(replace(POSTER, logo=logo), paper)) for logo in (None, solid(width, height)))
    left, top = 12 + 8, 12 + 8

    assert plain.words == printed.words
    assert [POSTER.scan_url] == printed.scanned
    assert ("#ffffff", "#ffffff") == (printed.colour_at(left + 1, top + 5), printed.colour_at(left + 1, top + 14))
    shown = min(42 / width, 15 / height) * width
    assert shown < 1 or printed.colour_at(left + 2 + shown / 2, top + 9.5) == "#c00000"


async def test_the_logo_is_the_clinic_s(world: World) -> None:
    """AL-19: the one in its settings; where it cannot be had just now, the poster does without."""
    path = f"/clinics/{world.clinic_id}"
    plain = read_poster((await world.ada.get(f"{path}/poster.pdf")).content)
    await world.ada.http.put(f"{path}/logo", content=solid(900, 300))
    printed = read_poster((await world.ada.get(f"{path}/poster.pdf")).content)

    assert plain.colour_at(21, 29.5) not in ("#ffffff", printed.colour_at(21, 29.5))
    assert "#ffffff" == printed.colour_at(21, 29.5)


def solid(width: int, height: int) -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, height), "#c00000").save(content, "JPEG", quality=100, subsampling=0)
    return content.getvalue()


@pytest.mark.parametrize("language", ["es", "both"])
@pytest.mark.parametrize("paper", SIZES)
async def test_it_speaks_spanish_or_both_on_one_page(world: World, paper: Paper, language: PosterLanguage) -> None:
    """All words of each language, none over another, and the code can be scanned as before."""
    path = f"/clinics/{world.clinic_id}"
    await world.ada.send("PATCH", path, {"emergency_number": "+13155550199"})
    link = (await world.ada.get(f"{path}/link")).json()
    printed = read_poster((await world.ada.get(f"{path}/poster.pdf", paper=paper, language=language)).content)

    assert [link["poster_url"]] == printed.scanned
    for words in WORDS[language]:
        for said in (" ".join(words.invitation), *words.steps, words.typed, f"{words.emergency} (315) 555-0199"):
            assert said in printed.words
    assert (language == "both") is (" ".join(ENGLISH.invitation) in printed.words)


@pytest.mark.parametrize("name", ["Ветеринарна клініка Їжачок", "Κτηνιατρείο Αθήνα", "Żółw, Příliš & Đặng", "Hill " * 24])
def test_names_of_other_alphabets_and_long_ones_print(name: str) -> None:
    """The letters are embedded: a print shop has them as well."""
    content = print_poster(replace(POSTER, clinic_name=name, practice_name=name), "a4")

    assert name.strip() in read_poster(content).words
    assert b"/FontFile2" in content


def test_without_a_number_nothing_is_said_of_emergencies() -> None:
    assert "emergency" not in read_poster(print_poster(POSTER, "a4")).words


def test_words_on_the_clinics_colour_can_be_read() -> None:
    """White where it reaches 4.5 to 1, else black; checked over the whole cube of colours."""
    steps = range(0, 256, 15)
    grounds = [Colour(red, green, blue) for red in steps for green in steps for blue in steps]

    assert (WHITE, BLACK) == (ink_on(read_colour("#0f6f66")), ink_on(read_colour("#ffd43b")))
    assert 21 == round(contrast(BLACK, WHITE), 3)
    assert 4.5 <= min(contrast(ground, ink_on(ground)) for ground in grounds)


async def test_a_colour_is_kept_refused_or_taken_away(world: World) -> None:
    path = f"/clinics/{world.clinic_id}"
    kept = await world.ada.send("PATCH", path, {"brand_colour": "#FFD43B"})
    refused = [await world.ada.send("PATCH", path, {"brand_colour": colour}) for colour in ("red", "#12345", "#0f6f66\n", "")]
    own = await world.ada.send("PATCH", path, {"brand_colour": None})

    assert ("#ffd43b", None) == (kept.json()["clinic"]["brand_colour"], own.json()["clinic"]["brand_colour"])
    assert {(422, "brand_colour")} == {(each.status_code, each.json()["errors"][0]["field"]) for each in refused}


async def test_only_administrators_of_the_clinic_print_its_poster(world: World) -> None:
    path = f"/clinics/{world.clinic_id}/poster.pdf"
    asked = {name: (await world.callers[name].get(path)).status_code for name in ("nora", "toby", "rita", "olive", "stranger")}

    assert {"nora": 403, "toby": 403, "rita": 404, "olive": 404, "stranger": 404} == asked
    for choice in ({"paper": "a3"}, {"language": "fr"}):
        assert 400 <= (await world.ada.get(path, **choice)).status_code < 500
