"""The form phone companies want to see before texts from a toll-free number go through."""

import msgspec

from pawline.carriers.interface import TollFreeForm, Verification, VerificationState
from pawline.carriers.twilio.api import Api, Fields

STATES = {
    "PENDING_REVIEW": VerificationState.PENDING,
    "IN_REVIEW": VerificationState.PENDING,
    "TWILIO_APPROVED": VerificationState.APPROVED,
    "TWILIO_REJECTED": VerificationState.REJECTED,
}


class Rejection(msgspec.Struct):
    reason: str = ""


class Filed(msgspec.Struct):
    sid: str
    status: str
    rejection_reason: str | None = None
    rejection_reasons: list[Rejection] | None = None


async def verify_toll_free(api: Api, number_id: str, *, form: TollFreeForm) -> Verification:
    fields = {"TollfreePhoneNumberSid": number_id, **_business(form), **_use(form), **_registration(form)}
    return _verification(await api.post(Filed, _url(api), fields=fields))


async def read_verification(api: Api, carrier_verification_id: str) -> Verification:
    return _verification(
        await api.read(Filed, f"{api.account.messaging_url}/v1/Tollfree/Verifications/{carrier_verification_id}")
    )


def _url(api: Api) -> str:
    return f"{api.account.messaging_url}/v1/Tollfree/Verifications"


def _business(form: TollFreeForm) -> Fields:
    return {
        "BusinessName": form.business_name,
        "BusinessWebsite": form.business_website,
        "BusinessType": form.business_type.upper(),
        "BusinessStreetAddress": form.street,
        "BusinessCity": form.city,
        "BusinessStateProvinceRegion": form.region,
        "BusinessPostalCode": form.postal_code,
        "BusinessCountry": form.country,
        "BusinessContactFirstName": form.contact_first_name,
        "BusinessContactLastName": form.contact_last_name,
        "BusinessContactEmail": form.contact_email,
        "BusinessContactPhone": form.contact_phone,
        "NotificationEmail": form.contact_email,
    }


def _use(form: TollFreeForm) -> Fields:
    return {
        "UseCaseCategories": ["CUSTOMER_CARE", "ACCOUNT_NOTIFICATIONS"],
        "UseCaseSummary": form.use_case_summary,
        "ProductionMessageSample": form.message_sample,
        "OptInType": form.opt_in_kind.upper(),
        "OptInImageUrls": list(form.opt_in_image_urls),
        "MessageVolume": form.monthly_volume,
        "PrivacyPolicyUrl": form.privacy_policy_url,
        "TermsAndConditionsUrl": form.terms_url,
    }


def _registration(form: TollFreeForm) -> Fields:
    if form.business_type == "sole_proprietor":  # the only ones without a number in a register
        return {}
    return {
        "BusinessRegistrationNumber": form.registration_number,
        "BusinessRegistrationAuthority": form.registration_authority,
        "BusinessRegistrationCountry": form.registration_country,
    }


def _verification(filed: Filed) -> Verification:
    state = STATES.get(filed.status, VerificationState.PENDING)
    reasons = [rejection.reason for rejection in filed.rejection_reasons or [] if rejection.reason]
    rejection = filed.rejection_reason or " ".join(reasons)
    return Verification(filed.sid, state, rejection if state is VerificationState.REJECTED else "")
