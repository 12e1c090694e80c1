import { expect, it } from "vitest";
import type { DeliveryView } from "$/platform/types";
import { isTroubled, outcomeOf } from "./delivery_words";

function delivery(state: DeliveryView["state"], more: Partial<DeliveryView> = {}): DeliveryView {
  return {
    id: "text",
    state,
    words: "Words of the server.",
    reason: null,
    can_try_again: false,
    to_number: "+14155550117",
    segments: 1,
    changed_at: "2026-11-17T15:00:00Z",
    ...more,
  };
}

const STATES = [
  "queued",
  "sending",
  "accepted",
  "sent",
  "delivered",
  "failed",
  "unknown",
  "held",
  "cancelled",
] as const;

it("has a word for every state, and never says read (C3)", () => {
  const labels = STATES.map((state) => outcomeOf(delivery(state)).label);

  expect(labels).toEqual([
    ...["Sending", "Sending", "Sent", "Sent", "Delivered", "Not delivered"],
    ...["Checking with the phone company", "Held back", "Not sent"],
  ]);
  expect(labels.join(" ")).not.toMatch(/\bread\b/i);
});

it("shows a delivered text in grey, with its own sign (V2P+6)", () => {
  expect(outcomeOf(delivery("delivered"))).toMatchObject({ sign: "ticks", tone: "grey" });
});

it("says when the carrier has kept silent about a text", () => {
  const silent = outcomeOf(delivery("sent", { reason: "no_receipt" }));

  expect(silent).toMatchObject({ label: "Sent", tone: "warn", words: "Words of the server." });
});

it("says why a text did not arrive, or waits for another try", () => {
  expect(outcomeOf(delivery("failed")).words).toBe("Words of the server.");
  expect(outcomeOf(delivery("queued")).words).toBe("");
  expect(outcomeOf(delivery("queued", { reason: "carrier_down" })).words).toBe("Words of the server.");
});

it("does not say twice that a text was not sent", () => {
  const words = (text: string) => outcomeOf(delivery("cancelled", { words: text })).words;

  expect([words("Not sent."), words("Not sent: the client stopped these texts.")]).toEqual([
    "",
    "The client stopped these texts.",
  ]);
});

it("offers help where something went wrong", () => {
  expect(STATES.filter((state) => isTroubled(delivery(state)))).toEqual(["failed", "unknown", "held"]);
});
