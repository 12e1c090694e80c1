import type { Attachment } from "svelte/attachments";

/** The keyboard's way to what a long-press does: the menu key, or Shift and F10, while the focus is inside the element. */
export function menuKeys(act: () => void): Attachment<HTMLElement> {
  return (element) => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
      event.preventDefault();
      act();
    };
    // The browser's own menu would open over ours; the mouse keeps it, for it copies a part of the text or a link.
    const native = (event: MouseEvent) => {
      const isMouse = event.button === 2 || event.ctrlKey;
      if (!isMouse) event.preventDefault();
    };
    const controller = new AbortController();
    element.addEventListener("keydown", pressed, { signal: controller.signal });
    element.addEventListener("contextmenu", native, { signal: controller.signal });
    return () => controller.abort();
  };
}
