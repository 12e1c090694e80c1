/** Something else to do about the news, beside undoing it. */
type ToastOffer = { label: string; act: () => void };
export type Toast = { id: number; text: string; undo: (() => void) | null; offer: ToastOffer | null };

const SHOWN_MS = 7000;
/** Whoever has to decide needs longer. */
const TO_CHOOSE_MS = 10_000;

/** Short news over the screen, with a way back where there is one. */
class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 1;

  show(text: string, undo: (() => void) | null = null, offer: ToastOffer | null = null): void {
    const toast = { id: this.#next++, text, undo, offer };
    this.shown = [...this.shown.slice(-2), toast];
    setTimeout(() => this.dismiss(toast.id), undo === null ? SHOWN_MS : TO_CHOOSE_MS);
  }

  /** Whoever looks next is not whom they were for. */
  clear(): void {
    this.shown = [];
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
