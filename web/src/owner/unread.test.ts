import { describe, expect, test } from "vitest";
import { badgeText, badgeWords, type ThreadUnread, unreadBesidePets, unreadOfPet } from "./unread";

const PIXEL = "pixel";
const MOSS = "moss";

const HERE = [{ state: "accepted", thread_id: "thread" }];

function threadWith(...tags: string[][]): ThreadUnread {
  return { thread_id: "thread", unread: tags.map((pet_ids, index) => ({ seq: index + 1, pet_ids })) };
}

describe("unread messages of a pet", () => {
  test("AL-49: the badge shows how many messages about the pet are unread", () => {
    expect(unreadOfPet(threadWith([PIXEL], [PIXEL]), PIXEL, [PIXEL, MOSS])).toBe(2);
  });

  test("AL-51: a reply about one pet raises no badge on another", () => {
    const thread = threadWith([PIXEL]);

    expect(unreadOfPet(thread, MOSS, [PIXEL, MOSS])).toBe(0);
    expect(unreadOfPet(thread, PIXEL, [PIXEL, MOSS])).toBe(1);
  });

  test("AL-51: a message about two pets counts on both", () => {
    const thread = threadWith([PIXEL, MOSS]);

    expect([PIXEL, MOSS].map((pet) => unreadOfPet(thread, pet, [PIXEL, MOSS]))).toEqual([1, 1]);
  });

  test("C2: an untagged message counts on the thread and on neither of two pets", () => {
    const thread = threadWith([]);

    expect([PIXEL, MOSS].map((pet) => unreadOfPet(thread, pet, [PIXEL, MOSS]))).toEqual([0, 0]);
    expect(
      unreadBesidePets(
        thread,
        [PIXEL, MOSS].map((id) => ({ id, threads: HERE })),
      ),
    ).toBe(1);
  });

  test("C2: an untagged message counts on the only pet of a family, once", () => {
    const thread = threadWith([], [PIXEL]);

    expect(unreadOfPet(thread, PIXEL, [PIXEL])).toBe(2);
    expect(unreadBesidePets(thread, [{ id: PIXEL, threads: HERE }])).toBe(0);
  });

  test.each([
    ["has no clinic", []],
    ["has asked this clinic", [{ state: "invited", thread_id: "thread" }]],
    ["was taken off this clinic", [{ state: "revoked", thread_id: "thread" }]],
    ["is treated at another clinic", [{ state: "accepted", thread_id: "other" }]],
  ])("AL-48, AL-49, C2: a message about a pet that %s counts on the thread, for no button shows it", (_, threads) => {
    const pets = [
      { id: PIXEL, threads: HERE },
      { id: MOSS, threads },
    ];

    expect(unreadBesidePets(threadWith([MOSS], [PIXEL], [PIXEL, MOSS]), pets)).toBe(1);
  });

  test("C2: of an only pet without a clinic, what is about it and what is about none count on the thread", () => {
    expect(unreadBesidePets(threadWith([], [PIXEL]), [{ id: PIXEL, threads: [] }])).toBe(2);
  });

  test("C2: each unread message about one pet or none is counted in one place", () => {
    const pets = [
      { id: PIXEL, threads: HERE },
      { id: MOSS, threads: [] },
    ];
    const thread = threadWith([PIXEL], [MOSS], [], [PIXEL], ["gone"]);

    const onButtons = unreadOfPet(thread, PIXEL, [PIXEL, MOSS]);

    expect([onButtons, unreadBesidePets(thread, pets)]).toEqual([2, 3]);
  });

  test("AL-50: a thread that is read has no badge", () => {
    expect(unreadOfPet(threadWith(), PIXEL, [PIXEL])).toBe(0);
  });
});

test("the badge says 99+ beyond what the server lists, and reads as words", () => {
  expect([badgeText(2), badgeText(100)]).toEqual(["2", "99+"]);
  expect([badgeWords(1), badgeWords(2)]).toEqual(["1 unread message", "2 unread messages"]);
});
