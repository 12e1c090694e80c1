import { expect, it } from "vitest";
import { conversation, message, minute, nora, olive, ZONE } from "./northside.test_data";
import { buildTimeline, type TimelineSource } from "./timeline";

const source: TimelineSource = {
  messages: [],
  pending: [],
  conversations: [],
  hasOlder: false,
  zone: ZONE,
  firstUnreadSeq: null,
};

const typesOf = (more: Partial<TimelineSource>) => buildTimeline({ ...source, ...more }).map((item) => item.type);

it("marks days by the clinic's clock, not by UTC", () => {
  const beforeMidnight = "2026-11-17T07:59:00Z";
  const afterMidnight = "2026-11-17T08:01:00Z";
  const messages = [message(1, olive, { created_at: beforeMidnight }), message(2, nora, { created_at: afterMidnight })];

  expect(typesOf({ messages })).toEqual(["day", "message", "day", "message"]);
});

it("shows where one conversation ends and the next begins", () => {
  const conversations = [conversation("cough", 1, { ended_at: minute(5) }), conversation("diet", 2)];
  const messages = [message(1, olive), message(2, olive, { conversation_id: "diet" })];

  expect(typesOf({ messages, conversations })).toEqual(["day", "started", "message", "ended", "started", "message"]);
});

it("does not claim a beginning while older messages are not loaded", () => {
  const more = { messages: [message(1, olive)], conversations: [conversation("cough", 1)] };

  expect(typesOf({ ...more, hasOlder: true })).toEqual(["day", "message"]);
  expect(typesOf({ ...more, hasOlder: false })).toEqual(["day", "started", "message"]);
});

it("tells of an end and of a conversation without messages yet", () => {
  const conversations = [conversation("cough", 1, { ended_at: minute(5) }), conversation("diet", 2)];

  expect(typesOf({ messages: [message(1, olive)], conversations, hasOlder: true })).toEqual([
    "day",
    "message",
    "ended",
    "started",
  ]);
});

it("keeps a bubble in place when the server has stored it", () => {
  const waiting = {
    ...message(2, nora),
    thread_id: "hart",
    person_id: nora.id,
    files: [],
    state: "sending" as const,
    reason: null,
  };
  const [pending] = buildTimeline({ ...source, pending: [waiting] });
  const stored = buildTimeline({ ...source, messages: [message(2, nora)] }).at(-1);

  expect(pending?.key).toBe(stored?.key);
});
