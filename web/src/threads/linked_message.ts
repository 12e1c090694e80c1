import { untrack } from "svelte";
import { wordsOf } from "$/platform/api";
import { router } from "$/platform/router.svelte";
import { toasts } from "$/platform/toasts.svelte";
import { say } from "./english";
import { bringIntoView } from "./spotlight";
import type { ThreadStore } from "./store.svelte";

const LINK = /^#message-(\d+)$/;

/** What follows a thread's address to open it at one message. */
export function addressOfMessage(seq: number): string {
  return `#message-${seq}`;
}

/** For an effect: go to the message that the address asks for. The address forgets it, so that it can be asked for again. */
export function followLink(thread: ThreadStore, isPlaced: boolean): void {
  const seq = LINK.exec(router.hash)?.[1];
  if (!isPlaced || seq === undefined || !router.path.endsWith(`/${thread.id}`)) return;
  untrack(() => {
    router.go(location.pathname + location.search, "replace");
    void showMessage(thread, Number(seq));
  });
}

/** Scroll to a message of the open thread, however far back it is. */
export async function showMessage(thread: ThreadStore, seq: number): Promise<void> {
  if (await thread.reach(seq)) await bringIntoView(thread.id, seq);
  else toasts.show(thread.olderProblem === null ? say.noLongerThere : wordsOf(thread.olderProblem));
}
