import { describe, expect, it } from "vitest";
import type { InboxRow } from "$/platform/types";
import { changes, conversation, mark, message, minute, nora, olive, vane } from "$/threads/northside.test_data";
import { applyChangesToRow, belongsTo, mergeRows, sortRows, unreadDelta } from "./reduce";
import { isFamilyWaiting } from "./waiting";

const row: InboxRow = {
  thread_id: "hart",
  clinic_id: "northside",
  family_id: "hart-family",
  family_name: "Hart",
  contact_names: ["Olive", "Omar"],
  pets: [{ id: "pixel", name: "Pixel", species: "dog" }],
  revision: 2,
  last_seq: 2,
  last_message_at: minute(2),
  waiting_since: null,
  last_message: message(2, nora),
  conversation: conversation("cough", 1),
  unread: [],
  read_by_other_side_seq: 0,
  mentioned_by: null,
};

function rowAfter(...args: Parameters<typeof changes>): InboxRow {
  const changed = applyChangesToRow(row, changes(...args), nora.id);
  if (changed === null) throw new Error("the row could not follow");
  return changed;
}

describe("a row", () => {
  it("becomes unread when the family writes, and it is our turn", () => {
    const changed = rowAfter(2, 3, { messages: [message(3, olive)] });

    expect(changed.unread).toEqual([{ seq: 3, pet_ids: ["pixel"] }]);
    expect([isFamilyWaiting(row), isFamilyWaiting(changed)]).toEqual([false, true]);
    expect(unreadDelta(row, changed)).toBe(1);
  });

  it("stays unread for me when a colleague reads", () => {
    const read_marks = [mark(vane, 3, 4)];

    expect(rowAfter(2, 4, { messages: [message(3, olive)], read_marks }).unread).toHaveLength(1);
    expect(rowAfter(2, 4, { messages: [message(3, olive)], read_marks: [mark(nora, 3, 4)] }).unread).toHaveLength(0);
  });

  it("knows how far anybody of the family has read", () => {
    expect(rowAfter(2, 3, { last_seq: 2, read_marks: [mark(olive, 2, 3)] }).read_by_other_side_seq).toBe(2);
    expect(rowAfter(2, 3, { last_seq: 2, read_marks: [mark(vane, 2, 3)] }).read_by_other_side_seq).toBe(0);
  });

  it("leaves the queue when its conversation ends", () => {
    const ended = rowAfter(2, 3, { last_seq: 2, conversations: [conversation("cough", 3, { ended_at: minute(3) })] });

    expect([belongsTo(row, "open"), belongsTo(ended, "open"), belongsTo(ended, "ended")]).toEqual([true, false, true]);
  });

  it("waits from the first message that nobody of the team has answered (PA-27)", () => {
    const waiting = rowAfter(2, 4, { messages: [message(3, olive), message(4, olive)] });
    const answered = applyChangesToRow(waiting, changes(4, 5, { messages: [message(5, vane)] }), nora.id);

    expect(waiting.waiting_since).toBe(message(3, olive).created_at);
    expect(answered?.waiting_since).toBeNull();
    expect([belongsTo(waiting, "waiting"), answered && belongsTo(answered, "waiting")]).toEqual([true, false]);
  });

  it("stands before those who wait less long (PA-27)", () => {
    const short = { ...row, thread_id: "short", waiting_since: minute(9), last_message_at: minute(9) };
    const long = { ...row, thread_id: "long", waiting_since: minute(3), last_message_at: minute(4) };

    expect(sortRows([short, long], "waiting").map((each) => each.thread_id)).toEqual(["long", "short"]);
    expect(sortRows([long, short]).map((each) => each.thread_id)).toEqual(["short", "long"]);
  });

  it("has to be loaded anew when something in between is missing", () => {
    expect(applyChangesToRow(row, changes(4, 5), nora.id)).toBeNull();
    expect(applyChangesToRow(row, changes(2, 90, { is_complete: false }), nora.id)).toBeNull();
    expect(applyChangesToRow(row, changes(0, 2), nora.id)).toBe(row);
  });
});

it("puts the newest message on top", () => {
  const older = { ...row, thread_id: "okafor", last_message_at: minute(1) };

  expect(sortRows([older, row]).map((each) => each.thread_id)).toEqual(["hart", "okafor"]);
});

it("prefers the row that knows more", () => {
  const newer = { ...row, revision: 5 };

  expect(mergeRows([newer], [row])).toEqual([newer]);
  expect(mergeRows([row], [newer])).toEqual([newer]);
});

it("is still waiting after an automatic reply, which answers nothing", () => {
  const away = message(3, vane, { author_kind: "system", author_name: "Auto-reply", channel: "sms" });
  const line = { ...away, kind: "system" as const };

  expect([isFamilyWaiting({ ...row, last_message: away }), isFamilyWaiting({ ...row, last_message: line })]).toEqual([
    true,
    false,
  ]);
});
