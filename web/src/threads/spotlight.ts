import { tick } from "svelte";

const SHOWN_MS = 2200;
/** Left above the message for the line that says when its conversation began. */
const ROOM_PX = 88;

/** Scroll to a message of a thread on the screen and let it stand out for a moment. */
export async function bringIntoView(threadId: string, seq: number): Promise<void> {
  await tick();
  const list = document.querySelector<HTMLElement>(`[data-thread="${threadId}"]`);
  const entry = list?.querySelector<HTMLElement>(`[data-entry][data-seq="${seq}"]`);
  if (!entry || !list) return;
  // Not scrollIntoView: it would move the panes around the list too.
  list.scrollTop += entry.getBoundingClientRect().top - list.getBoundingClientRect().top - ROOM_PX;
  entry.dataset["lit"] = "";
  setTimeout(() => delete entry.dataset["lit"], SHOWN_MS);
}
