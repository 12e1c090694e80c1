import { answerOf, asProblem, client } from "./api";

/** Whether the server says that nobody is signed in here. A server that does not answer has not said so. */
export async function hasBeenSignedOut(): Promise<boolean> {
  try {
    return (await answerOf(client.GET("/api/v1/session"))).person === null;
  } catch (error) {
    asProblem(error);
    return false;
  }
}
