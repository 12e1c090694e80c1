import { asProblem, type Problem } from "$/platform/api";
import type { PetPicture } from "$/platform/types";
import { getPictures } from "./api";
import { groupPictures } from "./picture_groups";

/** The pictures of one pet, page by page. */
export class PetPictures {
  problem = $state.raw<Problem | null>(null);
  isLoading = $state(false);
  hasOlder = $state(true);
  isEmpty = $state(false);
  #pictures = $state.raw<PetPicture[]>([]);
  readonly groups = $derived(groupPictures(this.#pictures));
  #cursor: string | null = null;
  #petId: string;

  constructor(petId: string) {
    this.#petId = petId;
  }

  async load(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    this.problem = null;
    try {
      const page = await getPictures(this.#petId, this.#cursor);
      this.#cursor = page.next_cursor ?? null;
      this.#pictures = [...this.#pictures, ...page.pictures];
      this.hasOlder = this.#cursor !== null;
      this.isEmpty = this.#pictures.length === 0;
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.isLoading = false;
    }
  }
}
