import { expect, it } from "vitest";
import { toSnapshot } from "./kept_copy";
import { changes, conversation, mark, message, nora, olive, snapshot } from "./northside.test_data";
import { applyChanges, applyMessage, applyPage, fromSnapshot } from "./reduce";

const many = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => message(from + at, nora));

it("is taken up again as it was, with what came live and what was written here", () => {
  const loaded = fromSnapshot(snapshot([message(1, olive), message(2, nora)], { has_older: true }), olive.id);
  const live = {
    messages: [message(3, nora)],
    read_marks: [mark(olive, 2, 3)],
    conversations: [conversation("cough", 3)],
  };
  const state = applyMessage(applyChanges(loaded, changes(2, 3, live)), message(4, olive));
  const view = toSnapshot(state);

  expect(view?.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(view?.unread.map(({ seq }) => seq)).toEqual([3]);
  expect(view && fromSnapshot(view, olive.id)).toEqual({ ...state, snapshotRevision: 3 });
});

it("waits for what is missing in between", () => {
  const state = applyChanges(
    fromSnapshot(snapshot([message(1, olive)]), olive.id),
    changes(2, 3, { messages: [message(3, nora)] }),
  );

  expect(toSnapshot(state)).toBeNull();
  expect(toSnapshot(applyChanges(state, changes(1, 2, { messages: [message(2, nora)] })))?.messages).toHaveLength(3);
});

it("stays small: of a long thread the newest messages, and that there are older ones", () => {
  const newest = fromSnapshot(snapshot(many(251, 300), { has_older: true }), olive.id);
  const state = applyPage(newest, { messages: many(1, 250), has_older: false, has_newer: false });
  const view = toSnapshot(state);

  expect([view?.messages.length, view?.messages.at(0)?.seq, view?.has_older]).toEqual([200, 101, true]);
  expect(toSnapshot(newest)?.has_older).toBe(true);
  expect(
    toSnapshot(applyPage(newest, { messages: many(201, 250), has_older: false, has_newer: false }))?.has_older,
  ).toBe(false);
});
