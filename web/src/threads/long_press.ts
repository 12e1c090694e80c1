import type { Attachment } from "svelte/attachments";

const HOLD_MS = 450;
const SLACK_PX = 10;

/** A finger held still on the element. Mouse and keyboard have the visible ⋯ instead. */
export function longPress(act: () => void): Attachment<HTMLElement> {
  return (element) => {
    let timer = 0;
    let from = { x: 0, y: 0 };
    const start = (event: PointerEvent) => {
      if (event.pointerType === "mouse") return;
      from = { x: event.clientX, y: event.clientY };
      timer = window.setTimeout(act, HOLD_MS);
    };
    const move = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK_PX) clearTimeout(timer);
    };
    const stop = () => clearTimeout(timer);
    const controller = new AbortController();
    const options = { signal: controller.signal, passive: true };
    element.addEventListener("pointerdown", start, options);
    element.addEventListener("pointermove", move, options);
    for (const end of ["pointerup", "pointercancel", "pointerleave"] as const)
      element.addEventListener(end, stop, options);
    return () => {
      stop();
      controller.abort();
    };
  };
}
