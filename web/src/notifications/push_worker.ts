/**
 * Shows what the push service brings. The build puts it into push.js: a part of the owner's service worker, and all of the
 * team's, which is registered for /staff.
 */
export {};

/** `path`: what it opens, where that is not the owner's thread. `is_elsewhere`: of another practice than the app shows. */
type Words = { title: string; body: string; thread_id: string; path?: string; is_elsewhere?: boolean };

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
    claim(): Promise<void>;
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<Page[]>;
    openWindow(url: string): Promise<Page | null>;
  };
  addEventListener(kind: "activate", act: (event: Waiting) => void): void;
  addEventListener(kind: "push", act: (event: PushEvent) => void): void;
  addEventListener(kind: "notificationclick", act: (event: ClickEvent) => void): void;
}

const worker = globalThis as unknown as Worker;
const app = worker.registration.scope.endsWith("/staff") ? "staff" : "owner";

// The owner's worker claims its pages by itself.
if (app === "staff") worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("push", (event) => {
  const words = event.data?.json();
  if (words !== undefined) event.waitUntil(show(words));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

async function show({ title, body, thread_id, path, is_elsewhere }: Words): Promise<void> {
  // Whoever looks at the app sees the message there.
  if (!is_elsewhere && (await pages()).some((page) => page.visibilityState === "visible")) return;
  const data = path ?? `/owner/threads/${thread_id}`;
  const options = { body, data, tag: thread_id, renotify: true, icon: "/owner-192.png", badge: "/owner-192.png" };
  await worker.registration.showNotification(title, options);
  // The owner's app takes it off again; the team's has no icon of its own.
  if (app === "owner" && "setAppBadge" in navigator) await navigator.setAppBadge().catch(() => {});
}

async function open(address: string): Promise<void> {
  const there = (await pages()).find((page) => page.url.endsWith(address));
  // A page that this worker does not control cannot be led elsewhere.
  const page = there ?? (await pages(false))[0];
  if (page === undefined) await worker.clients.openWindow(address);
  else {
    await page.focus();
    if (page !== there) await page.navigate(address);
  }
}

async function pages(includeUncontrolled = true): Promise<Page[]> {
  const all = await worker.clients.matchAll({ type: "window", includeUncontrolled });
  return all.filter((page) => new URL(page.url).pathname.startsWith(`/${app}`));
}
