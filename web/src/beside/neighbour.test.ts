import { afterAll, expect, it, vi } from "vitest";
import type { ThreadDesk } from "$/threads/desk.svelte";
import type { Neighbour as Its } from "./neighbour.svelte";

vi.mock("$/threads/open_threads.svelte", () => ({ openThread: (id: string) => id }));
vi.mock("$/threads/desk.svelte", () => ({
  ThreadDesk: class {
    id: string;
    constructor(id: string) {
      this.id = id;
    }
  },
}));
vi.resetModules(); // another test may have loaded the real ones
vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => {}, removeEventListener: () => {} }));
afterAll(() => void vi.unstubAllGlobals());
const { Neighbour } = await import("./neighbour.svelte");

const hill = { id: "hill", beside: { all: [{ row: { thread_id: "harbour" } }] }, write: () => {} };
const page = document.createElement("div");
page.innerHTML = `<div><button>Reply</button></div><section data-neighbour><h2>Harbour</h2></section>`;
const [inFirst, inSecond] = page.querySelectorAll("button, h2");

const two = () => new Neighbour("helen", () => hill as unknown as ThreadDesk);
const reached = (neighbour: Its) => (neighbour.atHand() as unknown as { id: string }).id;

it("acts on the thread in which the reader was last, though nothing of it has the focus (C17)", () => {
  const neighbour = two();
  neighbour.show("harbour");
  expect(reached(neighbour)).toBe("hill");
  neighbour.reach(inSecond as Element);
  expect(reached(neighbour)).toBe("harbour");
  neighbour.reach(inFirst as Element);

  expect(reached(neighbour)).toBe("hill");
});

it("is back at the first thread when the second has gone, also when it comes again (C17)", () => {
  const neighbour = two();
  neighbour.show("harbour");
  neighbour.reach(inSecond as Element);
  neighbour.show(null);
  expect(reached(neighbour)).toBe("hill");
  neighbour.show("harbour");

  expect(reached(neighbour)).toBe("hill");
});
