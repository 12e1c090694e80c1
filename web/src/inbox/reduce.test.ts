import { describe, expect, it } from "vitest";
import type { InboxRow } from "$/platform/types";
import { changes, conversation, mark, message, minute, nora, olive, vane } from "$/threads/northside.test_data";
import { matches, NO_FACETS } from "./facets";
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

describe("how long a family waits (PA-27)", () => {
  const waiting = rowAfter(2, 3, { messages: [message(3, olive)] });
  const follow = (...args: Parameters<typeof changes>) => applyChangesToRow(waiting, changes(...args), nora.id);

  it.each([
    ["a note", message(4, vane, { kind: "note" })],
    ["a line of the system", message(4, vane, { kind: "system", author_kind: "system" })],
    ["a line about who answers", message(4, vane, { kind: "system" })],
    ["an automatic reply", message(4, vane, { author_kind: "system" })],
    ["a message that was deleted at once", message(4, vane, { deleted_at: minute(4) })],
  ])("goes on after %s", (_, line) => {
    const changed = follow(3, 4, { messages: [line] });

    expect(changed?.waiting_since).toBe(minute(3));
    expect(changed && [isFamilyWaiting(changed), belongsTo(changed, "waiting")]).toEqual([true, true]);
    expect(changed && matches(changed, { ...NO_FACETS, unanswered: true })).toBe(true);
  });

  it("is asked for anew when what they wrote is deleted, or another conversation has ended beside", () => {
    const ended = conversation("tooth", 4, { ended_at: minute(4) });

    expect(follow(3, 4, { messages: [message(3, olive, { deleted_at: minute(4) })] })).toBeNull();
    expect(follow(3, 4, { last_seq: 3, conversations: [ended] })).toBeNull();
  });

  it("is over when the conversation ends, and stands again when that is taken back", () => {
    const ended = follow(3, 4, { last_seq: 3, conversations: [conversation("cough", 4, { ended_at: minute(4) })] });
    if (ended === null) throw new Error("the row could not follow");
    const back = applyChangesToRow(
      ended,
      changes(4, 5, { last_seq: 3, conversations: [conversation("cough", 5)] }),
      nora.id,
    );

    expect([isFamilyWaiting(ended), back && isFamilyWaiting(back)]).toEqual([false, true]);
    expect(back?.waiting_since).toBe(minute(3));
  });
});
