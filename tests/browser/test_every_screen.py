"""Every screen of both apps, as the demo fills them: nothing hard to use, nothing cut off, nothing to be scrolled sideways."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from tests.browser.axe import grave_findings
from tests.browser.on_demo import demo, desktops, signed_in
from tests.browser.screens import SCREENS, SIGNED_OUT, Screen, places_of
from tests.browser.test_small_screens import LARGE_LETTERS, SMALL, TOO_WIDE
from tests.browser.windows import DESK, PHONE, Desktops, Look, Window
from tests.running_demo import RunningDemo

__all__ = ["demo", "desktops"]

pytestmark = [pytest.mark.browser, pytest.mark.slow(seconds=60)]

DARK_PHONE = replace(PHONE, scheme="dark")
# What ends in an ellipsis is meant to; a count may sit on a button's corner; what is for the ear has no size.
CUT_OFF = """() => [...document.querySelectorAll("button, .button, label, legend, summary, select, h1, h2, h3, [role=menuitem]")]
  .filter((each) => !each.matches(".unseen") && each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1)
  .filter((each) => getComputedStyle(each).textOverflow !== "ellipsis")
  .filter((each) => ![...each.querySelectorAll("*")].some((part) => getComputedStyle(part).position === "absolute"))
  .map((each) => `${each.tagName}.${each.className} ${each.textContent.trim().slice(0, 40)}`)"""


@pytest.mark.parametrize(("look", "is_owners"), [(DESK, False), (DARK_PHONE, True)], ids=["team at a desk", "owner on a phone"])
async def test_no_screen_is_hard_to_use(desktops: Desktops, demo: RunningDemo, look: Look, *, is_owners: bool) -> None:
    """I10, I11: no serious finding on any, and all of it within the window."""
    tour = Tour(desktops, look)
    await tour.go_through([screen for screen in SCREENS if screen.is_owners == is_owners], await places_of(demo))

    assert {} == tour.findings


@pytest.mark.parametrize(("look", "script"), [(SMALL, ""), (PHONE, LARGE_LETTERS)], ids=["smallest phone", "large letters"])
async def test_every_screen_of_an_owner_fits(desktops: Desktops, demo: RunningDemo, look: Look, script: str) -> None:
    tour = Tour(desktops, look, script, looks_for_all=False)
    await tour.go_through([screen for screen in SCREENS if screen.is_owners], await places_of(demo))

    assert {} == tour.findings


@dataclass
class Tour:
    """From screen to screen, each person in one window; collects what is wrong with each."""

    desktops: Desktops
    look: Look
    script: str = ""
    looks_for_all: bool = True
    """Not only for what does not fit."""
    windows: dict[str, Window] = field(default_factory=dict[str, Window])
    findings: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    async def go_through(self, screens: Sequence[Screen], places: dict[str, str]) -> None:
        for screen in screens:
            window = self.windows.get(screen.person) or await self._enter(screen)
            await screen.show(window, places)
            found = await grave_findings(window.page) if self.looks_for_all else []
            found += [f"too wide: {each}" for each in await window.page.evaluate(TOO_WIDE)]
            found += [f"cut off: {each}" for each in await window.page.evaluate(CUT_OFF)]
            # A phone widens its page to what does not fit.
            found += [] if await window.page.evaluate("innerWidth") == self.look.width else ["wider than the phone"]
            if found:
                self.findings[screen.name] = found

    async def _enter(self, screen: Screen) -> Window:
        if screen.person == SIGNED_OUT:
            window = await self.desktops.open("about:blank", look=self.look)
        else:
            window = await signed_in(self.desktops, "/owner" if screen.is_owners else "/staff", screen.person, look=self.look)
        window.expect_error(
            "status of 40[34]"
        )  # of a link that is none, a family that is not theirs, and who has to prove who they are
        await window.context.add_init_script(self.script)
        self.windows[screen.person] = window
        return window
