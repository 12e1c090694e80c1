import { beforeEach, expect, it, vi } from "vitest";
import type { InboxRow } from "$/platform/types";
import { HeldOrder } from "./held_order.svelte";

const row = (thread_id: string, family_name = thread_id) => ({ thread_id, family_name }) as InboxRow;
const [hart, sato, moss] = [row("hart"), row("sato"), row("moss")];
const ids = (rows: InboxRow[]) => rows.map((each) => each.thread_id);

beforeEach(() => void vi.useFakeTimers());

it("keeps rows where they are while somebody is about to choose, with what they say now", () => {
  const order = new HeldOrder();
  order.hold([hart, sato]);
  const renamed = row("hart", "Hart-Lee");

  expect(order.arrange([moss, sato, renamed], [moss, sato, renamed])).toEqual([renamed, sato]);
  expect(ids(order.arrange([moss, sato], [moss, sato, hart]))).toEqual(["hart", "sato"]);
  order.release();
  expect(ids(order.arrange([moss, sato, hart], [moss, sato, hart]))).toEqual(["moss", "sato", "hart"]);
});

it("ends by itself, however long the pointer moves", () => {
  const order = new HeldOrder();
  const shown = () => ids(order.arrange([sato, hart], [sato, hart]));
  order.hold([hart, sato]);
  vi.advanceTimersByTime(2_999);
  expect(shown()).toEqual(["hart", "sato"]);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual(["sato", "hart"]);

  for (let second = 0; second < 15; second++) {
    order.hold([hart, sato]);
    vi.advanceTimersByTime(1_000);
  }
  expect(shown()).toEqual(["sato", "hart"]);
});

it("shows a further page below, and drops what is gone", () => {
  const order = new HeldOrder();
  order.hold([hart, sato]);
  order.append([sato, moss]);

  expect(ids(order.arrange([moss, sato], [moss, sato]))).toEqual(["sato", "moss"]);
});
