import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "./eventually.test_data";

type Desk = { is_locked: boolean } | null;
type Answer = { person: { id: string } | null; csrf_token: string | null; desk: Desk; ended_id: string | null };
const server = vi.hoisted(() => ({
  isAway: false,
  person: null as { id: string } | null,
  ended: [] as string[],
  desk: null as Desk,
  endedId: null as string | null,
  whileLocking: () => {},
}));
const wipeStorage = vi.hoisted(() => vi.fn(async () => {}));
const wipeUnsent = vi.hoisted(() => vi.fn(async (_personId: string) => {}));
vi.mock("./storage", () => ({ wipeStorage, wipeUnsent, wipeCopies: async () => true }));
const fallSilent = vi.hoisted(() => vi.fn(async () => {}));
vi.mock("./silence", () => ({ fallSilent }));
vi.mock("./api", () => {
  const reach = async <T>(answer: () => T): Promise<T> => {
    if (server.isAway) throw new Error("no network");
    return answer();
  };
  const GET = () =>
    reach((): Answer => {
      const { person, desk, endedId } = server;
      return { person, csrf_token: "token", desk, ended_id: endedId };
    });
  const DELETE = () =>
    reach(() => {
      server.ended.push(server.person?.id ?? "nobody");
      Object.assign(server, { person: null, desk: null });
    });
  const POST = () =>
    reach(() => {
      server.whileLocking();
      server.desk = { is_locked: true };
    });
  return {
    app: "owner",
    client: { GET, DELETE, POST },
    answerOf: (call: unknown) => call,
    asProblem: (error: unknown) => error,
    onNotFound: () => {},
    onLocked: () => {},
    setCsrfToken: () => {},
  };
});
vi.resetModules(); // another test may have loaded the real ones

const { session } = await import("./session.svelte");
const { dueSignOut, noteSignOut } = await import("./due_sign_out");
const { isLockDue } = await import("./due_lock");

beforeEach(async () => {
  Object.assign(server, {
    isAway: false,
    person: { id: "olive" },
    ended: [],
    desk: null,
    endedId: null,
    whileLocking: () => {},
  });
  await session.load();
});

it("keeps nothing of theirs where a session was ended from elsewhere, and what is not sent where it timed out", async () => {
  wipeUnsent.mockClear();
  server.person = null;
  await session.load();
  expect([session.hasEnded, session.hasEndedElsewhere, wipeUnsent.mock.calls]).toEqual([true, false, []]);
  server.endedId = "olive";
  await session.load(); // as one starts, long after

  expect([session.hasEnded, session.hasEndedElsewhere, wipeUnsent.mock.calls]).toEqual([true, true, [["olive"]]]);
});

it("signs out at once without a network, and tells the server when it is back", async () => {
  server.isAway = true;
  wipeStorage.mockClear();
  await session.signOut();
  expect([session.person, session.hasEnded, dueSignOut(), server.ended]).toEqual([null, false, "olive", []]);
  expect(wipeStorage).toHaveBeenCalled();
  expect(fallSilent).toHaveBeenCalled();
  server.isAway = false;
  dispatchEvent(new Event("online"));
  await eventually(() => expect(server.ended).toEqual(["olive"]));
  await eventually(() => expect(dueSignOut()).toBeNull());

  expect([session.person, session.hasEnded]).toEqual([null, false]);
});

it("signs out with a network without leaving anything due", async () => {
  await session.signOut();

  expect([session.person, session.hasEnded, dueSignOut(), server.ended]).toEqual([null, false, null, ["olive"]]);
});

it("signs out once, whoever asks meanwhile", async () => {
  const left = session.signOut();
  await Promise.all([left, session.load(), session.load()]);

  expect([session.person, dueSignOut(), server.ended]).toEqual([null, null, ["olive"]]);
});

it("leaves alone who has signed in since then", async () => {
  server.isAway = true;
  await session.signOut();
  Object.assign(server, { isAway: false, person: { id: "omar" } });
  await session.load();

  expect([session.person?.id, dueSignOut(), server.ended]).toEqual(["omar", null, []]);
});

async function share(): Promise<void> {
  server.desk = { is_locked: false };
  await session.load();
}

async function lockAway(): Promise<void> {
  await share();
  server.isAway = true;
  session.lock();
}

it("locks a shared computer at once without a network, and for the server when it is back", async () => {
  await lockAway();
  expect([session.isLocked, isLockDue(), server.desk]).toEqual([true, true, { is_locked: false }]);
  server.isAway = false;
  dispatchEvent(new Event("online"));
  await eventually(() => expect(server.desk).toEqual({ is_locked: true }));
  await eventually(() => expect(isLockDue()).toBe(false));

  expect(session.isLocked).toBe(true);
});

it("ends a session that is to be locked too, whoever comes next", async () => {
  await lockAway();
  await session.signOut();
  server.isAway = false;
  await session.load();
  expect([server.ended, session.person, isLockDue()]).toEqual([["olive"], null, false]);
  Object.assign(server, { person: { id: "omar" }, desk: { is_locked: false } });
  await session.load();

  expect([session.person, session.isLocked]).toEqual([{ id: "omar" }, false]);
});

it("ends what is left while it is being locked", async () => {
  await lockAway();
  server.isAway = false;
  server.whileLocking = () => noteSignOut("olive");
  await session.load();

  expect([server.ended, session.person, dueSignOut()]).toEqual([["olive"], null, null]);
});

it("stays open for whoever unlocks it before the server has heard that it was locked", async () => {
  await lockAway();
  server.isAway = false;
  await session.unlocked();

  expect([session.isLocked, isLockDue(), server.desk]).toEqual([false, false, { is_locked: false }]);
});

it("hides what another tab has locked, until it is unlocked there", async () => {
  await share();
  server.isAway = true;
  const key = "pawline locking owner";
  dispatchEvent(new StorageEvent("storage", { key, newValue: "due" }));
  expect([session.isLocked, isLockDue()]).toEqual([true, true]);
  dispatchEvent(new StorageEvent("storage", { key, newValue: null }));
  server.isAway = false;
  await session.load();

  expect([session.isLocked, isLockDue()]).toEqual([false, false]);
});

it.each([true, false])(
  "hides a shared computer at once when the live line doubts, nobody's own: %s",
  async (isShared) => {
    if (isShared) await share();
    server.isAway = true;
    await session.doubt();
    expect(session.isLocked).toBe(isShared);
    Object.assign(server, { isAway: false, person: null, desk: null });
    await session.load();

    expect([session.person, session.isLocked]).toEqual([null, false]);
  },
);

it("hides on its own suspicion, and shows again when the server knows better", async () => {
  await share();
  session.hide();
  expect(session.isLocked).toBe(true);

  await eventually(() => expect(session.isLocked).toBe(false));
});

it("keeps nothing of one person for the next, and all for whoever goes to another practice of theirs", async () => {
  wipeStorage.mockClear();
  await session.load();
  const view = session.view;
  if (view?.person == null) throw new Error("nobody is signed in");
  session.accept({ ...view, person: { ...view.person, id: "olive elsewhere" } }, true);
  expect(wipeStorage).not.toHaveBeenCalled();
  session.accept({ ...view, person: { ...view.person, id: "omar" } });

  expect(wipeStorage).toHaveBeenCalledTimes(1);
});

it("follows a sign-out in another tab", () => {
  const key = "pawline signing out of owner";
  dispatchEvent(new StorageEvent("storage", { key, newValue: "omar" }));
  expect(session.person?.id).toBe("olive");
  dispatchEvent(new StorageEvent("storage", { key, newValue: "olive" }));

  expect(session.person).toBeNull();
});
