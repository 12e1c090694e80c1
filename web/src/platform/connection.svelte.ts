import { live } from "./live";

/** Whether live updates flow. A blink of a second or two is nobody's business, so `isLost` waits a little. */
class Connection {
  isLost = $state(false);
  #timer = 0;

  constructor() {
    live.onOpen(() => {
      clearTimeout(this.#timer);
      this.isLost = false;
    });
    live.onClose(() => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => {
        this.isLost = true;
      }, 3000);
    });
  }
}

export const connection = new Connection();
