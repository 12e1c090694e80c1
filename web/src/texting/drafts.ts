import type { ClinicTexting, SettingsDraft, TollFreeAnswers } from "./types";

/** The settings as they are, ready to be changed. */
export function draftOf(settings: ClinicTexting["settings"]): SettingsDraft {
  const { after_hours_number, away_words, welcome_words, media_words, answers_every_text, requires_names } = settings;
  return { after_hours_number, away_words, welcome_words, media_words, answers_every_text, requires_names };
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What the clinic's own record already answers. */
export function firstAnswers(view: ClinicTexting): TollFreeAnswers {
  const { clinic } = view;
  const known = clinic.country === "US" || clinic.country === "CA" ? clinic.country : "";
  return {
    business_name: clinic.practice_name,
    business_website: "",
    business_type: "private_profit",
    registration_number: "",
    registration_authority: known === "CA" ? "CBN" : "EIN",
    registration_country: known,
    street: "",
    city: "",
    region: "",
    postal_code: "",
    country: known,
    contact_first_name: "",
    contact_last_name: "",
    contact_email: "",
    contact_phone: clinic.phone ?? "",
    use_case_summary:
      "Families text our veterinary clinic about their pets. Our team answers, and reminds them of check-ups and appointments.",
    message_sample: `${clinic.practice_name}: Pixel is due for a check-up. Call us or text back to book. Reply STOP to opt out.`,
    opt_in_kind: "paper_form",
    opt_in_image_urls: [""],
    monthly_volume: "1,000",
    privacy_policy_url: "",
    terms_url: "",
  };
}
