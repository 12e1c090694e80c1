/** The present moment, told twice a minute, so that "2m" on the screen grows old by itself. */
class Clock {
  now = $state(Date.now());

  constructor() {
    setInterval(this.#look, 30_000);
    document.addEventListener("visibilitychange", this.#look); // the timers of a page in the background sleep
  }

  #look = (): void => {
    this.now = Date.now();
  };
}

export const clock = new Clock();
