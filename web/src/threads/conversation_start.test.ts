import { expect, it } from "vitest";
import { conversation, message, minute, nora, snapshot } from "./northside.test_data";
import { fromSnapshot, reachesIntoPast } from "./reduce";

const cough = conversation("cough", 1, { opened_at: minute(10) });

function loadedFrom(seq: number, conversationId: string, has_older = true) {
  return fromSnapshot(snapshot([message(seq, nora, { conversation_id: conversationId })], { has_older }), nora.id);
}

it.each([
  ["inside the conversation", loadedFrom(12, "cough"), true],
  ["later than its beginning", loadedFrom(12, "limp"), true],
  ["earlier than its beginning", loadedFrom(8, "limp"), false],
  ["at the head of the thread", loadedFrom(12, "cough", false), false],
])("looks for the first message of a conversation when what is loaded begins %s", (_where, state, isWanted) => {
  expect(reachesIntoPast(state, cough)).toBe(isWanted);
});
