import { asProblem, Offline, wordsOf } from "$/platform/api";
import { live } from "$/platform/live";
import { session } from "$/platform/session.svelte";
import { toasts } from "$/platform/toasts.svelte";
import { outbox } from "$/threads/outbox.svelte";
import { loadOthers, type OtherPractice, switchTo } from "./api";
import { say } from "./english";

/** Go on as oneself at another practice; `false`: it did not work, and the person was told why. */
export async function goOnAt(practice: OtherPractice): Promise<boolean> {
  const from = session.view?.practice?.name ?? "";
  const hasUnsent = outbox.pending.length > 0;
  // The old session ends while its socket is open: that must not look like being signed out.
  live.stop();
  try {
    await switchTo(practice.contact_id);
    if (hasUnsent) toasts.show(say.keptFor(from));
    return true;
  } catch (error) {
    live.start();
    const isOffline = asProblem(error) instanceof Offline;
    toasts.show(isOffline ? say.goingThere(practice.practice_name) : wordsOf(asProblem(error)));
    return false;
  }
}

/** A thread that is not of this practice may be of another of the same person's, where a notification or an e-mail led here. */
export async function followThread(threadId: string): Promise<void> {
  const practices = await loadOthers().catch(() => []); // whoever cannot ask is told so by the thread itself
  const practice = practices.find(({ home }) => home.threads.some(({ thread_id }) => thread_id === threadId));
  if (practice !== undefined) await goOnAt(practice);
}
