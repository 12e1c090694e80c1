import { expect, test } from "vitest";
import { applyEvent, clinicOf, isOver, type PhonesState, shownNumber, textsOn } from "./reduce";
import type { StepEvent, Text, Weather } from "./types";

const OLIVE = "+14155550117";
const CLINIC = "+18885550142";
const CALM = { latency_seconds: 0 } as Weather;

function state(): PhonesState {
  return {
    phones: [],
    texts: new Map(),
    calls: [],
    numbers: [],
    weather: CALM,
    presets: { calm: CALM, worst: CALM },
    lines: [],
    blocks: [],
    scenarios: [],
    run: null,
  };
}

function text(sid: string, values: Partial<Text> = {}): Text {
  return {
    sid,
    kind: "outbound",
    from_number: CLINIC,
    to_number: OLIVE,
    body: sid,
    state: "sent",
    at: "2026-11-21T10:00:00Z",
    pictures: [],
    arrived_at: null,
    ...values,
  };
}

function step(values: Partial<StepEvent>): StepEvent {
  const usual = { run_id: "r", scenario: "night_text", step: 1, of: 2, words: "", action: "", problem: "" };
  return { type: "step", state: "running", ...usual, ...values };
}

test("a text on its way shows on the phone once it has arrived", () => {
  const under_way = applyEvent(state(), { type: "text", text: text("a") });
  const there = applyEvent(under_way, { type: "text", text: text("a", { arrived_at: "2026-11-21T10:00:02Z" }) });

  expect(textsOn(under_way.texts, OLIVE)).toEqual([]);
  expect(textsOn(there.texts, OLIVE).map(({ sid }) => sid)).toEqual(["a"]);
});

test("a phone shows texts in the order in which it got them, and none of others", () => {
  const texts = [
    text("late", { arrived_at: "2026-11-21T10:05:00Z" }),
    text("early", { kind: "inbound", from_number: OLIVE, to_number: CLINIC, at: "2026-11-21T10:01:00Z" }),
    text("other", { to_number: "+14155550134", arrived_at: "2026-11-21T10:02:00Z" }),
  ];
  const known = texts.reduce((so_far, each) => applyEvent(so_far, { type: "text", text: each }), state());

  expect(textsOn(known.texts, OLIVE).map(({ sid }) => sid)).toEqual(["early", "late"]);
});

test("a run is over when all its steps are done, when one failed, or when it was stopped", () => {
  const begun = applyEvent(state(), step({ state: "done" })).run;
  const done = applyEvent({ ...state(), run: begun }, step({ step: 2, state: "done" })).run;
  const failed = applyEvent({ ...state(), run: begun }, step({ step: 2, state: "failed", problem: "no" })).run;

  expect([begun, done, failed].map((run) => run !== null && isOver(run))).toEqual([false, true, true]);
  expect(begun !== null && isOver({ ...begun, isStopped: true })).toBe(true);
  expect(failed?.steps[1]).toEqual({ state: "failed", problem: "no" });
});

test("a new run begins afresh", () => {
  const first = applyEvent(state(), step({ state: "done" }));
  const second = applyEvent(first, step({ run_id: "s", state: "waiting" }));

  expect(second.run?.steps.map(({ state: shown }) => shown)).toEqual(["waiting", "ahead"]);
});

test("a line that comes twice is shown once", () => {
  const line = { id: 7, at: "2026-11-21T10:00:00Z", text: "call ended" };
  const twice = [line, line].reduce((so_far, each) => applyEvent(so_far, { type: "log", line: each }), state());

  expect(twice.lines).toEqual([line]);
});

test("a phone texts a clinic of its own country", () => {
  const numbers = [
    { number: "+447700900001", name: "Thames Vets" },
    { number: "+15185550150", name: "Harbour" },
    { number: CLINIC, name: "Hill Street" },
  ];

  expect(clinicOf(numbers, OLIVE)?.name).toBe("Hill Street");
  expect(clinicOf(numbers, "+447700900123")?.name).toBe("Thames Vets");
  expect(clinicOf([], OLIVE)).toBeNull();
});

test("numbers are shown in groups", () => {
  expect([OLIVE, "+447700900123", "+4930123456"].map(shownNumber)).toEqual([
    "+1 415 555 0117",
    "+44 7700 900123",
    "+4930123456",
  ]);
});
