/** What the simulated carrier shows of itself. Times are ISO 8601, in UTC. */

export interface Phone {
  number: string;
  name: string;
  kind: "mobile" | "landline";
  is_on: boolean;
}

/** A clinic's text number. */
export interface OwnNumber {
  number: string;
  name: string;
}

/** `moved_seconds`: how far ahead the demo's clock was when this page saw it. */
export interface Text {
  sid: string;
  kind: "outbound" | "inbound" | "carrier";
  from_number: string;
  to_number: string;
  body: string;
  state: "queued" | "sent" | "delivered" | "undelivered" | "received" | "handed_over" | "refused";
  at: string;
  pictures: { sid: string; media_type: string }[];
  arrived_at: string | null;
  moved_seconds?: number;
}

export interface Call {
  sid: string;
  from_number: string;
  to_number: string;
  at: string;
  state: "calling" | "ringing" | "talking" | "ended";
  ringing: string[];
  heard: string[];
  outcome: string;
}

export interface LogLine {
  id: number;
  at: string;
  text: string;
}

export interface Weather {
  latency_seconds: number;
  latency_jitter_seconds: number;
  lost_answers: number;
  errors_before: number;
  errors_after: number;
  too_many: number;
  duplicate_receipts: number;
  reordered_receipts: number;
  late_receipts: number;
  missing_receipts: number;
  wrong_signatures: number;
  lost_hook_answers: number;
}

export interface Block {
  number: string;
  phone: string;
}

export interface Scenario {
  name: string;
  title: string;
  steps: string[];
}

export interface StepEvent {
  type: "step";
  run_id: string;
  scenario: string;
  step: number;
  of: number;
  words: string;
  state: "running" | "waiting" | "done" | "failed";
  action: string;
  problem: string;
}

export type CarrierEvent =
  | { type: "text"; text: Text }
  | { type: "phone"; phone: Phone }
  | { type: "call"; call: Call }
  | { type: "log"; line: LogLine }
  | { type: "weather"; weather: Weather }
  | { type: "blocks"; blocks: Block[] }
  | StepEvent
  | { type: "reset" };

export interface TypedPicture {
  media_type: string;
  content: string;
}

export interface ClinicTime {
  id: string;
  name: string;
  timezone: string;
  number: string;
  is_open: boolean;
  changes_at: string | null;
}

export interface DemoTime {
  now: string;
  offset_seconds: number;
  clinics: ClinicTime[];
}

export type TimeMove = { advance_seconds: number } | { reset: true } | { until: "open" | "closed"; clinic_id?: string };
