"""Every operation of the API with a request that is in order. A new operation has to be added here, or the sweeps fail."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.api.ending_operations import ending_bodies
from tests.api.entrance_operations import entrance_bodies
from tests.api.hand_off_operations import hand_off_bodies
from tests.api.moderation_operations import moderation_bodies
from tests.api.notification_operations import notification_bodies
from tests.api.pet_operations import pet_bodies
from tests.api.starting_operations import starting_bodies
from tests.api.team_operations import team_bodies
from tests.api.triage_operations import triage_bodies
from tests.api.upload_operations import upload_bodies
from tests.api.vet_operations import vet_bodies
from tests.product import Product
from tests.world import Json

Operation = tuple[str, str]
API = "/api/v1"
SECRET_NUMBER = "+14155550177"


@dataclass(frozen=True, slots=True)
class Ids:
    """What requests refer to; conversation and message are by text. ``random_ids()`` are those of nothing at all."""

    practice_id: str
    staff_id: str
    clinic_id: str
    family_id: str
    pet_id: str
    person_id: str
    session_id: str
    attempt_id: str
    thread_id: str
    conversation_id: str
    message_id: str
    attachment_id: str
    upload_key: str
    contact_id: str
    report_id: str
    block_id: str
    appointment_id: str
    signature: str
    variant: str = "file"
    # The way in by a clinic's code is open to all; what stands behind one is tested where it is made.
    code: str = "0" * 20
    invitation_id: str = "019aa000-0000-7000-8000-000000000000"
    connection_id: str = "019aa000-0000-7000-8000-000000000001"
    label_id: str = "019aa000-0000-7000-8000-000000000003"
    passkey_id: str = "019aa000-0000-7000-8000-000000000002"
    portrait_id: str = "019aa000-0000-7000-8000-000000000004"
    reading_id: str = "019aa000-0000-7000-8000-000000000005"


def random_ids(signature: str) -> Ids:
    return Ids(*(str(uuid4()) for _ in range(17)), signature=signature)


def bodies(ids: Ids) -> dict[Operation, Json]:
    """A body for each operation; None where it takes no JSON."""
    return {
        **_sign_in(ids),
        **_joining(ids),
        **_practice(ids),
        **_settings(ids),
        **_threads(ids),
        **_texting(ids),
        **_reminders(ids),
        **_visits(ids),
        **moderation_bodies(number=SECRET_NUMBER),
        **entrance_bodies(attempt_id=ids.attempt_id, contact_id=ids.contact_id),
        **notification_bodies(),
        **starting_bodies(contact_id=ids.contact_id, clinic_id=ids.clinic_id),
        **ending_bodies(thread_id=ids.thread_id, conversation_id=ids.conversation_id, contact_id=ids.contact_id),
        **vet_bodies(contact_id=ids.contact_id, pet_id=ids.pet_id, clinic_id=ids.clinic_id),
    }


def queries(ids: Ids, text: str) -> dict[Operation, list[dict[str, Any]]]:
    """What to ask with; ``text`` is looked for where something can be."""
    thread = "/threads/{thread_id}"
    return {
        ("GET", "/inbox"): [{"state": "all", "q": text}, {"state": "all", "clinic_id": ids.clinic_id}],
        ("GET", "/families"): [{"q": text, "with_guests": True}, {}],
        ("GET", "/families/{family_id}/merge"): [{"source_family_id": str(uuid4())}],
        ("GET", f"{thread}/messages"): [{"after": 0}, {"before": 1000}],
        ("GET", f"{thread}/changes"): [{"after": 0}],
        ("GET", "/search/messages"): [{"q": text}, {"q": text, "since": "2020-01-01T00:00:00Z"}],
        ("GET", "/search/families"): [{"q": text}, {"q": SECRET_NUMBER}],
        ("GET", "/contacts"): [{"q": text}, {}],
        ("GET", "/chat-candidates"): [{"clinic_id": ids.clinic_id, "q": text}, {"clinic_id": ids.clinic_id}],
        ("GET", "/text-candidates"): [{"clinic_id": ids.clinic_id, "q": text}, {"clinic_id": ids.clinic_id}],
        ("GET", "/schedule"): [{"clinic_id": ids.clinic_id, "date": "2026-11-24"}],
        ("GET", "/reports"): [{"state": "open"}, {"state": "resolved"}],
        ("GET", "/contacts/{contact_id}/consent"): [{"number": SECRET_NUMBER}],
        ("POST", f"{thread}/attachments"): [{"file_name": "pixel.pdf"}],
        ("GET", "/contacts/{contact_id}/reminders/preview"): [_reminder(ids)],
    }


def path_of(operation: Operation, ids: Ids) -> str:
    return operation[1].format(**asdict(ids))


async def operations_of(product: Product) -> set[Operation]:
    """What the API itself says that it has."""
    async with httpx.AsyncClient(base_url=product.url) as client:
        paths = (await client.get("/api/openapi.json")).json()["paths"]
    methods = {"get", "post", "put", "patch", "delete"}
    return {(method.upper(), path.removeprefix(API)) for path, found in paths.items() for method in found if method in methods}


def _sign_in(ids: Ids) -> dict[Operation, Json]:
    password = "a sentence that is long enough"
    return {
        ("GET", "/session"): None,
        ("POST", "/session/staff"): {"email": "nobody@example.org", "password": password, "practice_id": ids.practice_id},
        ("POST", "/session/owner/code"): {"email": f"{uuid4().hex}@example.org"},
        ("POST", "/session/owner/verify"): {"attempt_id": ids.attempt_id, "code": "12345x"},
        ("POST", "/session/owner/link"): {"token": "0" * 64},
        ("POST", "/session/password"): {"token": "0" * 64, "password": password},
        ("GET", "/session/demo-people"): None,
        ("POST", "/session/demo"): {"person_id": ids.person_id},
        ("GET", "/demo/mails"): None,
        ("GET", "/demo/poster"): None,
        ("GET", "/demo/poster.pdf"): None,
        ("GET", "/sessions"): None,
        ("DELETE", "/sessions/{session_id}"): None,
        ("DELETE", "/session"): None,
    }


def _joining(ids: Ids) -> dict[Operation, Json]:
    token, name = "0" * 64, {"first_name": "Wes", "last_name": "Lund"}
    email = f"{uuid4().hex}@example.org"
    pet = {"name": "Biscuit", "species": "dog", "breed": "Beagle", "born_on": "2020-02-29"}
    return {
        ("GET", "/clinics/{clinic_id}/link"): None,
        ("POST", "/clinics/{clinic_id}/link"): None,
        ("GET", "/clinics/{clinic_id}/poster.pdf"): None,
        ("GET", "/join/{code}"): None,
        ("POST", "/join/{code}/start"): {**name, "email": email, "number": None},
        ("POST", "/join/verify"): {"attempt_id": ids.attempt_id, "code": "12345x", "contact_id": ids.contact_id},
        ("POST", "/join/{code}/pets"): {"pet_ids": [ids.pet_id], "new_pets": [pet], "via": "link"},
        ("GET", "/family/invitations"): None,
        ("POST", "/family/invitations"): {"name": "Omar Hart", "email": email},
        ("DELETE", "/family/invitations/{invitation_id}"): None,
        ("POST", "/invitation"): {"token": token},
        ("POST", "/invitation/accept"): {"token": token},
        ("POST", "/invitation/start"): {**name, "token": token, "email": email},
    }


def _practice(ids: Ids) -> dict[Operation, Json]:
    contact = {"first_name": "Wes", "last_name": "Lund", "role": "primary", "email": "wes@example.org", "phone": "555 0100"}
    pet = {"name": "Biscuit", "species": "dog", "breed": "Beagle", "born_on": "2020-02-29", "weight_grams": 9000}
    return {
        **team_bodies(clinic_id=ids.clinic_id),
        ("GET", "/inbox"): None,
        ("GET", "/inbox/unread"): None,
        ("GET", "/inbox/team"): None,
        ("GET", "/families"): None,
        ("POST", "/families"): {"name": "Lund family", "clinic_id": ids.clinic_id, "contacts": [contact], "pets": [pet]},
        ("GET", "/families/{family_id}/merge"): None,
        ("POST", "/families/{family_id}/merge"): {"source_family_id": str(uuid4())},
        **pet_bodies(),
        ("GET", "/app-terms"): None,
        ("POST", "/app-terms"): {"version": "1"},
    }


def _settings(ids: Ids) -> dict[Operation, Json]:
    clinic = "/clinics/{clinic_id}"
    span = {"opens_at": "08:00", "closes_at": "18:00"}
    holiday = {"on_date": "2026-12-25", "label": "Christmas Day", "spans": [span]}
    clinic_information = {"name": "Hill Street", "phone": "315 555 0100", "emergency_number": "+1 315 555 0199"}
    words = {"away_words": "Call <phone number>.", "welcome_words": "{practice}: Reply STOP.", "media_words": "<link>"}
    return {
        ("GET", "/clinics"): None,
        ("PATCH", clinic): {
            **clinic_information,
            "is_app_chat_enabled": True,
            "mails_show_words": False,
            "brand_colour": "#0f6f66",
        },
        ("GET", "/availability"): None,
        ("PUT", f"{clinic}/availability"): {"state": "away", "until": None},
        ("GET", f"{clinic}/texting"): None,
        ("PUT", f"{clinic}/texting"): {**words, "after_hours_number": "+1 315 555 0199", "answers_every_text": True},
        ("GET", f"{clinic}/wordings/preview"): None,
        ("POST", f"{clinic}/number-request"): {"kind": "toll_free", "own_number": "", "also_clinic_ids": []},
        ("POST", f"{clinic}/number-request/withdraw"): None,
        ("PUT", f"{clinic}/number/policy"): {"version": "2026-11"},
        ("POST", f"{clinic}/number/enable"): None,
        ("POST", f"{clinic}/number/disable"): None,
        ("PUT", f"{clinic}/toll-free-form"): {"business_name": "Northside", "opt_in_image_urls": ["https://northside.example"]},
        ("GET", f"{clinic}/hours"): None,
        ("PUT", f"{clinic}/hours"): {
            "timezone": "America/New_York",
            "days": [{"weekday": 0, "spans": [span]}],
            "holidays": [holiday],
        },
    }


def _threads(ids: Ids) -> dict[Operation, Json]:
    thread, references = "/threads/{thread_id}", {"pet_ids": [ids.pet_id], "attachment_ids": [ids.attachment_id]}
    conversation = f"{thread}/conversations/{{conversation_id}}"
    return {
        ("POST", "/threads"): {"family_id": ids.family_id, "clinic_id": ids.clinic_id, "title": "Check-up"},
        ("GET", thread): None,
        ("GET", f"{thread}/messages"): None,
        ("POST", f"{thread}/messages"): {"client_id": str(uuid4()), "body": "Hello", "kind": "text", **references},
        ("GET", f"{thread}/changes"): None,
        ("DELETE", f"{thread}/messages/{{message_id}}"): None,
        ("PUT", f"{thread}/messages/{{message_id}}/pets"): {"pet_ids": [ids.pet_id]},
        ("POST", f"{thread}/messages/{{message_id}}/links/revoke"): None,
        ("PUT", f"{thread}/read-mark"): {"up_to_seq": 1},
        ("POST", f"{thread}/conversations"): {"title": "Check-up"},
        ("PATCH", conversation): {"title": "Check-up"},
        **hand_off_bodies(staff_id=ids.staff_id),
        **triage_bodies(),
        ("POST", f"{conversation}/end"): None,
        ("POST", f"{conversation}/restart"): None,
        ("POST", f"{thread}/attachments"): None,
        **upload_bodies(),
        ("GET", "/files/{attachment_id}/{variant}/{signature}"): None,
    }


def _texting(ids: Ids) -> dict[Operation, Json]:
    contact, message = "/contacts/{contact_id}", "/threads/{thread_id}/messages/{message_id}"
    return {
        ("POST", "/texting/conversations"): {
            "clinic_id": ids.clinic_id,
            "number": SECRET_NUMBER,
            "first_name": "Wes",
            "last_name": "Lund",
        },
        ("GET", "/threads/{thread_id}/texting"): None,
        ("POST", "/text-conversations/{conversation_id}/opt-out"): None,
        ("GET", "/contacts"): None,
        ("GET", contact): None,
        ("PATCH", contact): {"first_name": "Wes", "last_name": "Lund", "email": "wes@example.org", "phone": "315 555 0100"},
        ("GET", f"{contact}/consent"): None,
        ("PUT", f"{contact}/subscriptions"): {
            "number": SECRET_NUMBER,
            "category": "two_way",
            "is_out": True,
            "reason": "asked on the phone",
        },
        ("GET", f"{message}/delivery"): None,
        ("GET", f"{message}/support-file"): None,
        ("POST", f"{message}/try-again"): None,
    }


def _reminders(ids: Ids) -> dict[Operation, Json]:
    reminders = "/contacts/{contact_id}/reminders"
    return {
        ("POST", reminders): _reminder(ids),
        ("GET", reminders): None,
        ("GET", f"{reminders}/choices"): None,
        ("GET", f"{reminders}/preview"): None,
    }


def _visits(ids: Ids) -> dict[Operation, Json]:
    appointment, visit = "/appointments/{appointment_id}", "/visits/{appointment_id}"
    pet = {"clinic_id": ids.clinic_id, "family_id": ids.family_id, "pet_id": ids.pet_id}
    return {
        ("GET", "/schedule"): None,
        ("POST", "/appointments"): {
            **pet,
            "on_date": "2026-11-24",
            "at": "10:30",
            "minutes": 30,
            "kind": "Check-up",
            "staff_id": ids.staff_id,
        },
        ("PATCH", appointment): {"revision": 1, "on_date": "2026-11-25", "at": "08:00", "kind": "Scan", "tell_family": True},
        ("POST", f"{appointment}/cancel"): None,
        ("GET", "/visits"): None,
        ("POST", f"{visit}/confirm"): None,
        ("POST", f"{visit}/ask-to-move"): {"client_id": str(uuid4()), "words": "Friday would suit"},
        ("POST", f"{visit}/take-back"): None,
        ("GET", f"{visit}/calendar.ics"): None,
    }


def _reminder(ids: Ids) -> dict[str, Any]:
    about = {"clinic_id": ids.clinic_id, "pet_id": ids.pet_id, "number": SECRET_NUMBER}
    return {**about, "category": "health_reminders", "service": "a check-up"}
