import type { Attachment } from "svelte/attachments";

/** Takes the focus when it appears; a moment later, because a dialog gives it to its first button as it opens. */
export const takesFocus: Attachment<HTMLElement> = (element) => {
  queueMicrotask(() => element.focus());
};
