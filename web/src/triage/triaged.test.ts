import { expect, it } from "vitest";
import { conversation, message, minute, nora, olive, vane } from "$/threads/northside.test_data";
import { isAsleep, isUrgent, rankOf, wokenBy } from "./triaged";

const NOTHING = {
  urgent_at: null,
  urgent_by_name: null,
  snoozed_until: null,
  snoozed_seq: null,
  snoozed_by_name: null,
  back_at: null,
  label_ids: [],
};
const asleep = conversation("cough", 3, {
  triage: { ...NOTHING, snoozed_until: minute(60), snoozed_seq: 2, snoozed_by_name: "Nora" },
});

it("sleeps until its time", () => {
  expect([59, 61].map((at) => isAsleep(asleep, Date.parse(minute(at))))).toEqual([true, false]);
});

it("is woken by the family and by nobody else (PPB-20)", () => {
  const writings = [
    message(3, nora),
    message(2, olive),
    message(3, olive, { conversation_id: "other" }),
    message(3, olive),
  ];
  const now = Date.parse(minute(5));

  expect(writings.map((each) => isAsleep(wokenBy(asleep, [each]), now))).toEqual([true, true, true, false]);
});

it("is urgent only while it is open (V2P+8)", () => {
  const triage = { ...NOTHING, urgent_at: minute(1), urgent_by_name: vane.name };
  const open = conversation("cough", 2, { triage });
  const back = conversation("cough", 2, { triage: { ...NOTHING, back_at: minute(1) } });

  expect([open, { ...open, ended_at: minute(2) }].map(isUrgent)).toEqual([true, false]);
  expect([open, back, conversation("cough", 1)].map(rankOf)).toEqual([2, 1, 0]);
});
