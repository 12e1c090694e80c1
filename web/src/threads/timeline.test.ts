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
    kind: "text" as const,
    thread_id: "hart",
    person_id: nora.id,
    files: [],
    state: "sending" as const,
    reason: null,
    isKept: true,
    hasWaited: false,
  };
  const [pending] = buildTimeline({ ...source, pending: [waiting] });
  const stored = buildTimeline({ ...source, messages: [message(2, nora)] }).at(-1);

  expect(pending?.key).toBe(stored?.key);
});

it("tells of a beginning once where app and texts go on beside each other", () => {
  const texted = conversation("limp", 2, { channel: "sms", contact_number: "+14155550117" });
  const conversations = [conversation("cough", 1), { ...texted, ended_at: minute(4) }];
  const messages = [1, 2, 3, 5].map((seq) => {
    return message(seq, olive, seq % 2 === 1 ? {} : { conversation_id: "limp", channel: "sms" });
  });

  expect(typesOf({ messages, conversations })).toEqual([
    ...["day", "started", "message"],
    ...["started", "message"],
    ...["message", "ended", "message"],
  ]);
});

it("puts a text and a message from the app apart", () => {
  const messages = [message(1, nora), message(2, nora), message(3, nora, { channel: "sms" })];
  const items = buildTimeline({ ...source, messages });

  expect(items.flatMap((item) => (item.type === "message" ? [item.isRunOn] : []))).toEqual([false, true, false]);
});
