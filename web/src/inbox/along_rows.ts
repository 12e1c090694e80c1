/** The keyboard on the rows of the queue, as they stand on the screen. */

/** Along the rows: from the one in focus, else from the one on the screen. Enter opens. */
export function stepAlong(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const { activeElement } = document;
  const focused = rows.findIndex((row) => row.closest("li")?.contains(activeElement));
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute("aria-current") === "page");
  rows[Math.min(rows.length - 1, Math.max(0, from + by))]?.focus();
}

/** The row in focus, as a press on its box does. */
export function pickFocused(shiftKey: boolean): void {
  const box = document.activeElement?.closest("li")?.querySelector("input[data-pick]");
  box?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
}
