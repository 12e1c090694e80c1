const LOOK_EVERY_MS = 60 * 60 * 1000;

/** A newer release of the app that waits until whoever uses the app has time for it. */
class Release {
  #waiting = $state.raw<ServiceWorker | null>(null);
  /** Another tab has taken the newer release; parts that this page has not loaded yet may be gone. */
  #isBehind = $state(false);
  #isTaking = false;
  #registration: ServiceWorkerRegistration | null = null;

  get isReady(): boolean {
    return this.#waiting !== null || this.#isBehind;
  }

  watch(registration: ServiceWorkerRegistration): void {
    const { serviceWorker } = navigator;
    this.#registration = registration;
    // Without a controller this is the first visit, and what waits is what runs.
    if (serviceWorker.controller !== null) this.#waiting = registration.waiting;
    registration.addEventListener("updatefound", () => this.#follow(registration.installing));
    serviceWorker.addEventListener("controllerchange", () => {
      if (this.#isTaking) location.reload();
      else if (this.#waiting !== null) this.#isBehind = true;
    });
    setInterval(() => void registration.update().catch(() => {}), LOOK_EVERY_MS);
  }

  async take(): Promise<void> {
    this.#isTaking = true;
    if (this.#waiting !== null && !this.#isBehind) {
      this.#waiting.postMessage({ type: "SKIP_WAITING" });
      return;
    }
    await this.#registration?.update().catch(() => {});
    location.reload();
  }

  #follow(worker: ServiceWorker | null): void {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && navigator.serviceWorker.controller !== null) this.#waiting = worker;
    });
  }
}

export const release = new Release();
