import { describe, expect, it } from "vitest";
import type { Changes, InboxRow } from "$/platform/types";
import type { ThreadBeside } from "./api";
import { applyChangesBeside, mergeBeside } from "./reduce";

const row: InboxRow = {
  thread_id: "lake",
  clinic_id: "harbour",
  family_id: "hart",
  family_name: "Hart",
  contact_names: ["Olive Hart"],
  pets: [],
  revision: 4,
  last_seq: 2,
  last_message_at: "2026-11-22T10:00:00Z",
  waiting_since: null,
  last_message: null,
  conversation: null,
  unread: [],
  read_by_other_side_seq: 0,
  mentioned_by: null,
};
const harbour: ThreadBeside = { clinic_name: "Harbour", timezone: "America/New_York", row };
const nothing = { messages: [], conversations: [], read_marks: [], is_complete: true };
const changes: Changes = {
  type: "changes",
  thread_id: "lake",
  clinic_id: "harbour",
  family_id: "hart",
  after: 4,
  revision: 5,
  last_seq: 3,
  last_message_at: "2026-11-22T11:00:00Z",
  ...nothing,
};

describe("a family's other threads (C17)", () => {
  it("follow what changes in one of them, and leave the others as they are", () => {
    const hill = { ...harbour, row: { ...row, thread_id: "hill" } };
    const changed = applyChangesBeside([harbour, hill], changes, "nora");

    expect(changed?.map((each) => each.row.revision)).toEqual([5, 4]);
    expect(changed?.[1]).toBe(hill);
  });

  it("are asked for anew when one is new, or something in between is missing", () => {
    expect(applyChangesBeside([], changes, "nora")).toBe(null);
    expect(applyChangesBeside([harbour], { ...changes, after: 7, revision: 8 }, "nora")).toBe(null);
  });

  it("stay as they are where a live frame was faster than the answer, and go with it where one is gone", () => {
    const newer = { ...harbour, row: { ...row, revision: 9 } };

    expect(mergeBeside([newer], [harbour])[0]?.row.revision).toBe(9);
    expect(mergeBeside([newer], [])).toEqual([]);
  });
});
