import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "./eventually.test_data";

type Desk = { is_locked: boolean } | null;
type Answer = { person: { id: string } | null; csrf_token: string | null; desk: Desk };
const server = vi.hoisted(() => ({
  isAway: false,
  person: null as { id: string } | null,
  ended: [] as string[],
  desk: null as Desk,
}));
const wipeStorage = vi.hoisted(() => vi.fn(async () => {}));
vi.mock("./storage", () => ({ wipeStorage }));
vi.mock("./api", () => {
  const reach = async <T>(answer: () => T): Promise<T> => {
    if (server.isAway) throw new Error("no network");
    return answer();
  };
  const GET = () => reach((): Answer => ({ person: server.person, csrf_token: "token", desk: server.desk }));
  const DELETE = () =>
    reach(() => {
      server.ended.push(server.person?.id ?? "nobody");
      server.person = null;
    });
  const POST = () =>
    reach(() => {
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
const { dueSignOut } = await import("./due_sign_out");
const { isLockDue } = await import("./due_lock");

beforeEach(async () => {
  Object.assign(server, { isAway: false, person: { id: "olive" }, ended: [], desk: null });
  await session.load();
});

it("signs out at once without a network, and tells the server when it is back", async () => {
  server.isAway = true;
  wipeStorage.mockClear();
  await session.signOut();
  expect([session.person, session.hasEnded, dueSignOut(), server.ended]).toEqual([null, false, "olive", []]);
  expect(wipeStorage).toHaveBeenCalled();
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

it("leaves alone who has signed in since then", async () => {
  server.isAway = true;
  await session.signOut();
  Object.assign(server, { isAway: false, person: { id: "omar" } });
  await session.load();

  expect([session.person?.id, dueSignOut(), server.ended]).toEqual(["omar", null, []]);
});

it("locks a shared computer at once without a network, and for the server when it is back", async () => {
  server.desk = { is_locked: false };
  await session.load();
  server.isAway = true;
  session.lock();
  expect([session.isLocked, isLockDue(), server.desk]).toEqual([true, true, { is_locked: false }]);
  server.isAway = false;
  dispatchEvent(new Event("online"));
  await eventually(() => expect(server.desk).toEqual({ is_locked: true }));
  await eventually(() => expect(isLockDue()).toBe(false));

  expect(session.isLocked).toBe(true);
});

it("hides on its own suspicion, and shows again when the server knows better", async () => {
  server.desk = { is_locked: false };
  await session.load();
  session.hide();
  expect(session.isLocked).toBe(true);

  await eventually(() => expect(session.isLocked).toBe(false));
});

it("follows a sign-out in another tab", () => {
  const key = "pawline signing out of owner";
  dispatchEvent(new StorageEvent("storage", { key, newValue: "omar" }));
  expect(session.person?.id).toBe("olive");
  dispatchEvent(new StorageEvent("storage", { key, newValue: "olive" }));

  expect(session.person).toBeNull();
});
