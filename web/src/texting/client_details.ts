/** The form of a client: what it shows, and what a change asks for. Pure. */
import type { ClientView, Profile } from "./thread_types";

export type Details = { first_name: string; last_name: string; email: string; phone: string };

export const FIELDS: { name: keyof Details; label: string; type: "text" | "email" | "tel" }[] = [
  { name: "first_name", label: "First name", type: "text" },
  { name: "last_name", label: "Last name", type: "text" },
  { name: "email", label: "E-mail", type: "email" },
  { name: "phone", label: "Phone", type: "tel" },
];

/** A guest's name is their number, which is nobody's first name. */
export function detailsOf(client: ClientView): Details {
  const [first = "", ...rest] = client.is_guest ? [] : client.name.split(" ");
  const [number] = client.numbers;
  return { first_name: first, last_name: rest.join(" "), email: client.email ?? "", phone: number?.shown ?? "" };
}

/** What was left as it is stays out: a number written in another way would count as a new one. */
export function changesTo(known: Details, wanted: Details): Profile {
  const changed = FIELDS.map(({ name }) => [name, wanted[name].trim()] as const).filter(
    ([name, value]) => value !== known[name],
  );
  return Object.fromEntries(changed);
}
