import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";

export type DayEnd = components["schemas"]["DayEndView"];

export const getDayEnd = (): Promise<DayEnd> => answerOf(client.GET("/api/v1/day-end-mail"));

export const setDayEnd = (is_mailed: boolean): Promise<DayEnd> =>
  answerOf(client.PUT("/api/v1/day-end-mail", { body: { is_mailed } }));
