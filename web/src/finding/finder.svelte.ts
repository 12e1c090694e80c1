const MOST_RECENT = 5;

/** Whether the search stands open, and what this person searched for. Kept nowhere but here: it ends with the page or the session. */
export class Finder {
  isOpen = $state(false);
  recent = $state.raw<string[]>([]);

  open(): void {
    this.isOpen = true;
  }

  close(): void {
    this.isOpen = false;
  }

  remember(query: string): void {
    const kept = this.recent.filter((each) => each !== query);
    this.recent = [query, ...kept].slice(0, MOST_RECENT);
  }
}
