import { app } from "./api";

/**
 * Nothing more is told on this device to whoever was signed in, and what was told is taken away. The server may learn of the
 * sign-out much later, or never.
 */
export async function fallSilent(): Promise<void> {
  // Refused where the app is not installed, or offline by some push services: then there is nothing else that can be done here.
  if (app === "owner" && "clearAppBadge" in navigator) void navigator.clearAppBadge().catch(() => {});
  try {
    const registration = await navigator.serviceWorker?.getRegistration(`/${app}`);
    for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
    await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  } catch {
    // See above.
  }
}
