"""Have a toll-free number verified: until it is, phone companies in the US and Canada stop its texts."""

from urllib.parse import quote

import msgspec

from pawline.carriers.interface import CarrierFailed, TollFreeForm, Verification, VerificationState
from pawline.carriers.telnyx.api import Api
from pawline.carriers.telnyx.regions import REGIONS

PATH = "/messaging_tollfree/verification/requests"
# One of the carrier's closed list; it stands for texts both ways together with notices.
USE_CASE = "Conversational / Alerts"
# What is neither here nor an opinion is still being looked at, by one party or another.
STATES = {"Verified": VerificationState.APPROVED, "Rejected": VerificationState.REJECTED}
OPT_IN_WORKFLOWS = {
    "verbal": "Clients agree by word of mouth at the front desk or on the phone, and staff note it.",
    "web_form": "Clients enter their number in a form on the website and agree to texts there.",
    "paper_form": "Clients enter their number on the registration form at the practice and agree to texts there.",
    "via_text": "Clients text the practice first.",
    "mobile_qr_code": "Clients scan a QR code at the practice, which opens a text to the number.",
}


class _Request(msgspec.Struct, rename="camel"):
    id: str
    verification_status: str | None = None
    reason: str | None = None


async def verify(api: Api, number: str, form: TollFreeForm) -> Verification:
    return _read(await api.ask(api.build_request("POST", PATH, body=build_form(number, form)), _Request))


async def read_verification(api: Api, verification_id: str) -> Verification:
    return _read(await api.ask(api.build_request("GET", f"{PATH}/{quote(verification_id, safe='')}"), _Request))


def build_form(number: str, form: TollFreeForm) -> dict[str, object]:
    """Raises CarrierFailed."""
    return {
        "businessName": form.business_name,
        "corporateWebsite": form.business_website,
        "entityType": form.business_type.upper(),
        "businessRegistrationNumber": form.registration_number,
        "businessRegistrationType": form.registration_authority,
        "businessRegistrationCountry": form.registration_country.upper(),
        "businessAddr1": form.street,
        "businessCity": form.city,
        "businessState": _name_region(form),
        "businessZip": form.postal_code,
        "businessContactFirstName": form.contact_first_name,
        "businessContactLastName": form.contact_last_name,
        "businessContactEmail": form.contact_email,
        "businessContactPhone": form.contact_phone,
        "messageVolume": form.monthly_volume,
        "phoneNumbers": [{"phoneNumber": number}],
        "useCase": USE_CASE,
        "useCaseSummary": form.use_case_summary,
        "productionMessageContent": form.message_sample,
        "optInWorkflow": OPT_IN_WORKFLOWS[form.opt_in_kind],
        "optInWorkflowImageURLs": [{"url": url} for url in form.opt_in_image_urls],
        "privacyPolicyURL": form.privacy_policy_url,
        "termsAndConditionURL": form.terms_url,
        "additionalInformation": f"Privacy policy: {form.privacy_policy_url} Terms: {form.terms_url}",
    }


def _name_region(form: TollFreeForm) -> str:
    """The carrier turns down a form that shortens the region to two letters."""
    region = form.region.strip()
    if len(region) != 2:
        return region
    if name := REGIONS.get(form.country.upper(), {}).get(region.upper()):
        return name
    raise CarrierFailed(f"{region} is not a region of {form.country}. Write its full name.")


def _read(request: _Request) -> Verification:
    state = STATES.get(request.verification_status or "", VerificationState.PENDING)
    return Verification(request.id, state, request.reason or "")
