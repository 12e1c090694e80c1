import { asProblem, type Problem } from "$/platform/api";
import type { TeamMember } from "$/platform/types";
import { getTeam } from "./api";
import { calledIn, matching, mayCall, type Typed, typedName, withMention } from "./mentions";

/** The list of colleagues that opens while a name is typed after an @ in a note. */
export class Calling {
  team = $state.raw<TeamMember[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  reached = $state(0);
  #typed = $state.raw<Typed | null>(null);
  #threadId: string;
  /** Whom a note called that is written on; what is known while the team is not. */
  #before: string[] = [];
  #loading: Promise<void> | null = null;

  constructor(threadId: string) {
    this.#threadId = threadId;
  }

  get found(): TeamMember[] {
    return this.#typed === null ? [] : matching(this.team ?? [], this.#typed.words);
  }

  /** Also while the list is on its way, or could not be loaded. */
  get isOpen(): boolean {
    if (this.#typed === null) return false;
    return this.found.length > 0 || (this.team === null && this.#typed.words === "");
  }

  get reachedMember(): TeamMember | null {
    return this.found[this.reached] ?? null;
  }

  /** Something was typed, or the caret was moved. */
  follow(text: string, caret: number): void {
    const typed = typedName(text, caret);
    if (typed?.words !== this.#typed?.words) this.reached = 0;
    this.#typed = typed;
  }

  close(): void {
    this.#typed = null;
  }

  move(by: number): void {
    const many = this.found.length;
    if (many > 0) this.reached = (this.reached + by + many) % many;
  }

  /** Whether the key was meant for the list. */
  key(event: KeyboardEvent, choose: (member: TeamMember) => void): boolean {
    if (!this.isOpen) return false;
    const reached = this.reachedMember;
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" || event.key === "Tab") && reached !== null) choose(reached);
    else return false;
    event.preventDefault();
    return true;
  }

  choose(text: string, member: TeamMember): { text: string; caret: number } | null {
    if (this.#typed === null || !member.can_read) return null;
    const chosen = withMention(text, this.#typed, member.name);
    this.close();
    return chosen;
  }

  /** Somebody may be called in the text, and there is nothing to tell whom. */
  isUnsure(text: string): boolean {
    return this.team === null && this.#before.length === 0 && mayCall(text);
  }

  remember(ids: string[]): void {
    this.#before = ids;
  }

  idsIn(text: string): string[] {
    if (this.team === null) return mayCall(text) ? this.#before : [];
    return calledIn(text, this.team).map((member) => member.staff_id);
  }

  /** Who can read the thread changes with the day, so each note asks anew. */
  forget(): void {
    this.close();
    this.#before = [];
    this.#loading = null;
  }

  /** Asks once for each note, and again after it failed. */
  load(): Promise<void> {
    this.#loading ??= this.#ask();
    return this.#loading;
  }

  async #ask(): Promise<void> {
    try {
      this.team = (await getTeam(this.#threadId)).members;
      this.problem = null;
    } catch (error) {
      this.problem = asProblem(error);
      this.#loading = null;
    }
  }
}
