import { beforeEach, expect, it, vi } from "vitest";

const session = vi.hoisted(() => ({ person: { id: "olive" } as { id: string } | null, copies: 0 }));
vi.mock("./session.svelte", () => ({ session }));
vi.resetModules(); // another test may have loaded the real one

const { Keeping } = await import("./keeping");

beforeEach(() => {
  session.person = { id: "olive" };
  vi.useFakeTimers();
});

it("writes once for all that changes within a moment", () => {
  const keep = vi.fn();
  const keeping = new Keeping("olive", keep);
  keeping.soon();
  keeping.soon();
  expect(keep).not.toHaveBeenCalled();
  vi.runAllTimers();

  expect(keep).toHaveBeenCalledTimes(1);
});

it("writes nothing that came before all copies were given up, and what comes after (PPB-26)", () => {
  const keep = vi.fn();
  const keeping = new Keeping("olive", keep);
  keeping.soon();
  session.copies += 1;
  vi.runAllTimers();
  expect(keep).not.toHaveBeenCalled();
  keeping.soon();
  vi.runAllTimers();

  expect(keep).toHaveBeenCalledTimes(1);
});

it.each([
  ["left", () => dispatchEvent(new Event("pagehide"))],
  ["hidden", hide],
])("writes at once when the page is %s, and not again later", (_, leave) => {
  const keep = vi.fn();
  new Keeping("olive", keep).soon();
  leave();
  expect(keep).toHaveBeenCalledTimes(1);
  vi.runAllTimers();
  leave();

  expect(keep).toHaveBeenCalledTimes(1);
});

it("writes nothing of somebody who has signed out meanwhile", () => {
  const keep = vi.fn();
  new Keeping("olive", keep).soon();
  session.person = null;
  vi.runAllTimers();

  expect(keep).not.toHaveBeenCalled();
});

function hide(): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
}
