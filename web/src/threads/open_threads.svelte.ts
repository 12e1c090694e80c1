import { untrack } from "svelte";
import { router } from "$/platform/router.svelte";
import { ThreadStore } from "./store.svelte";

const KEPT_OPEN = 30;
const recent = new Map<string, ThreadStore>();

/** The thread that the address names; behind `day`, where the e-mails to basic staff lead, whoever opens them later. */
export function shownThreadId(): string | null {
  return router.after("/staff/threads/") ?? router.after("/staff/day/");
}

/** The same thread comes back as it was left: at once, with its draft files and pages. */
export function openThread(id: string, me: string): ThreadStore {
  return untrack(() => opened(id, me));
}

function opened(id: string, me: string): ThreadStore {
  const key = `${me} ${id}`;
  const store = recent.get(key) ?? outliving(id, me);
  recent.delete(key);
  recent.set(key, store);
  if (recent.size > KEPT_OPEN) forgetOldest();
  store.open();
  return store;
}

/** Of no screen: what a store works out would stand still as soon as the screen that opened it first is gone. */
function outliving(id: string, me: string): ThreadStore {
  let store: ThreadStore | null = null as ThreadStore | null;
  $effect.root(() => {
    store = new ThreadStore(id, me);
  });
  if (store === null) throw new Error("an effect ran late");
  return store;
}

function forgetOldest(): void {
  const [oldest] = recent;
  if (oldest === undefined) return;
  recent.delete(oldest[0]);
  oldest[1].people.close();
}
