import { describe, expect, it } from "vitest";
import { changes, conversation, mark, message, minute, nora, olive, omar, snapshot, vane } from "./northside.test_data";
import {
  applyChanges,
  applyMessage,
  applyPage,
  applyReadMark,
  applySnapshot,
  fromSnapshot,
  isContiguous,
  lastTags,
  loadedMessages,
  newestTags,
  openConversation,
  type ThreadState,
  unsentOf,
} from "./reduce";

const FIRST = [message(1, olive), message(2, nora)];
const FRAMES = [
  changes(2, 3, { messages: [message(3, olive)] }),
  changes(3, 4, { messages: [message(4, omar, { revision: 4 })] }),
  changes(4, 5, { last_seq: 4, read_marks: [mark(olive, 2, 5)] }),
  changes(5, 6, { last_seq: 4, messages: [message(3, olive, { revision: 6, body: "", deleted_at: minute(9) })] }),
  changes(6, 7, { last_seq: 4, conversations: [conversation("cough", 7, { title: "Pixel's cough" })] }),
  changes(7, 8, { last_seq: 4, read_marks: [mark(nora, 3, 8)] }),
  changes(8, 9, {
    last_seq: 4,
    conversations: [conversation("cough", 9, { title: "Pixel's cough", ended_at: minute(9) })],
  }),
];

const start = () => fromSnapshot(snapshot(FIRST, { read_marks: [mark(nora, 2, 2)] }), nora.id);

function everyOrder<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) => everyOrder(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

const shownOf = ({ ahead: _ahead, ...state }: ThreadState) => state;

describe("changes", () => {
  it("end in the same state in any order, each any number of times", () => {
    const inOrder = shownOf(FRAMES.reduce(applyChanges, start()));
    const orders = everyOrder(FRAMES);

    expect(orders).toHaveLength(5040);
    for (const order of orders.filter((_, index) => index % 7 === 0)) {
      const state = [...order, ...order.slice(2, 5)].reduce(applyChanges, start());
      expect(shownOf(state)).toEqual(inOrder);
      expect(isContiguous(state)).toBe(true);
    }
  });

  it("keep a deleted message in its place and in the count", () => {
    const state = FRAMES.slice(0, 4).reduce(applyChanges, start());

    expect(loadedMessages(state).map((each) => each.body)).toEqual(["Words 1", "Words 2", "", "Words 4"]);
    expect(state.unread.map((each) => each.seq)).toEqual([3, 4]);
  });

  it("that come too early wait until the gap is closed", () => {
    const [first, second, third] = FRAMES;
    if (!first || !second || !third) throw new Error("three frames are needed");
    const early = [second, third].reduce(applyChanges, start());

    expect(early.revision).toBe(2);
    expect(isContiguous(early)).toBe(false);
    expect(applyChanges(early, first).revision).toBe(5);
    expect(isContiguous(applyChanges(early, first))).toBe(true);
  });

  it("of another thread, and those already known, change nothing", () => {
    const state = start();

    expect(applyChanges(state, changes(2, 3, { thread_id: "other" }))).toBe(state);
    expect(shownOf(applyChanges(state, changes(0, 2, { messages: FIRST })))).toEqual(shownOf(state));
  });

  it("that begin where they end only say that there is news, which has to be asked for", () => {
    const told = applyChanges(start(), changes(7, 7));

    expect(shownOf(told)).toEqual(shownOf(applyChanges(start(), changes(2, 2))));
    expect(told.revision).toBe(2);
    expect(isContiguous(told)).toBe(false);
    expect(isContiguous(applyChanges(told, changes(2, 7)))).toBe(true);
  });

  it("too many to list ask for a new snapshot", () => {
    const state = applyChanges(start(), changes(2, 900, { is_complete: false }));

    expect(state.needsSnapshot).toBe(true);
    expect(isContiguous(applySnapshot(state, snapshot(FIRST, { revision: 900 })))).toBe(true);
  });
});

describe("unread", () => {
  it("counts texts of everybody else, not mine and not notes", () => {
    const messages = [message(3, nora), message(4, vane), message(5, vane, { kind: "note" }), message(6, omar)];
    const state = applyChanges(start(), changes(2, 6, { messages }));

    expect(state.unread.map((each) => each.seq)).toEqual([4, 6]);
  });

  it("knows the newest 100", () => {
    const many = Array.from({ length: 130 }, (_, index) => message(index + 3, olive));
    const state = applyChanges(start(), changes(2, 132, { messages: many }));

    expect(state.unread).toHaveLength(100);
    expect(applyReadMark(state, mark(nora, 120, 133)).unread).toHaveLength(12);
  });

  it("stays read when an old frame comes late", () => {
    const read = applyReadMark(
      applyChanges(start(), changes(2, 3, { messages: [message(3, olive)] })),
      mark(nora, 3, 4),
    );

    expect(applyChanges(read, changes(2, 3, { messages: [message(3, olive)] })).unread).toEqual([]);
    expect(applyReadMark(read, mark(nora, 2, 2)).readMarks["nora"]?.up_to_seq).toBe(3);
  });

  it("follows a new choice of pets", () => {
    const state = applyChanges(start(), changes(2, 3, { messages: [message(3, olive)] }));
    const tagged = applyMessage(state, message(3, olive, { revision: 4, pet_ids: ["moss"] }));

    expect(tagged.unread).toEqual([{ seq: 3, pet_ids: ["moss"] }]);
    expect(lastTags(tagged)).toEqual(["moss"]);
  });
});

describe("what the next message is about", () => {
  it("D15: on the team's side the pets the family wrote about last", () => {
    const state = fromSnapshot(snapshot([message(1, olive, { pet_ids: ["moss"] }), message(2, nora)]), nora.id);

    expect(lastTags(state)).toEqual(["moss"]);
  });

  it("D15: on the family's side those of the newest message about any, whoever wrote it", () => {
    const messages = [
      message(1, omar, { pet_ids: ["pixel"] }),
      message(2, nora, { pet_ids: ["moss"] }),
      message(3, nora, { pet_ids: ["pixel"], deleted_at: minute(4) }),
      message(5, olive, { pet_ids: [] }),
    ];

    expect(newestTags(fromSnapshot(snapshot(messages), olive.id))).toEqual(["moss"]);
    expect(newestTags(fromSnapshot(snapshot([]), olive.id))).toEqual([]);
  });
});

describe("pages", () => {
  const newest = () => fromSnapshot(snapshot([message(11, olive), message(12, nora)], { has_older: true }), nora.id);

  it("come before what is there", () => {
    const page = { messages: [message(9, olive), message(10, olive)], has_older: true, has_newer: true };
    const state = applyPage(newest(), page);

    expect(loadedMessages(state).map((each) => each.seq)).toEqual([9, 10, 11, 12]);
    expect(state.hasOlder).toBe(true);
    expect(applyPage(state, { messages: [], has_older: false, has_newer: true }).hasOlder).toBe(false);
  });

  it("do not undo a deletion that came while they were on their way", () => {
    const deletion = message(9, olive, { revision: 20, body: "", deleted_at: minute(20) });
    const before = applyChanges(newest(), changes(12, 20, { last_seq: 12, messages: [deletion] }));
    const after = applyPage(before, {
      messages: [message(9, olive), message(10, olive)],
      has_older: false,
      has_newer: true,
    });

    expect(loadedMessages(before).map((each) => each.seq)).toEqual([11, 12]);
    expect(loadedMessages(after)[0]?.deleted_at).not.toBeNull();
  });

  it("stay when a newer snapshot joins them, and go when there would be a hole", () => {
    const page = { messages: [message(9, olive), message(10, olive)], has_older: false, has_newer: true };
    const state = applyPage(newest(), page);
    const joined = applySnapshot(state, snapshot([message(12, nora), message(13, olive)], { has_older: true }));
    const apart = applySnapshot(state, snapshot([message(40, nora), message(41, olive)], { has_older: true }));

    expect(loadedMessages(joined).map((each) => each.seq)).toEqual([9, 10, 11, 12, 13]);
    expect(loadedMessages(apart).map((each) => each.seq)).toEqual([40, 41]);
  });
});

it("shows a sent message once, as the stored one", () => {
  const waiting = [{ client_id: "client-3" }, { client_id: "client-4" }];

  expect(unsentOf(waiting, [message(3, nora)], nora.id)).toEqual([{ client_id: "client-4" }]);
  expect(unsentOf(waiting, [message(3, vane)], nora.id)).toEqual(waiting);
});

it("knows the open conversation by the latest word about it", () => {
  const ended = FRAMES.reduce(applyChanges, start());
  const again = applyChanges(ended, changes(9, 10, { last_seq: 4, conversations: [conversation("cough", 10)] }));

  expect(openConversation(ended)).toBeNull();
  expect(openConversation(again)?.id).toBe("cough");
});
