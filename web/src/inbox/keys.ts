/** One-letter keys of the workspace. They are quiet while somebody types, or a dialog or menu is open. */
export type KeyAct =
  | "next"
  | "previous"
  | "reply"
  | "note"
  | "hand_off"
  | "unread"
  | "urgent"
  | "labels"
  | "snooze"
  | "end"
  | "beside"
  | "pick"
  | "pick_up_to"
  | "search"
  | "lock"
  | "help";

export const KEYS: { key: string; act: KeyAct; words: string }[] = [
  { key: "j", act: "next", words: "Next conversation" },
  { key: "k", act: "previous", words: "Previous conversation" },
  { key: "r", act: "reply", words: "Reply" },
  { key: "n", act: "note", words: "Write an internal note" },
  { key: "h", act: "hand_off", words: "Hand off the conversation" },
  { key: "u", act: "unread", words: "Mark as unread" },
  { key: "!", act: "urgent", words: "Mark as urgent, or not" },
  { key: "l", act: "labels", words: "Put labels on the conversation" },
  { key: "z", act: "snooze", words: "Snooze the conversation" },
  { key: "e", act: "end", words: "End the conversation" },
  { key: "b", act: "beside", words: "The family's thread with another clinic side by side, or alone again" },
  { key: "x", act: "pick", words: "Choose it, to end several at once" },
  { key: "X", act: "pick_up_to", words: "Choose all up to this one" },
  { key: "/", act: "search", words: "Search everything; also Ctrl K, while writing too" },
  { key: "L", act: "lock", words: "Lock this computer, where it is a shared one" },
  { key: "?", act: "help", words: "Show these keys" },
];

export function readKey(event: KeyboardEvent): KeyAct | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isBusy(event.target)) return null;
  return KEYS.find((each) => each.key === event.key)?.act ?? null;
}

/** `/` where nobody types; Ctrl+K also while somebody does. */
export function asksForSearch(event: KeyboardEvent): boolean {
  const isControl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === "k";
  return (isControl && document.querySelector("dialog[open]") === null) || readKey(event) === "search";
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [role="menu"]') !== null) return true;
  return (
    target instanceof Element &&
    target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null
  );
}
