export type Toast = { id: number; text: string; undo: (() => void) | null };

const SHOWN_MS = 7000;

/** Short news over the screen, with a way back where there is one. */
class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 1;

  show(text: string, undo: (() => void) | null = null): void {
    const toast = { id: this.#next++, text, undo };
    this.shown = [...this.shown.slice(-2), toast];
    setTimeout(() => this.dismiss(toast.id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
