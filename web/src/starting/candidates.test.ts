import { beforeEach, expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import type { Candidate } from "./api";
import { Candidates } from "./candidates.svelte";

const getCandidates = vi.hoisted(() => vi.fn());
vi.mock("./api", () => ({ getCandidates }));

function people(...names: string[]): { candidates: Partial<Candidate>[]; next_cursor: null } {
  return { candidates: names.map((name) => ({ contact_id: name, name })), next_cursor: null };
}

beforeEach(() => {
  getCandidates.mockReset();
  getCandidates.mockResolvedValue(people("Olive", "Omar", "Otto"));
});

it("goes round the list with the arrow keys", async () => {
  const candidates = new Candidates("chat", "hill-street");
  await eventually(() => expect(candidates.found).toHaveLength(3));

  candidates.step(-1);
  expect(candidates.atKeys?.name).toBe("Otto");
  candidates.step(1);
  expect(candidates.atKeys?.name).toBe("Olive");
});

it("takes with Enter whom the last letters typed mean, not whom the list still shows (V2P-20)", async () => {
  const candidates = new Candidates("chat", "hill-street");
  await eventually(() => expect(candidates.found).toHaveLength(3));
  getCandidates.mockResolvedValue(people("Kim"));

  candidates.type("kim");
  await candidates.settle();

  expect(candidates.atKeys?.name).toBe("Kim");
});

it("does not let a slow answer replace a later one", async () => {
  let answerLate: (page: unknown) => void = () => {};
  getCandidates.mockReturnValueOnce(new Promise((resolve) => (answerLate = resolve)));
  const candidates = new Candidates("text", "hill-street");
  getCandidates.mockResolvedValue(people("Kim"));
  candidates.query = "kim";
  await candidates.load();
  answerLate(people("Olive"));
  await Promise.resolve();

  expect(candidates.found?.map((each) => each.name)).toEqual(["Kim"]);
});
