import { expect, it } from "vitest";
import { eventSource, eventWords, whyNoTexts } from "./consent_words";
import type { ConsentEventView, Standing } from "./thread_types";

const standing: Standing = {
  categories: [
    { category: "two_way", is_out: false, words: "" },
    { category: "health_reminders", is_out: true, words: "Olive stopped reminders by text on 12 Aug." },
    { category: "appointment_confirmations", is_out: false, words: "" },
  ],
  carrier_block: null,
};

const event: ConsentEventView = {
  id: "event",
  at: "2026-08-12T15:00:00Z",
  layer: "platform",
  action: "out",
  category: "two_way",
  ground: null,
  source: "staff",
  actor_id: "nora",
  actor_name: "Nora",
  reason: "",
  wording_version: "",
  message_id: null,
  number_id: null,
};

it("keeps messages apart from reminders (V2P-79)", () => {
  const [twoWay, ...others] = standing.categories;
  const out = { category: "two_way" as const, is_out: true, words: "Olive stopped texts on 12 Aug." };

  expect(whyNoTexts(standing)).toBe("");
  expect(twoWay?.is_out).toBe(false);
  expect(whyNoTexts({ ...standing, categories: [out, ...others] })).toBe("Olive stopped texts on 12 Aug.");
});

it("names the phone company's block first (C4)", () => {
  const carrier_block = { since: event.at, words: "Ask them to text START." };

  expect(whyNoTexts({ ...standing, carrier_block })).toBe("Ask them to text START.");
});

it("tells the ledger in plain words", () => {
  const rest = { action: "blocked" as const, category: null, layer: "carrier" as const, source: "carrier" as const };
  const lines = [
    event,
    { ...event, ...rest },
    { ...event, action: "ground" as const, ground: "inbound_initiated" as const },
  ];

  expect(lines.map((each) => `${eventWords(each)} · ${eventSource(each)}`)).toEqual([
    "Opted out of two-way texts · Nora",
    "All texts stopped at the phone company · The phone company",
    "The client texted first · Nora",
  ]);
});
