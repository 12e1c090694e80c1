import { expect, it } from "vitest";
import type { PendingMessage } from "$/threads/outbox.svelte";
import { countUnsent, unsentOfPet } from "./unsent";

function pending(state: PendingMessage["state"], petIds: string[] = [], hasWaited = false): PendingMessage {
  const from = { client_id: state, thread_id: "hart", person_id: "olive", created_at: "2026-11-16T17:00:00Z" };
  return {
    ...from,
    kind: "text",
    body: "Words",
    pet_ids: petIds,
    files: [],
    state,
    reason: null,
    isKept: true,
    hasWaited,
  };
}

it("counts apart what waits and what was refused", () => {
  expect(countUnsent([])).toEqual({ waiting: 0, failed: 0 });
  expect(countUnsent([pending("waiting"), pending("failed"), pending("waiting")])).toEqual({
    waiting: 2,
    failed: 1,
  });
});

it("does not call unsent what goes out as it is written, but what waited until it is there", () => {
  expect(countUnsent([pending("sending")])).toEqual({ waiting: 0, failed: 0 });
  expect(countUnsent([pending("sending", [], true)])).toEqual({ waiting: 1, failed: 0 });
});

it("belongs to the pets it is about, or to the only one there is", () => {
  const messages = [pending("waiting", ["pixel"]), pending("failed")];

  expect(unsentOfPet(messages, "pixel", ["pixel", "momo"])).toEqual([messages[0]]);
  expect(unsentOfPet(messages, "momo", ["pixel", "momo"])).toEqual([]);
  expect(unsentOfPet(messages, "pixel", ["pixel"])).toEqual(messages);
});
