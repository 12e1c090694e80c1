import { answerOf, client } from "$/platform/api";
import type { AccessOfDay } from "$/platform/types";

export const getAccess = (thread_id: string, on_date: string): Promise<AccessOfDay> =>
  answerOf(
    client.GET("/api/v1/threads/{thread_id}/access", {
      params: { path: { thread_id }, query: { on_date } },
    }),
  );

/** Where the browser loads the same as a table. */
export const tableUrl = (threadId: string, onDate: string): string =>
  `/api/v1/threads/${threadId}/access.csv?on_date=${onDate}`;
