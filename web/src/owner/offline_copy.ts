const LOOK_FOR_RELEASE_MS = 60 * 60 * 1000;

/** Let the browser keep a copy of the app's own files, so that it opens without a network. */
export function keepOfflineCopy(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/owner_sw.js", { scope: "/owner" }).then(
    (registration) => setInterval(() => void registration.update().catch(() => {}), LOOK_FOR_RELEASE_MS),
    () => {}, // private windows refuse it; the app works without
  );
}
