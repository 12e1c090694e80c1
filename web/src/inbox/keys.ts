/** One-letter keys of the workspace. They are quiet while somebody types, or a dialog or menu is open. */
export type KeyAct = "next" | "previous" | "reply" | "note" | "hand_off" | "end" | "search" | "help";

export const KEYS: { key: string; act: KeyAct; words: string }[] = [
  { key: "j", act: "next", words: "Next conversation" },
  { key: "k", act: "previous", words: "Previous conversation" },
  { key: "r", act: "reply", words: "Reply" },
  { key: "n", act: "note", words: "Write an internal note" },
  { key: "h", act: "hand_off", words: "Hand off the conversation" },
  { key: "e", act: "end", words: "End the conversation" },
  { key: "/", act: "search", words: "Search" },
  { key: "?", act: "help", words: "Show these keys" },
];

export function readKey(event: KeyboardEvent): KeyAct | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isBusy(event.target)) return null;
  return KEYS.find((each) => each.key === event.key)?.act ?? null;
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [role="menu"]') !== null) return true;
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
