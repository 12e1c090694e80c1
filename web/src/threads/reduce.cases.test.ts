/** The recorded cases that every client replays: a snapshot and shuffled, repeated frames end in a fresh snapshot. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Changes, ThreadView } from "$/platform/types";
import { applyChanges, fromSnapshot, isContiguous, loadedMessages, type ThreadState } from "./reduce";

type Case = { name: string; snapshot: ThreadView; me: string; frames: Changes[]; fresh: ThreadView };

const file = resolve(import.meta.dirname, "../../../tests/live/cases.json");
const cases = JSON.parse(readFileSync(file, "utf8")) as Case[];

/** What both sides of the comparison know: the fresh snapshot may reach less far back, or further. */
function projected(state: ThreadState, fromSeq: number) {
  const byId = <T extends { id: string }>(items: T[]) => Object.fromEntries(items.map((item) => [item.id, item]));
  return {
    messages: byId(loadedMessages(state).filter((each) => each.seq >= fromSeq)),
    readMarks: state.readMarks,
    conversations: byId(state.conversations),
    unread: state.unread,
    lastSeq: state.lastSeq,
    revision: state.revision,
  };
}

describe("recorded cases", () => {
  it.each(cases)("$name", ({ snapshot, me, frames, fresh }) => {
    const replayed = frames.reduce(applyChanges, fromSnapshot(snapshot, me));
    const expected = fromSnapshot(fresh, me);
    const fromSeq = Math.max(loadedMessages(replayed)[0]?.seq ?? 0, loadedMessages(expected)[0]?.seq ?? 0);

    expect(projected(replayed, fromSeq)).toEqual(projected(expected, fromSeq));
    expect(isContiguous(replayed)).toBe(true);
  });
});
