import { beforeEach, expect, it, vi } from "vitest";
import type { InboxRow } from "$/platform/types";
import { conversation, message, minute, olive } from "$/threads/northside.test_data";

const endConversations = vi.hoisted(() => vi.fn());
vi.mock("./api", () => ({ endConversations, restartConversations: vi.fn() }));
vi.resetModules(); // another test may have loaded the real one

const { Offline } = await import("$/platform/api");
const { toasts } = await import("$/platform/toasts.svelte");
const { Picking } = await import("./picking.svelte");

function row(thread: string, conversationId: string): InboxRow {
  return {
    thread_id: thread,
    clinic_id: "northside",
    family_id: thread,
    family_name: thread,
    contact_names: [],
    pets: [],
    revision: 2,
    last_seq: 2,
    last_message_at: minute(2),
    waiting_since: null,
    last_message: message(2, olive),
    conversation: conversation(conversationId, 1),
    unread: [],
    read_by_other_side_seq: 0,
    mentioned_by: null,
  };
}

beforeEach(() => {
  endConversations.mockReset();
  toasts.shown = [];
});

it("chose a conversation: the next one of the same family is not ended in its place (V2P-92)", () => {
  const picking = new Picking();
  const before = row("hart", "cough");
  picking.toggle(before, [before], false);

  expect(picking.chosenOf([before])).toEqual([before]);
  expect(picking.chosenOf([row("hart", "limp")])).toEqual([]);
});

it("says in the dialog that it was refused, and forgets that when it asks anew", async () => {
  const picking = new Picking();
  const rows = [row("hart", "cough")];
  endConversations.mockRejectedValue(new Offline());
  picking.ask();
  await picking.end(rows);
  const said = picking.refusal;
  picking.ask();

  expect([said, picking.refusal]).toEqual([new Offline().message, ""]);
  expect(toasts.shown).toEqual([]);
});

const many = (count: number) => Array.from({ length: count }, (_, place) => row(`family ${place}`, `talk ${place}`));
const allDone = async (chosen: unknown[]) => chosen.map(() => null);

function pickingAll(rows: InboxRow[]): InstanceType<typeof Picking> {
  const picking = new Picking();
  picking.toggle(rows[0] as InboxRow, rows, false);
  picking.toggle(rows.at(-1) as InboxRow, rows, true);
  picking.ask();
  return picking;
}

it("ends all that were chosen, a hundred at a time, and is done with them (V2P-92)", async () => {
  const rows = many(230);
  const picking = pickingAll(rows);
  endConversations.mockImplementation(allDone);
  await picking.end(picking.chosenOf(rows));

  expect(endConversations.mock.calls.map(([chosen]) => chosen.length)).toEqual([100, 100, 30]);
  expect(toasts.shown.map((toast) => toast.text)).toEqual(["230 conversations ended"]);
  expect([picking.isOn, picking.isAsking, picking.isBusy]).toEqual([false, false, false]);
});

it("keeps chosen what the network kept it from, says so, and offers to undo the rest (V2P-92)", async () => {
  const rows = many(130);
  const picking = pickingAll(rows);
  endConversations.mockImplementationOnce(allDone).mockRejectedValueOnce(new Offline());
  await picking.end(picking.chosenOf(rows));
  const left = rows.map((each, place) => (place < 100 ? row(each.thread_id, `ended ${place}`) : each));

  expect([picking.isAsking, picking.refusal]).toEqual([true, new Offline().message]);
  expect(toasts.shown.map((toast) => toast.text)).toEqual(["100 conversations ended"]);
  expect(toasts.shown[0]?.undo).toBeTruthy();
  expect(picking.chosenOf(left).map((each) => each.thread_id)).toEqual(rows.slice(100).map((each) => each.thread_id));
});
