import { answerOf, client } from "$/platform/api";

/** `died_on` like 2025-11-02; `null`: it lives, and was said to have died by mistake. */
export async function sayDied(pet_id: string, died_on: string | null): Promise<void> {
  await answerOf(client.PUT("/api/v1/pets/{pet_id}/death", { params: { path: { pet_id } }, body: { died_on } }));
}

export function livingFirst<T extends { died_on: string | null }>(pets: T[]): T[] {
  return [...pets.filter(({ died_on }) => died_on === null), ...pets.filter(({ died_on }) => died_on !== null)];
}
