import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";

export type DutyView = components["schemas"]["DutyView"];
export type DutyChoice = components["schemas"]["DutyChoice"];

export const getDuty = (): Promise<DutyView> => answerOf(client.GET("/api/v1/duty"));

export const putDuty = (body: DutyChoice): Promise<DutyView> => answerOf(client.PUT("/api/v1/duty", { body }));
