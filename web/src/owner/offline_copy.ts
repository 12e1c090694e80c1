import { release } from "./release.svelte";

/** Let the browser keep a copy of the app's own files, so that it opens without a network. */
export function keepOfflineCopy(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // The copy is ten times what the first screen needs, which comes first.
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}

function register(): void {
  navigator.serviceWorker.register("/owner_sw.js", { scope: "/owner" }).then(
    (registration) => release.watch(registration),
    () => {}, // private windows refuse it; the app works without
  );
}
