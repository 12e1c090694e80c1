import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, it, vi } from "vitest";
import { Offline } from "$/platform/api";
import { conversation, olive, omar } from "$/threads/northside.test_data";
import TranscriptDialog from "./TranscriptDialog.svelte";

const api = vi.hoisted(() => ({ getChoices: vi.fn(), loadTranscript: vi.fn(), sendTranscript: vi.fn() }));
vi.mock("./api", () => api);

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

it("is the same mail when it is sent again to somebody, and another one to somebody else (C14)", async () => {
  const recipients = [olive, omar].map(({ id, name }) => ({ contact_id: id, name, email: `${id}@hart.example` }));
  api.getChoices.mockResolvedValue({
    file_name: "Transcript.pdf",
    may_include_notes: false,
    may_include_deleted: false,
    recipients,
  });
  api.sendTranscript.mockRejectedValue(new Offline());
  render(TranscriptDialog, { threadId: "hart", conversation: conversation("cough", 1), onclose: () => {} });
  const choices = await screen.findAllByRole("radio");
  for (const [turn, place] of [0, 0, 1].entries()) {
    await fireEvent.click(choices[place] as HTMLElement);
    await fireEvent.click(screen.getByRole("button", { name: "Send by e-mail" }));
    await waitFor(() => expect(api.sendTranscript).toHaveBeenCalledTimes(turn + 1));
    await screen.findByText(new Offline().message);
  }

  const [first, again, other] = api.sendTranscript.mock.calls.map(([, , { key }]) => key);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});
