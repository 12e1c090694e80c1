"""What is mailed to families exists in each of their languages, with the same facts in it."""

import re
from typing import get_args

import pytest

from pawline.notifications.finding import FOLDER
from pawline.notifications.mail import template_in
from pawline.platform.languages import Language

TEMPLATES = FOLDER.joinpath("templates")
FOR_TEAMS = {
    *("address_changed", "day_end", "hand_off", "hand_off_unheard", "mention", "new_address", "password", "questions_ended"),
    *("factor", "returned", "staff_refused", "staff_tried", "staff_unread"),
}
PARTS = {"logo", "off", "vet_invitation_words"}
"""No mails of their own."""
NAMES = sorted({path.name.split(".")[0] for path in TEMPLATES.iterdir()} - FOR_TEAMS - PARTS)


def facts_in(file: str) -> set[str]:
    source = TEMPLATES.joinpath(file).read_text()
    included = re.findall(r'{% include "(.+?)" %}', source)
    return set(re.findall(r"{{ *(\w+(?:\.\w+)?)", source)).union(*map(facts_in, included))


@pytest.mark.parametrize("form", ["txt", "html"])
@pytest.mark.parametrize("name", NAMES)
def test_each_mail_says_the_same_in_each_language(name: str, form: str) -> None:
    english = facts_in(f"{name}.{form}")
    others = {language: facts_in(f"{template_in(name, language)}.{form}") for language in get_args(Language)}

    assert english
    assert {"invitation", "sign_in", "sign_up", "unread", "vet_invitation"} <= set(NAMES)
    assert dict.fromkeys(others, english) == others


def test_each_says_its_language_to_screen_readers() -> None:
    html = {f"{template_in(name, language)}.html": language for name in NAMES for language in get_args(Language)}

    assert all(f'<html lang="{language}">' in TEMPLATES.joinpath(file).read_text() for file, language in html.items())
