"""Every screen of Pawline, on the demo: who sees it, where it is, what to press, and by what it is known to be there."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
from playwright.async_api import Route, expect

from pawline.platform.postgres import running_url
from tests.browser.windows import Window
from tests.demo.scratch import Scratch
from tests.running_demo import RunningDemo

Step = Callable[[Window], Awaitable[None]]
SIGNED_OUT, NORA, TOBY, GRACE, OLIVE = "", "Nora Ames", "Toby Reyes", "Grace Lindqvist", "Olive Hart"
DIALOG, MESSAGE = "role=dialog", "role=log >> role=article"
THREAD, TEXTS, BOTH, CLIENT, SETTINGS = (
    "/staff/threads/{thread}",
    "/staff/threads/{texts}",
    "/staff/threads/{both}",
    "/staff/clients/{client}",
    "/staff/settings/{clinic}",
)


@dataclass(frozen=True, slots=True)
class Screen:
    """``path`` may name a place of ``places_of``; ``sign`` is a selector of Playwright's."""

    name: str
    person: str
    path: str
    sign: str
    steps: tuple[Step, ...] = ()

    @property
    def is_owners(self) -> bool:
        return self.path.startswith(("/owner", "/{joining}"))

    async def show(self, window: Window, places: dict[str, str]) -> None:
        if "#" in self.path:
            await window.visit("about:blank")  # a new fragment alone would load nothing
        await window.visit(self.path.format(**places))
        for step in self.steps:
            await step(window)
        await expect(window.page.locator(self.sign).filter(visible=True).first).to_be_visible()


def press(pattern: str, role: str = "button") -> Step:
    """The first that is there to be seen and whose name begins so."""

    async def act(window: Window) -> None:
        found = window.page.get_by_role(role, name=re.compile(f"^{pattern}"))  # pyright: ignore[reportArgumentType]
        await found.filter(visible=True).first.click()

    return act


def choose(*names: str) -> tuple[Step, ...]:
    """From a menu: the button that opens it, and what stands in it."""
    return press(names[0]), *(press(name, "menuitem") for name in names[1:])


def fill(label: str, words: str) -> Step:
    async def act(window: Window) -> None:
        await window.page.get_by_label(label).filter(visible=True).first.fill(words)

    return act


def pick(label: str, option: str) -> Step:
    async def act(window: Window) -> None:
        await window.page.get_by_label(label).filter(visible=True).first.select_option(option)

    return act


def key(name: str) -> Step:
    async def act(window: Window) -> None:
        await expect(window.page.get_by_role("heading", name="Inbox")).to_be_visible()
        await window.page.keyboard.press(name)

    return act


async def see_family(window: Window) -> None:
    """Beside the thread, or in front of it where there is no room."""
    await expect(window.field).to_be_visible()
    opener = window.button("Family details")
    if await opener.is_visible():
        await opener.click()


async def of_message(window: Window) -> None:
    """The menu of one that the team wrote."""
    message = window.message("Would later today or tomorrow")
    await message.hover()
    await message.get_by_role("button", name="More for the message").click()


async def long_after(window: Window) -> None:
    """As if the proof of who this is were older than it may be, which would take a quarter of an hour."""
    await window.page.route("**/api/v1/family/invitations", _ask_for_proof)


async def _ask_for_proof(route: Route) -> None:
    if route.request.method == "POST":
        await route.fulfill(status=403, json={"title": "Show that it is you", "status": 403, "code": "step_up_needed"})
    else:
        await route.continue_()


async def places_of(demo: RunningDemo) -> dict[str, str]:
    """What the paths name."""
    database = Scratch(demo.settings, running_url(demo.settings.postgres_folder) or "")
    threads = "SELECT t.id FROM thread t JOIN family f ON f.id = t.family_id WHERE f.name = '{}' ORDER BY t.created_at"
    statements = {
        "thread": threads.format("Hart family"),
        "texts": threads.format("Quinn family"),
        "both": threads.format("Delgado family"),
        "client": "SELECT id FROM person WHERE name = 'Olive Hart'",
        "clinic": "SELECT id FROM clinic WHERE name = 'Northside Hill Street'",
        "unnumbered": "SELECT id FROM clinic WHERE name = 'Northside Harbour'",
    }
    places = {name: str(await database.value(statement)) for name, statement in statements.items()}
    async with httpx.AsyncClient(base_url=demo.url) as http:
        poster = (await http.get("/api/v1/demo/poster")).json()["link"]
    return places | {"joining": poster.removeprefix(f"{demo.url}/")}


NEW_CONVERSATION = (press("Start New Conversation"), fill("Title", "Blood results"))
TEXTING_CLINIC = (*NEW_CONVERSATION, pick("Clinic", "Northside Hill Street"))
SCREENS = (
    Screen("start", SIGNED_OUT, "/", "text=the poster of"),
    Screen("mailbox", SIGNED_OUT, "/demo/mail", "h1"),
    Screen("phones", SIGNED_OUT, "/phones", "h1"),
    Screen("sign in as staff", SIGNED_OUT, "/staff", "text=Nora Ames"),
    Screen("ask for a password", SIGNED_OUT, "/staff/password", "h1"),
    Screen("choose a password", SIGNED_OUT, "/staff/password#token=x", "h1"),
    Screen("invitation of a vet", SIGNED_OUT, "/staff/invitation#token=x", "h1"),
    Screen("confirm an address", SIGNED_OUT, "/staff/address#token=x", "h1"),
    Screen("sign in as owner", SIGNED_OUT, "/owner", "text=Olive Hart"),
    Screen("sign in by link", SIGNED_OUT, "/owner/sign-in#token=x", "h1"),
    Screen("join", SIGNED_OUT, "/{joining}", "text=Message your vet here"),
    Screen("join without a code", SIGNED_OUT, "/owner/join", "text=This link is not complete"),
    Screen("inbox", NORA, "/staff", "[data-row]"),
    Screen("choosing several", NORA, "/staff", "text=Choose some to end", (press("Choose several"),)),
    Screen("filter", NORA, "/staff", DIALOG, (press("Filter"),)),
    Screen("nothing found", NORA, "/staff", "text=Nothing found", (fill("Search by parent", "nobody at all"),)),
    Screen("keys", NORA, "/staff", DIALOG, (key("?"),)),
    Screen("search", NORA, "/staff", "role=option", (press("Search$"), fill("Search people", "pix"))),
    Screen("availability", NORA, "/staff", DIALOG, (press("Availability"),)),
    Screen("going off duty", NORA, "/staff", DIALOG, choose("Nora Ames, your menu", "Go off duty")),
    Screen("new conversation", NORA, "/staff", DIALOG, NEW_CONVERSATION),
    Screen("choose user", NORA, "/staff", "role=option", (*NEW_CONVERSATION, press("Start Chat Messaging"))),
    Screen("choose user for texting", NORA, "/staff", "role=option", (*TEXTING_CLINIC, press("Start Text Messaging"))),
    Screen(
        "add a family", NORA, "/staff", "role=group", (*NEW_CONVERSATION, press("Start Chat Messaging"), press("Add a family"))
    ),
    Screen("type a number", NORA, "/staff", DIALOG, (press("New chat"),)),
    Screen("thread", NORA, THREAD, MESSAGE),
    Screen("note", NORA, THREAD, 'role=textbox[name="Internal note"]', (press("Internal note"),)),
    Screen("family", NORA, THREAD, 'role=complementary[name="Family"]', (see_family,)),
    Screen("menu of a message", NORA, THREAD, "role=menu", (of_message,)),
    Screen("answered by", NORA, THREAD, "role=menu", (press("Answered by"),)),
    Screen("hand off", NORA, THREAD, DIALOG, choose("Answered by", "Hand off")),
    Screen("labels", NORA, THREAD, DIALOG, choose("More$", "Labels")),
    Screen("snooze", NORA, THREAD, DIALOG, choose("More$", "Snooze")),
    Screen("update pet details", NORA, THREAD, DIALOG, choose("More$", "Update Pet Details")),
    Screen("transcript", NORA, THREAD, DIALOG, choose("More$", "Transcript")),
    Screen("search a conversation", NORA, THREAD, "mark", (press("Search this conversation"), fill("Words to look for", "paw"))),
    Screen("request a payment", NORA, THREAD, DIALOG, (press("Request a payment"),)),
    Screen("photo", NORA, THREAD, DIALOG, (press("Photo from"),)),
    Screen("add a contact", NORA, THREAD, DIALOG, (see_family, press("Add a contact"))),
    Screen("pet profile", NORA, THREAD, DIALOG, (see_family, press("About Pixel"))),
    Screen("pictures of a pet", NORA, THREAD, DIALOG, (see_family, press("Pictures of Pixel"))),
    Screen("ledger", NORA, THREAD, DIALOG, (see_family, press("View ledger"))),
    Screen("thread of texts", NORA, TEXTS, MESSAGE),
    Screen("opt out", NORA, TEXTS, DIALOG, choose("More$", "Opt out of texts")),
    Screen("clients", NORA, "/staff/clients", "text=Abena Osei"),
    Screen("client", NORA, CLIENT, "role=switch"),
    Screen("schedule", NORA, "/staff/schedule", "role=article"),
    Screen("add an appointment", NORA, "/staff/schedule", DIALOG, (press("Add$"),)),
    Screen("change an appointment", NORA, "/staff/schedule", DIALOG, choose("Change ", "Edit")),
    Screen("devices", NORA, "/staff/devices", "text=this device"),
    Screen("own profile", NORA, "/staff/profile", "text=Your profile"),
    Screen("at two clinics", NORA, BOTH, "text=/^Also at/", (see_family,)),
    Screen("side by side", NORA, BOTH, "role=region[name=/^Side by side/]", (see_family, key("b"))),
    Screen("people one blocked", NORA, "/staff/blocked", "h1"),
    Screen("who has access", GRACE, THREAD, DIALOG, choose("More$", "Who has access")),
    Screen(
        "end a connection",
        GRACE,
        THREAD,
        "text=/^End the connection/",
        (see_family, press("About Pixel"), press("End connection")),
    ),
    Screen("merge", GRACE, THREAD, DIALOG, (see_family, press("Merge with"))),
    Screen("team", GRACE, "/staff/team", "text=Toby Reyes"),
    Screen("add to the team", GRACE, "/staff/team", DIALOG, (press("Add to the team"),)),
    Screen("reports", GRACE, "/staff/reports", "h1"),
    Screen("block a number", GRACE, "/staff/reports", DIALOG, (press("Block a number"),)),
    Screen("settings", GRACE, SETTINGS, "text=Texting policy"),
    Screen("settings without a number", GRACE, "/staff/settings/{unnumbered}", "text=Texting policy"),
    Screen("new code", GRACE, SETTINGS, DIALOG, (press("Make a new code"),)),
    Screen("edit a member", GRACE, "/staff/team", DIALOG, choose("More for Toby Reyes", "Edit")),
    Screen("end access", GRACE, "/staff/team", DIALOG, choose("More for Toby Reyes", "End access")),
    Screen("day of basic staff", TOBY, "/staff", "[data-appointment]"),
    Screen("profile for basic staff", TOBY, "/staff", "text=Everybody in the family reads", (press(r"\d\d:\d\d"),)),
    Screen("thread for basic staff", TOBY, "/staff", MESSAGE, (press(r"\d\d:\d\d"), press("Message "))),
    Screen("thread that is not theirs", TOBY, THREAD, "text=no longer on your schedule"),
    Screen("choose a PIN", TOBY, "/staff/devices", DIALOG, (press("Shared front-desk", "switch"), press("Choose your PIN"))),
    Screen("locked", TOBY, "/staff/devices", "text=is signed in on this shared computer", (press("Lock now"),)),
    Screen("pets", OLIVE, "/owner", "text=Bramble"),
    Screen("messages", OLIVE, "/owner/messages", "text=Northside Hill Street"),
    Screen("visits", OLIVE, "/owner/visits", "role=article"),
    Screen("you", OLIVE, "/owner/you", "text=This device"),
    Screen(
        "prove it again",
        OLIVE,
        "/owner/you",
        "text=6-digit code",
        (long_after, press("Invite somebody"), fill("Their name", "June"), press("Make a link")),
    ),
    Screen("chat", OLIVE, "/owner/threads/{thread}", MESSAGE),
    Screen("whom to call", OLIVE, "/owner/threads/{thread}", "role=menu", (press("Call"),)),
    Screen("choosing a photo", OLIVE, "/owner/threads/{thread}", "role=menu", (press("Add a photo"),)),
    Screen("what it is about", OLIVE, "/owner/threads/{thread}", "role=menu", (press("about "),)),
    Screen("search as owner", OLIVE, "/owner/threads/{thread}", "mark", (press("Search this"), fill("Words to look for", "paw"))),
    Screen("photo for the owner", OLIVE, "/owner/threads/{thread}", DIALOG, (press("Photo from"),)),
    Screen("menu of a message for the owner", OLIVE, "/owner/threads/{thread}", "role=menu", (of_message,)),
    Screen("report", OLIVE, "/owner/threads/{thread}", DIALOG, (of_message, press("Report", "menuitem"))),
    Screen("block", OLIVE, "/owner/threads/{thread}", DIALOG, (of_message, press("Block", "menuitem"))),
    Screen("pet profile for the owner", OLIVE, "/owner", DIALOG, (press("About Pixel"),)),
    Screen("disconnect a clinic", OLIVE, "/owner", "text=/^Disconnect Pixel from/", (press("About Pixel"), press("Disconnect"))),
    Screen("pictures for the owner", OLIVE, "/owner", DIALOG, (press("Pictures of Pixel"),)),
    Screen("add a pet", OLIVE, "/owner", DIALOG, (press("Add a pet"),)),
    Screen("scan a poster", OLIVE, "/owner", DIALOG, (press("Scan a poster"),)),
    Screen("join with pets", OLIVE, "/{joining}", "text=Connect your pets"),
    Screen("move a visit", OLIVE, "/owner/visits", "text=When would suit you", (press("Ask to move"),)),
)
