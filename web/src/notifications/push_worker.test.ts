import { afterEach, expect, it, vi } from "vitest";

type Listener = (event: Record<string, unknown>) => void;
const listeners = new Map<string, Listener>();
const openWindow = vi.fn();
const badges: string[] = [];
const shown: string[] = [];
let controlled: unknown[] = [];
let all: unknown[] = [];

async function start(app: "staff" | "owner"): Promise<void> {
  vi.stubGlobal("registration", {
    scope: `https://northside.example/${app}`,
    showNotification: async (title: string) => void shown.push(title),
  });
  vi.stubGlobal("clients", {
    openWindow,
    claim: async () => {},
    matchAll: async (options: { includeUncontrolled: boolean }) => (options.includeUncontrolled ? all : controlled),
  });
  vi.stubGlobal("navigator", { setAppBadge: async () => void badges.push(app) });
  vi.stubGlobal("addEventListener", (kind: string, act: Listener) => void listeners.set(kind, act));
  vi.resetModules();
  await import("./push_worker");
}

async function happens(kind: string, event: Record<string, unknown>): Promise<void> {
  let work: unknown;
  const waitUntil = (each: unknown) => {
    work = each;
  };
  listeners.get(kind)?.({ ...event, waitUntil });
  await work;
}

const page = (path: string) => ({
  url: `https://northside.example${path}`,
  visibilityState: "hidden",
  focus: vi.fn(async () => {}),
  navigate: vi.fn(async () => null),
});
const click = (path: string) => happens("notificationclick", { notification: { data: path, close: () => {} } });

afterEach(() => {
  vi.unstubAllGlobals();
  badges.length = shown.length = 0;
});

it("opens a window where the page of the app is not the worker's to lead", async () => {
  await start("staff");
  [all, controlled] = [[page("/staff")], []];
  await click("/staff/threads/hart");

  expect(openWindow).toHaveBeenCalledWith("/staff/threads/hart");
});

it("leads its own page there, and leaves one alone that is there", async () => {
  await start("staff");
  const [own, there] = [page("/staff"), page("/staff/threads/hart")];
  [all, controlled] = [[own, there], [own]];
  await click("/staff/threads/hart");
  await click("/staff/threads/sato");

  expect([there.focus, there.navigate, own.focus].map((act) => act.mock.calls.length)).toEqual([1, 0, 1]);
  expect(own.navigate.mock.calls).toEqual([["/staff/threads/sato"]]);
});

it("shows what another practice writes to whoever looks at the app, which shows it to nobody", async () => {
  await start("owner");
  [all, controlled] = [[{ ...page("/owner"), visibilityState: "visible" }], []];
  const words = { title: "Riverside", body: "Rex", thread_id: "rex" };
  for (const is_elsewhere of [undefined, false, true])
    await happens("push", { data: { json: () => ({ ...words, is_elsewhere }) } });

  expect(shown).toEqual(["Riverside"]);
});

it("marks the icon of the owner's app alone: only that app takes the mark off again", async () => {
  [all, controlled] = [[], []];
  const words = { title: "Northside", body: "Pixel", thread_id: "hart" };
  for (const app of ["staff", "owner"] as const) {
    await start(app);
    await happens("push", { data: { json: () => words } });
  }

  expect(badges).toEqual(["owner"]);
});
