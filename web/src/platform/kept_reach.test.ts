import { beforeEach, expect, it, vi } from "vitest";
import type { SessionView } from "./types";

vi.mock("./api", () => ({ app: "staff" }));
vi.resetModules(); // another test may have loaded the real one

const { hasOtherReach } = await import("./kept_reach");

function viewOf(role: string, clinics: string[], more: object = {}): SessionView {
  const person = { id: "vane", name: "Dr Vane", kind: "staff", role };
  return { person, clinics: clinics.map((id) => ({ id })), can_use_inbox: role !== "basic", ...more } as SessionView;
}

beforeEach(() => {
  localStorage.clear();
  hasOtherReach(viewOf("senior", ["hill", "harbour"]));
});

it.each([
  ["as before", viewOf("senior", ["harbour", "hill"]), false],
  ["demoted", viewOf("basic", ["hill", "harbour"]), true],
  ["moved", viewOf("senior", ["harbour"]), true],
  ["locked", viewOf("senior", [], { desk: { is_locked: true } }), false],
  ["nobody", { ...viewOf("senior", []), person: null }, false],
])("asks what is kept for whom (PPB-26): %s", (_, view, isOther) => {
  expect(hasOtherReach(view)).toBe(isOther);
  expect(hasOtherReach(view), "asked once").toBe(false);
});

it("goes on without a storage", () => {
  const refuse = () => {
    throw new DOMException("Refused", "SecurityError");
  };
  const refused = [vi.spyOn(Storage.prototype, "getItem"), vi.spyOn(Storage.prototype, "setItem")];
  for (const each of refused) each.mockImplementation(refuse);
  const found = [hasOtherReach(viewOf("basic", ["hill"])), hasOtherReach(viewOf("basic", ["hill"]))];
  for (const each of refused) each.mockRestore();

  expect(found).toEqual([true, false]);
});
