import type { MergingFamily } from "$/platform/types";
import { familyTitle, isGuest } from "./names";

/** `3 people · 1 pet · …` of one family, or of several as one. */
export function countsOf(...families: MergingFamily[]): string {
  const all = <Item>(of: (family: MergingFamily) => Item[]) => families.flatMap(of);
  // They may share a phone, and where both write with one clinic their threads become one.
  const numbers = new Set(all((family) => family.numbers)).size;
  const clinics = new Set(all(({ threads }) => threads.map((thread) => thread.clinic_id))).size;
  return [
    count(all((family) => family.contact_names).length, "person", "people"),
    count(all((family) => family.pets).length, "pet"),
    count(numbers, "phone number"),
    count(clinics, "thread"),
    count(
      families.reduce((sum, family) => sum + family.conversations, 0),
      "conversation",
    ),
  ]
    .filter((words) => words !== "")
    .join("\u00a0· ");
}

/** What becomes of both, each in a sentence. */
export function whatHappens(kept: MergingFamily, gone: MergingFamily): string[] {
  const [to, from] = [inSentence(kept.name), inSentence(gone.name)];
  const shared = gone.threads.flatMap((thread) => {
    const other = kept.threads.find(({ clinic_id }) => clinic_id === thread.clinic_id);
    return other === undefined ? [] : [{ ...thread, isOpenTwice: thread.is_open_in_app && other.is_open_in_app }];
  });
  const ends = shared.filter((thread) => thread.isOpenTwice);
  const doubled = gone.pets.filter(({ name }) => kept.pets.some((pet) => fold(pet.name) === fold(name)));
  return [
    "Everybody in the app sees the pets and messages of both families, those from before too.",
    ...shared.map(({ clinic_name }) => `The two threads with ${clinic_name} become one, in the order of writing.`),
    ...ends.map(
      ({ clinic_name }) => `With ${clinic_name}, the open app conversation of ${from} ends; that of ${to} goes on.`,
    ),
    ...(gone.primary_contact === null ? [] : [`${gone.primary_contact} becomes a secondary contact of ${to}.`]),
    ...doubled.map(({ name }) => `Both have a pet called ${name}; both stay.`),
  ];
}

/** As it stands amid a sentence: `the Hart family`. */
export function inSentence(familyName: string): string {
  const title = familyTitle(familyName);
  return isGuest(familyName) || /^the\b/i.test(title) ? title : `the ${title}`;
}

/** The thread with this clinic that is there afterwards. */
export function threadAfter(kept: MergingFamily, gone: MergingFamily, clinicId: string): string | null {
  return [...kept.threads, ...gone.threads].find(({ clinic_id }) => clinic_id === clinicId)?.thread_id ?? null;
}

/** Typed by somebody who means this family; "family" may be left out. */
export function isNamed(typed: string, familyName: string): boolean {
  const title = fold(familyTitle(familyName));
  return [title, fold(familyName), title.replace(/ family$/, "")].includes(fold(typed));
}

function fold(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLocaleLowerCase();
}

function count(number: number, one: string, many = `${one}s`): string {
  return number === 0 ? "" : `${number}\u00a0${number === 1 ? one : many}`; // breaks between two of them only
}
