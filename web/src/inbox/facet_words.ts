/** What the queue is narrowed to, as people say it. Pure. */
import type { ClinicView, InboxRow } from "$/platform/types";
import type { Label } from "$/triage/api";
import { type FacetName, type Facets, namesIn } from "./facets";

export type FacetChip = { name: FacetName; words: string };
export type Person = { id: string; name: string };
export type Known = { labels: Label[]; clinics: ClinicView[]; people: Person[]; former: Person[] };

const PLURALS: Record<string, string> = {
  bird: "Birds",
  cat: "Cats",
  dog: "Dogs",
  fish: "Fish",
  horse: "Horses",
  other: "Other animals",
  rabbit: "Rabbits",
  turtle: "Turtles",
};

/** What is known by many; anything else as somebody wrote it. */
export function animalsOf(species: string): string {
  return PLURALS[species.toLowerCase()] ?? species.charAt(0).toUpperCase() + species.slice(1);
}

/** Those of the families, and what the queue is narrowed to already: that can be taken back. */
export function speciesToChoose(ofFamilies: string[], chosen: string | null): string[] {
  return chosen === null || ofFamilies.includes(chosen.toLowerCase()) ? ofFamilies : [...ofFamilies, chosen];
}

export function chipsOf(facets: Facets, known: Known): FacetChip[] {
  return namesIn(facets).map((name) => ({ name, words: wordsFor(name, facets, known) }));
}

function wordsFor(name: FacetName, facets: Facets, { labels, clinics, people, former }: Known): string {
  switch (name) {
    case "unread":
      return "Unread";
    case "unanswered":
      return "Unanswered";
    case "urgent":
      return "Urgent";
    case "channel":
      return facets.channel === "sms" ? "By text" : "In the app";
    case "startedBy":
      return facets.startedBy === "family" ? "Started by the family" : "Started by us";
    case "species":
      return animalsOf(facets.species ?? "");
    case "assigneeId":
      return `Answered by ${people.find((each) => each.id === facets.assigneeId)?.name ?? "a colleague"}`;
    case "formerId":
      return `Answered by ${former.find((each) => each.id === facets.formerId)?.name ?? "a former colleague"}`;
    case "labelId":
      return `Label: ${labels.find((each) => each.id === facets.labelId)?.name ?? "deleted"}`;
    case "clinicId":
      return clinics.find((each) => each.id === facets.clinicId)?.name ?? "One clinic";
  }
}

/** The reader first, then everybody by name, whether or not they answer anything now. */
export function everybody(seen: Person[], colleagues: Person[], me: string): Person[] {
  const all = new Map([...colleagues, ...seen].map((person) => [person.id, person]));
  const rank = ({ id, name }: Person) => (id === me ? "" : name.toLowerCase());
  return [...all.values()].sort((a, b) => rank(a).localeCompare(rank(b)));
}

/** Who answers what is in the queue, or was `seen` to before, which grows; the reader first. */
export function peopleIn(rows: InboxRow[], me: string, seen = new Map<string, string>()): Person[] {
  seen.set(me, "You");
  for (const { conversation } of rows) {
    const { staff_id: id, staff_name: name } = conversation?.assignment ?? {};
    if (id && name && !seen.has(id)) seen.set(id, name);
  }
  return [...seen].map(([id, name]) => ({ id, name }));
}
