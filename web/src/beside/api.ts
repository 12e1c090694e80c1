import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";

export type ThreadBeside = components["schemas"]["ThreadBeside"];

export async function getBeside(thread_id: string): Promise<ThreadBeside[]> {
  const path = { thread_id };
  return (await answerOf(client.GET("/api/v1/threads/{thread_id}/beside", { params: { path } }))).threads;
}
