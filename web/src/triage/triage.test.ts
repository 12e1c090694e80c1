import { beforeEach, expect, it, vi } from "vitest";
import type { Changes } from "$/platform/types";
import { changes, conversation, minute, ZONE } from "$/threads/northside.test_data";

const api = vi.hoisted(() => ({
  putLabel: vi.fn(),
  putUrgency: vi.fn(),
  snooze: vi.fn(),
  wake: vi.fn(),
  getLabels: vi.fn(),
}));
const told = vi.hoisted(() => ({ changes: (_: Changes): void => {} }));
vi.mock("./api", () => api);
vi.mock("$/platform/clock.svelte", () => ({ clock: { now: Date.parse("2026-11-16T17:00:00Z") } }));
vi.mock("$/platform/live", () => ({
  live: {
    onChanges: (listen: (changes: Changes) => void) => {
      told.changes = listen;
      return () => {};
    },
  },
}));
vi.resetModules(); // another test may have loaded the real ones

const { Offline } = await import("$/platform/api");
const { toasts } = await import("$/platform/toasts.svelte");
const { triage } = await import("./triage.svelte");
const { labels } = await import("./labels.svelte");

const with_labels = (label_ids: string[], snoozed_until: string | null = null) => ({
  triage: {
    ...{ urgent_at: null, urgent_by_name: null, snoozed_seq: null, snoozed_by_name: null, back_at: null },
    ...{ label_ids, snoozed_until },
  },
});
const cough = (revision: number, label_ids: string[] = [], until: string | null = null) =>
  conversation("cough", revision, with_labels(label_ids, until));
const ask = (show: "labels" | "snooze", asked = cough(3)) =>
  triage.ask({ show, threadId: "hart", conversation: asked, zone: ZONE, seenSeq: 7 });

beforeEach(() => {
  for (const each of Object.values(api)) each.mockReset();
  toasts.shown = [];
  triage.close();
});

it("goes on from what a colleague has done meanwhile, and never back to an older answer", async () => {
  const stop = triage.follow();
  ask("labels");
  told.changes(changes(3, 5, { conversations: [cough(5, ["refill"])] }));
  api.putLabel.mockResolvedValue(cough(4, ["billing"]));
  await triage.toggleLabel("billing");

  expect(triage.asked?.conversation).toEqual(cough(5, ["refill"]));
  stop();
});

it("says a refusal in the dialog that is open, else over the screen", async () => {
  api.putLabel.mockRejectedValue(new Offline());
  api.wake.mockRejectedValue(new Offline());
  ask("labels");
  await triage.toggleLabel("billing");
  const inDialog = [triage.refusal, toasts.shown.length];
  triage.close();
  await triage.wake("hart", cough(3));

  expect(inDialog).toEqual([new Offline().message, 0]);
  expect(toasts.shown.map((toast) => toast.text)).toEqual([new Offline().message]);
});

it("lets sleep what was seen when it was asked, and not what came while the choice was made (PPB-20)", async () => {
  api.snooze.mockResolvedValue(cough(4, [], minute(600)));
  const stop = triage.follow();
  ask("snooze");
  told.changes(changes(3, 5, { conversations: [cough(5)], last_seq: 8 }));
  await triage.snooze("2026-11-16T19:00");
  stop();

  expect(api.snooze.mock.calls.map(([, , seenSeq]) => seenSeq)).toEqual([7]);
});

it.each([
  ["asleep until another time", minute(60), "2026-11-16T10:00"],
  ["awake", null, null],
])("gives back what was before: %s", async (_, before, wallClock) => {
  api.snooze.mockResolvedValue(cough(4, [], minute(600)));
  api.wake.mockResolvedValue(cough(5));
  ask("snooze", cough(3, [], before));
  await triage.snooze("2026-11-16T19:00");
  toasts.shown[0]?.undo?.();

  const times = api.snooze.mock.calls.slice(1).map(([, time]) => time);
  expect([times, api.wake.mock.calls.length]).toEqual(wallClock === null ? [[], 1] : [[wallClock], 0]);
});

it.each([
  ["who may let it sleep again", ZONE, ["2026-11-16T10:00"]],
  ["basic staff", null, []],
])("takes back urgency, and that it woke what slept, for %s", async (_, zone, times) => {
  api.putUrgency.mockResolvedValue(cough(4));
  api.snooze.mockResolvedValue(cough(6, [], minute(60)));
  await triage.setUrgent({ threadId: "hart", conversation: cough(3, [], minute(60)), zone }, true);
  toasts.shown[0]?.undo?.();

  await vi.waitFor(() => expect(api.putUrgency.mock.calls.map(([, isWanted]) => isWanted)).toEqual([true, false]));
  await vi.waitFor(() => expect(api.snooze.mock.calls.map(([, time]) => time)).toEqual(times));
});

it("keeps the newest list of labels, whichever answer comes last", async () => {
  let answer = (_: unknown[]): void => {};
  const late = new Promise<unknown[]>((resolve) => {
    answer = resolve;
  });
  api.getLabels.mockReturnValueOnce(late).mockResolvedValueOnce([{ id: "refill" }]);
  const older = labels.load();
  await labels.load();
  answer([]);
  await older;

  expect(labels.all).toEqual([{ id: "refill" }]);
});
