import { asProblem, wordsOf } from "$/platform/api";
import { toasts } from "$/platform/toasts.svelte";
import type { InboxRow } from "$/platform/types";
import { type Chosen, endConversations, type Outcome, restartConversations } from "./api";

export type Failure = { family: string; words: string };

/** The server takes no more of them in one request. */
const MOST_AT_ONCE = 100;

export function canBeEnded(row: InboxRow): boolean {
  return row.conversation !== null && row.conversation.ended_at === null;
}

/** Conversations of the queue chosen to be ended together. A new one in the same thread was chosen by nobody. */
export class Picking {
  /** Boxes stand in all rows, also before the first is ticked. */
  isOn = $state(false);
  isAsking = $state(false);
  isBusy = $state(false);
  /** How many of those that were chosen have been dealt with so far. */
  dealtWith = $state(0);
  failures = $state.raw<Failure[]>([]);
  /** Why nothing came of it, for the dialog that asks. */
  refusal = $state("");
  #ids = $state.raw<ReadonlySet<string>>(new Set());
  #last: string | null = null;

  has(row: InboxRow): boolean {
    return row.conversation !== null && this.#ids.has(row.conversation.id);
  }

  /** Of the rows on the screen: one that was ended meanwhile is chosen no more. */
  chosenOf(rows: InboxRow[]): InboxRow[] {
    return rows.filter((row) => this.has(row) && canBeEnded(row));
  }

  /** With `isRange` all from the last one ticked to this one get what this one gets. */
  toggle(row: InboxRow, rows: InboxRow[], isRange: boolean): void {
    const ids = new Set(this.#ids);
    const isTicked = !this.has(row);
    for (const each of isRange ? between(rows, this.#last, row) : [row]) {
      if (each.conversation === null || !canBeEnded(each)) continue;
      if (isTicked) ids.add(each.conversation.id);
      else ids.delete(each.conversation.id);
    }
    this.#last = row.conversation?.id ?? null;
    this.#ids = ids;
    this.isOn = true;
  }

  ask(): void {
    this.refusal = "";
    this.isAsking = true;
  }

  stop(): void {
    this.isOn = false;
    this.isAsking = false;
    this.#ids = new Set();
    this.#last = null;
  }

  /** Whatever was not done, because the network went in between, stays chosen. */
  async end(rows: InboxRow[]): Promise<void> {
    const isWhole = await this.#attempt(rows, endConversations, "ended");
    if (isWhole) this.stop();
  }

  /** In portions, one after another. Whether all were asked for, and one of them at least is done. */
  async #attempt(
    rows: InboxRow[],
    act: (chosen: Chosen[]) => Promise<Outcome[]>,
    word: "ended" | "open again",
  ): Promise<boolean> {
    this.isBusy = true;
    this.refusal = "";
    this.failures = [];
    this.dealtWith = 0;
    const done: InboxRow[] = [];
    try {
      while (this.dealtWith < rows.length) done.push(...(await this.#portion(rows, act)));
      this.isAsking = false;
      return done.length > 0;
    } catch (error) {
      this.#refuse(wordsOf(asProblem(error)));
      return false;
    } finally {
      this.isBusy = false;
      if (done.length > 0) this.#tell(done, word);
    }
  }

  async #portion(rows: InboxRow[], act: (chosen: Chosen[]) => Promise<Outcome[]>): Promise<InboxRow[]> {
    const portion = rows.slice(this.dealtWith, this.dealtWith + MOST_AT_ONCE);
    const outcomes = await act(portion.flatMap(chosenFrom));
    this.dealtWith += portion.length;
    this.failures = [...this.failures, ...failuresOf(outcomes, portion)];
    return portion.filter((_, place) => outcomes[place] === null);
  }

  /** The open dialog covers what is shown over the screen. */
  #refuse(words: string): void {
    if (this.isAsking) this.refusal = words;
    else toasts.show(words);
  }

  #tell(done: InboxRow[], word: "ended" | "open again"): void {
    const undo = () => void this.#attempt(done, restartConversations, "open again");
    toasts.show(`${counted(done.length)} ${word}`, word === "ended" ? undo : null);
  }
}

export function counted(count: number): string {
  return count === 1 ? "1 conversation" : `${count} conversations`;
}

function chosenFrom(row: InboxRow): Chosen[] {
  const { thread_id, conversation } = row;
  return conversation === null
    ? []
    : [{ thread_id, conversation_id: conversation.id, seen_revision: conversation.revision }];
}

function between(rows: InboxRow[], from: string | null, to: InboxRow): InboxRow[] {
  if (from === null) return [to];
  const ends = [rows.findIndex((row) => row.conversation?.id === from), rows.indexOf(to)];
  return ends.includes(-1) ? [to] : rows.slice(Math.min(...ends), Math.max(...ends) + 1);
}

function failuresOf(outcomes: Outcome[], rows: InboxRow[]): Failure[] {
  return rows.flatMap((row, place) => {
    const words = outcomes[place] ?? null;
    return words === null ? [] : [{ family: row.family_name, words }];
  });
}
