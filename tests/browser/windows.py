"""Browser windows for the people of the cast."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, FloatRect, Locator, Page, Response

from pawline.platform.security import cookie_name
from pawline.platform.settings import Settings
from tests.world import Caller


@dataclass(frozen=True, slots=True)
class Look:
    """The screen somebody sits in front of."""

    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    is_phone: bool = False
    locale: str = "en-US"


DESK = Look(1440, 900)
DARK_LAPTOP = Look(1024, 768, "dark")
PHONE = Look(390, 844, is_phone=True)


class Served(Protocol):
    """A product that answers at an address."""

    @property
    def url(self) -> str: ...

    @property
    def settings(self) -> Settings: ...


@dataclass
class Window:
    page: Page
    context: BrowserContext
    product: Served
    expected: list[str] = field(default_factory=list[str])
    problems: list[str] = field(default_factory=list[str])

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="Messages")

    @property
    def messages(self) -> Locator:
        return self.log.get_by_role("article")

    @property
    def field(self) -> Locator:
        """Where a message to the other side is written."""
        return self.page.get_by_role("textbox", name=re.compile("^Message "))

    @property
    def send_button(self) -> Locator:
        return self.page.get_by_role("button", name="Send", exact=True)

    @property
    def tray(self) -> Locator:
        """The files chosen for the next message."""
        return self.page.get_by_role("list", name="Files to send")

    def message(self, text: str) -> Locator:
        return self.messages.filter(has_text=text)

    def receipt(self, text: str, state: Literal["Sent", "Read"]) -> Locator:
        return self.message(text).get_by_role("img", name=re.compile(f"^{state}"))

    def button(self, name: str) -> Locator:
        """By the beginning of its name."""
        return self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name)

    async def visit(self, path: str) -> Response | None:
        return await self.page.goto(path if path.startswith("about:") else self.product.url + path)

    async def write(self, text: str) -> None:
        await self.field.fill(text)
        await self.send_button.click()

    def expect_error(self, pattern: str) -> None:
        """Chromium logs refused and cut requests as errors; a test that brings one about says so."""
        self.expected.append(pattern)

    def watch(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"uncaught: {error}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"{message.text} ({message.location.get('url', '')})")

    def unexpected(self) -> list[str]:
        return [problem for problem in self.problems if not any(re.search(each, problem) for each in self.expected)]


# About half of the processor's time for a first visit to the owner's app goes into keeping a copy of it.
KEEP_NO_COPY = """
if (navigator.serviceWorker)
  navigator.serviceWorker.register = () => Promise.reject(new DOMException("Refused", "SecurityError"));
"""


class Desktops:
    """``keeps_apps``: a copy for when there is no network. Otherwise browsers refuse that, as private windows do."""

    def __init__(self, browser: Browser, product: Served, *, keeps_apps: bool = True) -> None:
        self._keeps_apps = keeps_apps
        self._browser = browser
        self._product = product
        self._windows: list[Window] = []

    async def open(self, path: str, *, person: Caller | None = None, look: Look = DESK) -> Window:
        """A new window, signed in as ``person`` if given, at ``path``."""
        screen: Any = {"width": look.width, "height": look.height}
        touch: Any = {"has_touch": look.is_phone, "is_mobile": look.is_phone}
        context = await self._browser.new_context(
            viewport=screen, color_scheme=look.scheme, locale=look.locale, reduced_motion="reduce", **touch
        )
        if not self._keeps_apps:
            await context.add_init_script(KEEP_NO_COPY)
        if person is not None:
            name = cookie_name(self._product.settings, person.app)
            await context.add_cookies([{"name": name, "value": person.secret, "url": self._product.url, "httpOnly": True}])
        window = Window(await context.new_page(), context, self._product)
        window.watch()
        self._windows.append(window)
        await window.visit(path)
        return window

    async def close(self) -> list[str]:
        """What the windows logged as errors unexpectedly."""
        for window in self._windows:
            await window.context.close()
        return [problem for window in self._windows for problem in window.unexpected()]


async def box_of(locator: Locator) -> FloatRect:
    box = await locator.bounding_box()
    assert box is not None, "it is not on the screen"
    return box


async def colour_behind(place: Locator) -> tuple[int, int, int]:
    """The colour of the nearest painted box around it: red, green, blue."""
    colour = await place.evaluate("""(element) => {
      for (let at = element; at; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if (colour !== "rgba(0, 0, 0, 0)") return colour;
      }
      return "rgb(255, 255, 255)";
    }""")
    red, green, blue = (int(value) for value in re.findall(r"\d+", colour)[:3])
    return red, green, blue
