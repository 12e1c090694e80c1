import type { TollFreeAnswers } from "./types";

export type TextField = Exclude<keyof TollFreeAnswers, "opt_in_image_urls">;
export type FormField = {
  name: TextField;
  label: string;
  hint?: string;
  kind?: "email" | "tel" | "url" | "long" | "half";
  options?: [string, string][];
};
export type FormGroup = { title: string; fields: FormField[] };

const COUNTRIES: [string, string][] = [
  ["US", "United States"],
  ["CA", "Canada"],
];

/** The form in the order in which one fills it in. Values of choices are the server's. */
export const GROUPS: FormGroup[] = [
  {
    title: "Business",
    fields: [
      { name: "business_name", label: "Legal name", hint: "As it is registered, with LLC or Inc." },
      { name: "business_website", label: "Website", kind: "url" },
      {
        name: "business_type",
        label: "Kind of business",
        options: [
          ["private_profit", "Private company"],
          ["public_profit", "Public company"],
          ["sole_proprietor", "Sole proprietor"],
          ["non_profit", "Non-profit"],
          ["government", "Government"],
        ],
      },
    ],
  },
  {
    title: "Registration",
    fields: [
      {
        name: "registration_number",
        label: "Registration number",
        hint: "Sole proprietors may leave it empty.",
        kind: "half",
      },
      {
        name: "registration_authority",
        label: "Registered as",
        kind: "half",
        options: [
          ["EIN", "EIN (United States)"],
          ["CBN", "Business number (Canada)"],
          ["PROVINCIAL_NUMBER", "Provincial number (Canada)"],
        ],
      },
      { name: "registration_country", label: "Registered in", options: COUNTRIES },
    ],
  },
  {
    title: "Address",
    fields: [
      { name: "street", label: "Street and number" },
      { name: "city", label: "City", kind: "half" },
      { name: "region", label: "State or province", kind: "half" },
      { name: "postal_code", label: "ZIP or postal code", kind: "half" },
      { name: "country", label: "Country", kind: "half", options: COUNTRIES },
    ],
  },
  {
    title: "Who they can ask",
    fields: [
      { name: "contact_first_name", label: "First name", kind: "half" },
      { name: "contact_last_name", label: "Last name", kind: "half" },
      { name: "contact_email", label: "E-mail", kind: "email" },
      { name: "contact_phone", label: "Phone", kind: "tel" },
    ],
  },
  {
    title: "What you text",
    fields: [
      { name: "use_case_summary", label: "What the texts are for", kind: "long" },
      {
        name: "message_sample",
        label: "A text as you send it",
        hint: "It has to say how to stop the texts.",
        kind: "long",
      },
      {
        name: "monthly_volume",
        label: "Texts a month, about",
        kind: "half",
        options: ["10", "100", "1,000", "10,000", "100,000", "250,000", "500,000", "750,000", "1,000,000"].map(
          (count) => [count, count],
        ),
      },
      {
        name: "opt_in_kind",
        label: "How clients agree to texts",
        kind: "half",
        options: [
          ["paper_form", "On a paper form"],
          ["web_form", "On your website"],
          ["verbal", "By word of mouth"],
          ["via_text", "They text first"],
          ["mobile_qr_code", "By scanning a QR code"],
        ],
      },
    ],
  },
  {
    title: "Your pages",
    fields: [
      {
        name: "privacy_policy_url",
        label: "Privacy policy",
        hint: "It has to say that phone numbers are not shared.",
        kind: "url",
      },
      { name: "terms_url", label: "Terms", kind: "url" },
    ],
  },
];
