/** The form of what a clinic tells of itself: what it shows, and what a change asks for. Pure. */
import type { components } from "$/platform/schema";

export type Clinic = components["schemas"]["TextedClinic"];
export type ClinicChange = components["schemas"]["ClinicChange"];
export type Information = {
  name: string;
  phone: string;
  emergency_number: string;
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
] as const;

export function informationOf(clinic: Clinic): Information {
  return {
    name: clinic.name,
    phone: clinic.phone ?? "",
    emergency_number: clinic.emergency_number ?? "",
    is_app_chat_enabled: clinic.is_app_chat_enabled,
    mails_show_words: clinic.mails_show_words,
    brand_colour: clinic.brand_colour ?? "",
  };
}

/** What was left as it is stays out, so that nobody else's change is undone. A number or a colour that was emptied is taken away. */
export function changesTo(known: Information, wanted: Information): ClinicChange {
  const [name, phone, emergency] = [wanted.name.trim(), wanted.phone.trim(), wanted.emergency_number.trim()];
  return {
    ...(name !== known.name && { name }),
    ...(phone !== known.phone && { phone: phone || null }),
    ...(emergency !== known.emergency_number && { emergency_number: emergency || null }),
    ...(wanted.is_app_chat_enabled !== known.is_app_chat_enabled && {
      is_app_chat_enabled: wanted.is_app_chat_enabled,
    }),
    ...(wanted.mails_show_words !== known.mails_show_words && { mails_show_words: wanted.mails_show_words }),
    ...(wanted.brand_colour !== known.brand_colour && { brand_colour: wanted.brand_colour || null }),
  };
}
