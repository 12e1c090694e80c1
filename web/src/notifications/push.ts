import type { PushRequest } from "./api";

/** What this browser can do about messages that come while the app is closed. */
export type PushAbility = "can" | "needs_home_screen" | "cannot";

/** Thrown when somebody said no, now or earlier. */
export class NotAllowed extends Error {}

export function pushAbility(): PushAbility {
  if ("PushManager" in window && "Notification" in window && "serviceWorker" in navigator) return "can";
  return /iPhone|iPad/.test(navigator.userAgent) ? "needs_home_screen" : "cannot";
}

export const isRefused = (): boolean => pushAbility() === "can" && Notification.permission === "denied";

/** Ask the person, then the browser's push service. What was subscribed before may be of another key, and is given up. */
export async function subscribe(key: string): Promise<PushRequest> {
  if ((await Notification.requestPermission()) !== "granted") throw new NotAllowed();
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint = "", keys } = subscription.toJSON();
  return { endpoint, keys: { p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" } };
}

export async function unsubscribe(): Promise<void> {
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
}
