import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeAll, expect, it } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import type { AttachmentView } from "$/platform/types";
import MessageFiles from "./MessageFiles.svelte";
import { message, olive } from "./northside.test_data";

function photo(name: string): AttachmentView {
  const url = `/api/v1/files/${name}`;
  return {
    ...{ id: name, file_name: `${name}.jpg`, media_type: "image/jpeg", size_bytes: 184_000, url },
    ...{ width: 1200, height: 900, thumbnail_url: `${url}/small` },
  };
}

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

async function opened() {
  render(MessageFiles, { message: { ...message(1, olive), attachments: [photo("paw"), photo("tail")] } });
  await fireEvent.click(screen.getAllByRole("button", { name: /enlarge/ })[0] as HTMLElement);
  return screen.getByRole("dialog");
}

it("goes through the photos of the message with the arrow keys", async () => {
  const dialog = await opened();
  expect(screen.getByRole("link", { name: "Download" }).getAttribute("download")).toBe("paw.jpg");

  await fireEvent.keyDown(dialog, { key: "ArrowRight" });
  await fireEvent.keyDown(dialog, { key: "ArrowRight" });
  expect(screen.getByRole("link", { name: "Download" }).getAttribute("download")).toBe("tail.jpg");

  await fireEvent.keyDown(dialog, { key: "ArrowLeft" });
  expect(screen.getByRole("img").getAttribute("src")).toBe("/api/v1/files/paw");
});

it("closes at a press, but not at Download", async () => {
  const dialog = await opened();
  const link = screen.getByRole("link", { name: "Download" });
  link.addEventListener("click", (event) => event.preventDefault());
  await fireEvent.click(link);
  expect(screen.queryByRole("dialog")).not.toBeNull();

  await fireEvent.click(dialog);
  await eventually(() => expect(screen.queryByRole("dialog")).toBeNull());
});
