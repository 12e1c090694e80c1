type Thread = { thread_id: string; unread: unknown[] };

/** Notifications of what has been read by now, here or elsewhere, go away; the app's icon shows how many are left. */
export async function tidyShown(threads: Thread[]): Promise<void> {
  const unread = threads.reduce((sum, thread) => sum + thread.unread.length, 0);
  await showOnIcon(unread);
  const registration = await navigator.serviceWorker?.getRegistration("/owner");
  for (const thread of threads) {
    if (thread.unread.length > 0) continue;
    const shown = (await registration?.getNotifications({ tag: thread.thread_id })) ?? [];
    for (const notification of shown) notification.close();
  }
}

async function showOnIcon(unread: number): Promise<void> {
  if (!("setAppBadge" in navigator)) return;
  // Refused where the app is not installed, which is no trouble.
  await (unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => {});
}
