import { expect, it } from "vitest";
import type { PetPicture } from "$/platform/types";
import { choose, groupPictures, inOrder } from "./picture_groups";

function picture(conversation: string, day: number): PetPicture {
  const sent_at = `2026-05-${String(day).padStart(2, "0")}T12:00:00Z`;
  return {
    attachment: { id: `${conversation} ${day}` },
    conversation_id: conversation,
    title: conversation,
    day,
    sent_at,
  } as PetPicture;
}

const [first, fourth, ninth] = [picture("Limping", 1), picture("Limping", 4), picture("Limping", 9)] as const;

it("shows the latest conversation first, and each from its first day on", () => {
  const groups = groupPictures([picture("Rash", 20), ninth, fourth, picture("Rash", 3), first]);

  expect(groups.map(({ title, pictures }) => [title, pictures.map(({ day }) => day)])).toEqual([
    ["Rash", [3, 20]],
    ["Limping", [1, 4, 9]],
  ]);
});

it("compares two: a third takes the place of the first chosen, and a second press lets go", () => {
  const two = choose(choose([], ninth), first);

  expect(inOrder(two)).toEqual([first, ninth]);
  expect(choose(two, fourth)).toEqual([first, fourth]);
  expect(choose(two, first)).toEqual([ninth]);
});
