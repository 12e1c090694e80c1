import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import type { ThreadDesk } from "./desk.svelte";
import { nora, vane } from "./northside.test_data";
import type { PendingMessage } from "./outbox.svelte";
import type { Draft } from "./store.svelte";

const getTeam = vi.hoisted(() => vi.fn());
vi.mock("./api", () => ({ getTeam }));
vi.resetModules(); // another test may have loaded the real one

const { Offline } = await import("$/platform/api");
const { toasts } = await import("$/platform/toasts.svelte");
const { Composing } = await import("./composing.svelte");

const TEAM = { members: [{ staff_id: vane.id, name: vane.name, job_title: "", can_read: true }] };

/** A note of Nora's, and what is sent of it. */
function noteAtDesk() {
  const sent: Draft[] = [];
  const thread = {
    id: "hart",
    state: null,
    messages: [],
    uploads: { isEmpty: true, keepsBack: false },
    loadDraft: async () => "",
    keepDraft: () => {},
    send: async (draft: Draft) => void sent.push(draft),
  };
  const desk = { thread, mode: "note", place: null, texting: { view: null }, write: () => {} };
  return { sent, writing: new Composing(desk as unknown as ThreadDesk) };
}

const unsent = (body: string): PendingMessage => ({
  ...{ client_id: "one", thread_id: "hart", person_id: nora.id, kind: "note", body, pet_ids: [], files: [] },
  ...{
    created_at: "2026-11-16T17:00:00Z",
    mention_ids: [vane.id],
    state: "waiting",
    reason: null,
    isKept: true,
    hasWaited: false,
  },
});

beforeEach(() => {
  getTeam.mockReset();
  toasts.shown = [];
});

it("waits for the list of colleagues, so that a quick note calls them too", async () => {
  const { sent, writing } = noteAtDesk();
  getTeam.mockResolvedValue(TEAM);
  writing.write("@Dr Vane please look");
  writing.send();
  writing.send();
  await eventually(() => expect(sent).toHaveLength(1));

  expect(sent[0]?.mention_ids).toEqual([vane.id]);
  expect(writing.body).toBe("");
});

it("says that nobody would be called before it sends without the list", async () => {
  const { sent, writing } = noteAtDesk();
  getTeam.mockRejectedValue(new Offline());
  writing.write("@Dr Vane please look");
  writing.send();
  await eventually(() => expect(toasts.shown).toHaveLength(1));
  expect(sent).toEqual([]);
  toasts.shown[0]?.offer?.act();

  expect(sent.map((draft) => draft.mention_ids)).toEqual([[]]);
});

it("calls whom an unsent note called, also when it is changed without a network", async () => {
  const { sent, writing } = noteAtDesk();
  getTeam.mockRejectedValue(new Offline());
  await writing.takeUp(unsent("@Dr Vane please look"));
  writing.send();
  writing.write("Write to olive@hart.example");
  writing.send();

  expect(sent.map((draft) => draft.mention_ids)).toEqual([[vane.id], []]);
});
