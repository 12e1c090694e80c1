import { answerOf, client } from "$/platform/api";

/** A clinic that treats a pet now, and the words in which whoever looks at the pet may end that. */
export type Treating = { clinicId: string; words: EndingWords };

export type EndingWords = {
  /** How the pet stands with the clinic. */
  standing: string;
  /** What the button says that opens the question. */
  act: string;
  title: string;
  /** What becomes of it, sentence by sentence. */
  means: string[];
  keep: string;
  confirm: string;
  done: string;
};

export async function endConnection(pet_id: string, clinic_id: string): Promise<void> {
  const path = { pet_id, clinic_id };
  await answerOf(client.POST("/api/v1/pets/{pet_id}/connections/{clinic_id}/end", { params: { path } }));
}

export async function connectPet(pet_id: string, clinic_id: string): Promise<void> {
  const path = { pet_id, clinic_id };
  await answerOf(client.POST("/api/v1/pets/{pet_id}/connections/{clinic_id}/connect", { params: { path } }));
}
