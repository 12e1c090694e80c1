import { beforeEach, expect, it, vi } from "vitest";
import type { Activity } from "$/platform/types";
import { nora, olive, vane } from "./northside.test_data";

const { heard, opened, tell } = vi.hoisted(() => ({
  heard: [] as ((activity: Activity) => void)[],
  opened: [] as (() => void)[],
  tell: vi.fn(),
}));
const listen = <T>(to: T[]) => ({
  add: (act: T) => {
    to.push(act);
    return () => {};
  },
});
vi.mock("$/platform/live", () => ({
  live: { tell, onActivity: listen(heard).add, onOpen: listen(opened).add },
}));
vi.resetModules(); // another test may have loaded the real one
const { PeopleHere } = await import("./people_here.svelte");

beforeEach(() => {
  heard.length = 0;
  opened.length = 0;
  tell.mockReset();
});

function say(person: typeof vane | typeof olive | typeof nora, state: Activity["state"], thread_id = "hart"): void {
  const who = { person_id: person.id, person_name: person.name, person_kind: person.kind };
  for (const act of heard) act({ type: "activity", thread_id, ...who, state });
}

it("answers a colleague who has just come, once, so that neither waits to see the other (V2P+4)", () => {
  const people = new PeopleHere("hart", nora.id);
  say(vane, "viewing");
  expect(tell).not.toHaveBeenCalled();
  say(vane, "idle");
  const leave = people.look();
  tell.mockReset();
  say(nora, "viewing");
  say(vane, "viewing", "sato");
  say(olive, "viewing");
  expect(tell).not.toHaveBeenCalled();

  say(vane, "viewing");
  say(vane, "viewing");
  expect(tell.mock.calls).toEqual([["hart", "viewing"]]);
  expect(people.viewing).toEqual(["Olive", "Dr Vane"]);
  leave();
  people.close();
});

it("tells each new line that somebody looks, and when they leave", () => {
  const people = new PeopleHere("hart", nora.id);
  const leave = people.look();
  for (const act of opened) act();
  leave();
  for (const act of opened) act();

  expect(tell.mock.calls).toEqual([
    ["hart", "viewing"],
    ["hart", "viewing"],
    ["hart", "idle"],
  ]);
  people.close();
});
