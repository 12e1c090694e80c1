import type { ThreadDesk } from "./desk.svelte";

/** What the field is called, and what stands in it while it is empty. */
export function composerWords(desk: ThreadDesk, isNote: boolean, family: string): { label: string; hint: string } {
  if (isNote) return { label: "Internal note", hint: "Note for the team, @ for a colleague" };
  if (desk.place === null) return { label: `Message to the ${family}`, hint: "Restart the conversation to text again" };
  if (desk.place.channel === "app") return { label: `Message to the ${family}`, hint: `Message the ${family}` };
  const shown = desk.texting.shown(desk.place.number);
  return { label: `Message by text to ${shown}`, hint: `Text ${shown}` };
}
