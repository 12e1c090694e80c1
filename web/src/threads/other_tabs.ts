import { app } from "$/platform/api";

/** Tabs of one browser share what is not sent yet: one at a time sends it, and tells the others. */

const LONGEST_TURN_MS = 15_000;

const channel = new BroadcastChannel(`pawline-outbox-${app}`);

/**
 * Do `act` while no other tab does anything under this `name`.
 *
 * A phone may freeze a tab in the middle of its turn, so nobody waits for ever: sending twice is harmless (`client_id`).
 */
export async function inTurn<T>(name: string, act: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return await act(); // only pages served over https have them
  let hasBegun = false;
  const begin = () => {
    hasBegun = true;
    return act();
  };
  try {
    return await navigator.locks.request(name, { signal: AbortSignal.timeout(LONGEST_TURN_MS) }, begin);
  } catch (error) {
    if (hasBegun) throw error;
    return await act();
  }
}

export function tellGone(clientId: string): void {
  channel.postMessage(clientId);
}

/** Called when another tab has sent or deleted a message. */
export function onGone(listen: (clientId: string) => void): void {
  channel.addEventListener("message", (event: MessageEvent<string>) => listen(event.data));
}
