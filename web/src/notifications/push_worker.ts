/** The part of the owner's service worker that shows what the push service brings. The build puts it into owner_push.js. */
export {};

type Words = { title: string; body: string; thread_id: string };

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface PushEvent extends Waiting {
  readonly data: { json(): Words } | null;
}
interface ClickEvent extends Waiting {
  readonly notification: Notification;
}
interface Page {
  readonly url: string;
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<Page>;
  navigate(url: string): Promise<Page | null>;
}
interface Worker {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<Page[]>;
    openWindow(url: string): Promise<Page | null>;
  };
  addEventListener(kind: "push", act: (event: PushEvent) => void): void;
  addEventListener(kind: "notificationclick", act: (event: ClickEvent) => void): void;
}

const worker = globalThis as unknown as Worker;

worker.addEventListener("push", (event) => {
  const words = event.data?.json();
  if (words !== undefined) event.waitUntil(show(words));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(addressOf(event.notification.tag)));
});

async function show({ title, body, thread_id }: Words): Promise<void> {
  // Whoever looks at the app sees the message there.
  if ((await pages()).some((page) => page.visibilityState === "visible")) return;
  const options = { body, tag: thread_id, renotify: true, icon: "/owner-192.png", badge: "/owner-192.png" };
  await worker.registration.showNotification(title, options);
  if ("setAppBadge" in navigator) await navigator.setAppBadge().catch(() => {});
}

async function open(address: string): Promise<void> {
  const page = (await pages())[0];
  if (page === undefined) await worker.clients.openWindow(address);
  else {
    await page.focus();
    if (!page.url.endsWith(address)) await page.navigate(address);
  }
}

async function pages(): Promise<Page[]> {
  const all = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((page) => /^\/owner(\/|$)/.test(new URL(page.url).pathname));
}

function addressOf(threadId: string): string {
  return `/owner/threads/${threadId}`;
}
