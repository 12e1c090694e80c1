/** Addresses in the browser's own history. `router.path` redraws what depends on it. */
class Router {
  path = $state(location.pathname);
  hash = $state(location.hash);

  constructor() {
    addEventListener("popstate", () => this.#read());
    addEventListener("hashchange", () => this.#read());
    document.addEventListener("click", (event) => this.#follow(event));
  }

  go(path: string, how: "push" | "replace" = "push"): void {
    if (path !== location.pathname + location.hash) {
      if (how === "push") history.pushState(null, "", path);
      else history.replaceState(null, "", path);
    }
    this.#read();
  }

  /** What stands behind `prefix`, or null: `router.after("/staff/threads/")`. */
  after(prefix: string): string | null {
    return this.path.startsWith(prefix) && this.path.length > prefix.length ? this.path.slice(prefix.length) : null;
  }

  #read(): void {
    this.path = location.pathname;
    this.hash = location.hash;
  }

  /** Plain links of the same app change the page without loading it anew. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link === null || event.defaultPrevented || !isPlain || link.target !== "" || link.hasAttribute("download"))
      return;
    const app = location.pathname.split("/")[1];
    if (link.origin !== location.origin || link.pathname.split("/")[1] !== app) return;
    event.preventDefault();
    this.go(link.pathname + link.hash);
  }
}

export const router = new Router();
