import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import type { DutyChoice, DutyView } from "./api";

const api = vi.hoisted(() => ({ getDuty: vi.fn(), putDuty: vi.fn() }));
vi.mock("./api", () => api);
vi.resetModules(); // another test may have loaded the real one

const { Refusal } = await import("$/platform/problems");
const { clock } = await import("$/platform/clock.svelte");
const { toasts } = await import("$/platform/toasts.svelte");
const { duty } = await import("./duty.svelte");

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(clock.now + hours * HOUR_MS).toISOString();
const viewOf = (is_off: boolean, until: string | null = null): DutyView => ({
  is_off,
  until,
  timezone: "UTC",
  day_ends_at: inHours(8),
  opens_next_at: null,
});

async function undo(): Promise<void> {
  toasts.shown.at(-1)?.undo?.();
  await eventually(() => expect(api.putDuty).toHaveBeenCalledTimes(2));
}

beforeEach(() => {
  api.getDuty.mockReset();
  api.putDuty.mockReset();
  api.putDuty.mockImplementation(async ({ is_off, until }: DutyChoice) => viewOf(is_off, until ?? null));
  duty.close();
});

it.each([
  ["until then", 2],
  ["until they say otherwise", null],
])("undoing a longer time leaves whoever was off duty so %s", async (_words, hours) => {
  const before = hours === null ? null : inHours(hours);
  duty.view = viewOf(true, before);
  await duty.goOff(inHours(8));
  await undo();

  expect(api.putDuty).toHaveBeenLastCalledWith({ is_off: true, until: before });
});

it.each([
  ["was on duty", viewOf(false)],
  ["would be back by now", viewOf(true, inHours(-1))],
])("undoing brings back whoever %s", async (_words, before) => {
  duty.view = before;
  await duty.goOff(null);
  await undo();

  expect(api.putDuty).toHaveBeenLastCalledWith({ is_off: false });
});

it("says what time can be chosen", async () => {
  const wrong = { until: "needs to be off duty, and a time to come within a year; or leave it out" };
  api.getDuty.mockResolvedValue(viewOf(false));
  duty.ask();
  await eventually(() => expect(duty.view?.is_off).toBe(false));
  api.putDuty.mockRejectedValue(new Refusal(422, "invalid", "Invalid", "Until needs to be off duty", wrong));
  await duty.goOff(inHours(-1));

  expect(duty.refusal).toBe("Choose a time to come, within a year.");
});

it("forgets a refusal once it is answered, and hears none that comes after the answer", async () => {
  const gone = new Refusal(500, "failed", "Failed", "That did not work", {});
  api.getDuty.mockRejectedValueOnce(gone);
  duty.ask();
  await eventually(() => expect(duty.refusal).toBe("That did not work"));

  let failLate = (_problem: Error) => {};
  api.getDuty.mockReturnValueOnce(new Promise((_, reject) => (failLate = reject)));
  const older = duty.load();
  api.getDuty.mockResolvedValueOnce(viewOf(true));
  await duty.load();
  expect(duty.refusal).toBe("");

  failLate(gone);
  await older;
  expect(duty.refusal).toBe("");
});
