import { render, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { conversation, ZONE } from "$/threads/northside.test_data";
import TriageStrip from "./TriageStrip.svelte";

it.each([true, false])("offers to wake it to whom the server lets: %s (PPB-20)", (maySnooze) => {
  const nothing = { urgent_at: null, urgent_by_name: null, back_at: null, label_ids: [] };
  const asleep = conversation("cough", 3, {
    triage: { ...nothing, snoozed_until: "2999-11-16T17:00:00Z", snoozed_seq: 2, snoozed_by_name: "Nora" },
  });
  render(TriageStrip, { threadId: "hart", conversation: asleep, zone: ZONE, maySnooze });

  expect(screen.getByText(/Snoozed until/)).toBeTruthy();
  expect(screen.queryAllByRole("button", { name: "Wake up now" })).toHaveLength(maySnooze ? 1 : 0);
});
