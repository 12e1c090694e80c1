/** The form of what a clinic tells of itself: what it shows, and what a change asks for. Pure. */
import type { components } from "$/platform/schema";

export type Clinic = components["schemas"]["TextedClinic"];
export type ClinicChange = components["schemas"]["ClinicChange"];
export type Information = {
  name: string;
  phone: string;
  emergency_number: string;
  street: string;
  city: string;
  region: string;
  postcode: string;
  is_app_chat_enabled: boolean;
  mails_show_words: boolean;
  brand_colour: string;
};

export const FIELDS = [
  { name: "name", label: "Clinic name", type: "text", hint: "As families see it." },
  { name: "phone", label: "Phone", type: "tel", hint: "Families find it in the menu, beside the emergency number." },
  {
    name: "emergency_number",
    label: "Emergency number",
    type: "tel",
    hint: "Families see this number whenever the clinic is closed, and always in the menu.",
  },
  {
    name: "street",
    label: "Street and number",
    type: "text",
    hint: "Families find the way with it, in their phone's maps.",
  },
  { name: "city", label: "Town or city", type: "text", hint: "" },
  { name: "region", label: "State, province or county", type: "text", hint: "As on a letter, like NY." },
  { name: "postcode", label: "Postcode", type: "text", hint: "" },
] as const;

/** What may be left empty, and is then taken away. */
const OPTIONAL = ["phone", "emergency_number", "street", "city", "region", "postcode", "brand_colour"] as const;

export function informationOf(clinic: Clinic): Information {
  return {
    name: clinic.name,
    phone: clinic.phone ?? "",
    emergency_number: clinic.emergency_number ?? "",
    street: clinic.street ?? "",
    city: clinic.city ?? "",
    region: clinic.region ?? "",
    postcode: clinic.postcode ?? "",
    is_app_chat_enabled: clinic.is_app_chat_enabled,
    mails_show_words: clinic.mails_show_words,
    brand_colour: clinic.brand_colour ?? "",
  };
}

/** What was left as it is stays out, so that nobody else's change is undone. What was emptied is taken away, but for the name. */
export function changesTo(known: Information, wanted: Information): ClinicChange {
  const name = wanted.name.trim();
  const optional = OPTIONAL.map((field) => [field, wanted[field].trim()] as const);
  return {
    ...(name !== known.name && { name }),
    ...Object.fromEntries(
      optional.filter(([field, value]) => value !== known[field]).map(([field, value]) => [field, value || null]),
    ),
    ...(wanted.is_app_chat_enabled !== known.is_app_chat_enabled && {
      is_app_chat_enabled: wanted.is_app_chat_enabled,
    }),
    ...(wanted.mails_show_words !== known.mails_show_words && { mails_show_words: wanted.mails_show_words }),
  };
}
