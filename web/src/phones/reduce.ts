/** Pure: what the page knows of the carrier, and how an event changes it. */

import type { Block, Call, CarrierEvent, LogLine, OwnNumber, Phone, Scenario, StepEvent, Text, Weather } from "./types";

const LINES_KEPT = 300;

export interface StepShown {
  state: "ahead" | StepEvent["state"];
  problem: string;
}

export interface Run {
  id: string;
  scenario: string;
  steps: StepShown[];
  isStopped: boolean;
}

export interface PhonesState {
  phones: Phone[];
  texts: ReadonlyMap<string, Text>;
  calls: Call[];
  numbers: OwnNumber[];
  weather: Weather;
  presets: { calm: Weather; worst: Weather };
  lines: LogLine[];
  blocks: Block[];
  scenarios: Scenario[];
  run: Run | null;
}

export function applyEvent(state: PhonesState, event: Exclude<CarrierEvent, { type: "reset" }>): PhonesState {
  switch (event.type) {
    case "text":
      return { ...state, texts: new Map(state.texts).set(event.text.sid, event.text) };
    case "phone":
      return { ...state, phones: upsert(state.phones, event.phone, (phone) => phone.number) };
    case "call":
      return { ...state, calls: upsert(state.calls, event.call, (call) => call.sid) };
    case "log":
      return { ...state, lines: addLine(state.lines, event.line) };
    case "weather":
      return { ...state, weather: event.weather };
    case "blocks":
      return { ...state, blocks: event.blocks };
    case "step":
      return { ...state, run: applyStep(state.run, event) };
  }
}

export function isOver(run: Run): boolean {
  return (
    run.isStopped ||
    run.steps.every(({ state }) => state === "done") ||
    run.steps.some(({ state }) => state === "failed")
  );
}

/** What one phone shows, in the order in which it got it. */
export function textsOn(texts: ReadonlyMap<string, Text>, number: string): Text[] {
  return [...texts.values()]
    .filter(({ from_number, to_number }) => from_number === number || to_number === number)
    .filter(({ kind, arrived_at }) => kind === "inbound" || arrived_at !== null)
    .sort((a, b) => shownAt(a).localeCompare(shownAt(b)));
}

export function shownAt(text: Text): string {
  return text.arrived_at ?? text.at;
}

/** By the demo's clock. */
export function demoTimeOf(text: Text): string {
  return new Date(Date.parse(shownAt(text)) + (text.moved_seconds ?? 0) * 1000).toISOString();
}

/** The clinic that this phone texts: one of its own country, a toll-free number before others. */
export function clinicOf(numbers: OwnNumber[], phone: string): OwnNumber | null {
  const isBritish = (number: string) => number.startsWith("+44");
  const fitting = numbers.filter(({ number }) => isBritish(number) === isBritish(phone));
  return fitting.find(({ number }) => /^\+18(00|33|44|55|66|77|88)/.test(number)) ?? fitting[0] ?? null;
}

/** `+1 415 555 0117`, `+44 7700 900123` */
export function shownNumber(number: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (american) return `+1 ${american.slice(1).join(" ")}`;
  const british = /^\+44(\d{4})(\d{6})$/.exec(number);
  return british ? `+44 ${british.slice(1).join(" ")}` : number;
}

function applyStep(run: Run | null, event: StepEvent): Run {
  const before =
    run?.id === event.run_id
      ? run
      : {
          id: event.run_id,
          scenario: event.scenario,
          steps: Array.from({ length: event.of }, aheadStep),
          isStopped: false,
        };
  const steps = before.steps.map((step, index) =>
    index === event.step - 1 ? { state: event.state, problem: event.problem } : step,
  );
  return { ...before, steps };
}

function aheadStep(): StepShown {
  return { state: "ahead", problem: "" };
}

function addLine(lines: LogLine[], line: LogLine): LogLine[] {
  if (lines.some(({ id }) => id === line.id)) return lines;
  return [...lines, line].slice(-LINES_KEPT);
}

function upsert<T>(list: T[], item: T, key: (item: T) => string): T[] {
  const place = list.findIndex((known) => key(known) === key(item));
  return place < 0 ? [...list, item] : list.with(place, item);
}
