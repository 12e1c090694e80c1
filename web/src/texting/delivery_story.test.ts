import { expect, it } from "vitest";
import { storyOf } from "./delivery_story";
import type { DeliveryHistory } from "./thread_types";

const at = (second: number) => `2026-11-17T15:00:${String(second).padStart(2, "0")}Z`;

const history: DeliveryHistory = {
  delivery: {
    id: "text",
    state: "failed",
    words: "This number is not in use.",
    reason: "invalid_number",
    can_try_again: true,
    to_number: "+14155550117",
    segments: 1,
    changed_at: at(9),
  },
  carrier: "fake",
  from_number: "+18885550142",
  queued_at: at(0),
  attempts: [
    {
      id: "first",
      begun_at: at(1),
      ended_at: at(2),
      outcome: "accepted",
      reason: null,
      carrier_code: "",
      carrier_message_id: "SM1",
      searches: 0,
      is_possible_duplicate: false,
    },
  ],
  receipts: [
    {
      attempt_id: "first",
      carrier_message_id: "SM1",
      state: "undelivered",
      reason: "invalid_number",
      carrier_code: "30003",
      at: null,
      recorded_at: at(8),
    },
    {
      attempt_id: "first",
      carrier_message_id: "SM1",
      state: "sent",
      reason: null,
      carrier_code: "",
      at: at(4),
      recorded_at: at(9),
    },
  ],
  exchanges: [],
};

it("tells what happened in its order, by the phone company's own times where it gave them (V2P-91)", () => {
  expect(storyOf(history).map((line) => [line.words, line.about, line.isBad])).toEqual([
    ["Ready to be sent", "", false],
    ["Handed to the phone company", "", false],
    ["The phone company took it", "", false],
    ["Sent towards the phone", "", false],
    ["Not delivered", "invalid number · code 30003", true],
  ]);
});
