import { asProblem, type Problem, Refusal, wordsOf } from "$/platform/api";
import { toasts } from "$/platform/toasts.svelte";
import type { FamilyMatch, FamilyView, MergePreview } from "$/platform/types";
import { mergeFamilies, previewMerge } from "./api";
import { inSentence, isNamed, threadAfter } from "./merge_words";
import { familyTitle, isGuest } from "./names";

/** One family is made of the one on the screen and another one that is chosen. */
export class Merging {
  other = $state.raw<FamilyMatch | null>(null);
  preview = $state.raw<MergePreview | null>(null);
  problem = $state.raw<Problem | null>(null);
  keptId = $state<string | null>(null);
  typed = $state("");
  refusal = $state<string | null>(null);
  isBusy = $state(false);
  #here: FamilyView;

  constructor(here: FamilyView) {
    this.#here = here;
  }

  /** Both, the one that stays first. */
  readonly both = $derived.by(() => {
    if (this.preview === null) return null;
    const { target, source } = this.preview;
    return this.keptId === source.id ? { kept: source, gone: target } : { kept: target, gone: source };
  });

  get isConfirmed(): boolean {
    return this.both !== null && isNamed(this.typed, this.both.gone.name);
  }

  choose(other: FamilyMatch): void {
    this.other = other;
    // Somebody known by a number only joins those whose names are known.
    this.keptId = isGuest(this.#here.name) && !isGuest(other.name) ? other.id : this.#here.id;
    void this.load();
  }

  back(): void {
    this.other = this.preview = this.problem = this.refusal = null;
    this.typed = "";
  }

  keep(id: string): void {
    this.keptId = id;
    this.typed = "";
  }

  async load(): Promise<void> {
    const other = this.other;
    if (other === null) return;
    this.problem = null;
    try {
      const preview = await previewMerge(this.#here.id, other.id);
      if (other === this.other) this.preview = preview;
    } catch (error) {
      if (other === this.other) this.problem = inWords(asProblem(error));
    }
  }

  /** Returns the thread with this clinic that is there from now on; `null` when they were not merged. */
  async merge(clinicId: string): Promise<string | null> {
    if (this.both === null || this.isBusy || !this.isConfirmed) return null;
    const { kept, gone } = this.both;
    this.isBusy = true;
    this.refusal = null;
    try {
      await mergeFamilies(kept.id, gone.id);
      toasts.show(`Merged: ${familyTitle(gone.name)} is part of ${inSentence(kept.name)} now`);
      return threadAfter(kept, gone, clinicId);
    } catch (error) {
      this.refusal = wordsOf(inWords(asProblem(error)));
      return null;
    } finally {
      this.isBusy = false;
    }
  }
}

/** A family that is gone, and one of a clinic that is not ours, are answered alike. */
function inWords(problem: Problem): Problem {
  if (!(problem instanceof Refusal) || problem.status !== 404) return problem;
  const words =
    "One of the two is no longer there, or also writes with a clinic that is not yours. Somebody may have merged them already; if not, ask a practice owner.";
  return new Refusal(404, problem.code, problem.title, words, {});
}
