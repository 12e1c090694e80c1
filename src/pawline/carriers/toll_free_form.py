"""The form behind a toll-free number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class TollFreeForm:
    """What phone companies ask before texts from a toll-free number go through. ``country`` has two letters."""

    business_name: str
    business_website: str
    business_type: Literal["private_profit", "public_profit", "sole_proprietor", "non_profit", "government"]
    registration_number: str
    registration_authority: str
    registration_country: str
    street: str
    city: str
    region: str
    postal_code: str
    country: str
    contact_first_name: str
    contact_last_name: str
    contact_email: str
    contact_phone: str
    use_case_summary: str
    message_sample: str
    opt_in_kind: Literal["verbal", "web_form", "paper_form", "via_text", "mobile_qr_code"]
    opt_in_image_urls: Sequence[str]
    monthly_volume: Literal["10", "100", "1,000", "10,000", "100,000", "250,000", "500,000", "750,000", "1,000,000"]
    privacy_policy_url: str
    terms_url: str
