import { answerOf, asProblem, client } from "./api";

/** Whether the server says that nobody is signed in here, or that this computer is locked. A server that does not answer has not said so. */
export async function hasBeenSignedOut(): Promise<boolean> {
  try {
    const { person, desk } = await answerOf(client.GET("/api/v1/session"));
    return person === null || desk?.is_locked === true;
  } catch (error) {
    asProblem(error);
    return false;
  }
}
