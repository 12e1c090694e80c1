import { Offline, readRefusal } from "$/platform/problems";
import type { PhonesState } from "./reduce";
import type {
  Block,
  Call,
  DemoTime,
  LogLine,
  OwnNumber,
  Phone,
  Scenario,
  Text,
  TimeMove,
  TypedPicture,
  Weather,
} from "./types";

const CARRIER = "/phones/api";
const DEMO = "/api/v1/demo";

export const EVENTS_ADDRESS = `${CARRIER}/events`;

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method, credentials: "same-origin" };
  if (body !== undefined)
    Object.assign(init, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const response = await fetch(path, init).catch(() => {
    throw new Offline();
  });
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw readRefusal(response.status, answer, response.headers.get("Retry-After"));
  return answer as T;
}

/** Everything the page shows of the carrier, as it is at this moment. */
export async function loadCarrier(movedSecondsOf: (text: Text) => number): Promise<PhonesState> {
  const [phones, texts, calls, numbers, weather, log, blocks, scenarios] = await Promise.all([
    ask<{ phones: Phone[] }>("GET", `${CARRIER}/phones`),
    ask<{ entries: Text[] }>("GET", `${CARRIER}/ledger`),
    ask<{ calls: Call[] }>("GET", `${CARRIER}/calls`),
    ask<{ numbers: OwnNumber[] }>("GET", `${CARRIER}/numbers`),
    ask<{ weather: Weather; presets: { calm: Weather; worst: Weather } }>("GET", `${CARRIER}/weather`),
    ask<{ lines: LogLine[] }>("GET", `${CARRIER}/log`),
    ask<{ blocks: Block[] }>("GET", `${CARRIER}/blocks`),
    ask<{ scenarios: Scenario[] }>("GET", `${CARRIER}/scenarios`),
  ]);
  return {
    phones: phones.phones,
    texts: new Map(texts.entries.map((text) => [text.sid, { ...text, moved_seconds: movedSecondsOf(text) }])),
    calls: calls.calls,
    numbers: numbers.numbers,
    weather: weather.weather,
    presets: weather.presets,
    lines: log.lines,
    blocks: blocks.blocks,
    scenarios: scenarios.scenarios,
    run: null,
  };
}

export interface Typed {
  to_number: string;
  body: string;
  pictures: TypedPicture[];
}

export const carrier = {
  sendText: (from: string, typed: Typed) => ask<Text>("POST", `${CARRIER}/phones/${from}/texts`, typed),
  addPhone: (phone: { number: string; name: string; kind: Phone["kind"] }) =>
    ask<Phone>("POST", `${CARRIER}/phones`, phone),
  changePhone: (number: string, change: { is_on: boolean }) =>
    ask<Phone>("PATCH", `${CARRIER}/phones/${number}`, change),
  call: (from: string, to: string) => ask<Call>("POST", `${CARRIER}/phones/${from}/calls`, { to_number: to }),
  answerCall: (sid: string, number: string) => ask<Call>("POST", `${CARRIER}/calls/${sid}/answer`, { number }),
  ignoreCall: (sid: string, number: string) => ask<Call>("POST", `${CARRIER}/calls/${sid}/ignore`, { number }),
  hangUp: (sid: string) => ask<Call>("POST", `${CARRIER}/calls/${sid}/hang_up`, {}),
  changeWeather: (values: Partial<Weather>) => ask<Weather>("PATCH", `${CARRIER}/weather`, values),
  runScenario: (name: string) => ask<{ run_id: string }>("POST", `${CARRIER}/scenarios/${name}/runs`, {}),
  stepIsDone: () => ask<null>("POST", `${CARRIER}/scenarios/done`, {}),
  stopScenario: () => ask<null>("POST", `${CARRIER}/scenarios/stop`, {}),
};

export const demo = {
  time: () => ask<DemoTime>("GET", `${DEMO}/time`),
  moveTime: (move: TimeMove) => ask<DemoTime>("POST", `${DEMO}/time`, move),
  sendReminder: () => ask<unknown>("POST", `${DEMO}/reminder`),
  textNumber: (number: string, count: number) => ask<null>("POST", `${DEMO}/texts`, { number, count }),
  forgetNumber: (number: string) => ask<null>("POST", `${DEMO}/unknown-numbers`, { number }),
};
