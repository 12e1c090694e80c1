const FIRST_LOOK_MS = 2000;

/** What the first screen does without. Each is fetched once, however often it is asked for. */
export const loadChat = () => import("./ChatScreen.svelte");
export const loadYou = () => import("./YouScreen.svelte");

/** Have the chat ready before anybody asks for it, once the phone is done with the first screen. Returns what calls it off. */
export function fetchChatSoon(): () => void {
  const timer = setTimeout(() => void loadChat().catch(() => {}), FIRST_LOOK_MS); // who opens it without is told
  return () => clearTimeout(timer);
}
