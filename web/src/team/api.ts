import { answerOf, client } from "$/platform/api";
import type { NewStaff, StaffChange, StaffReturn, StaffView, Team } from "$/platform/types";

export const getTeam = (): Promise<Team> => answerOf(client.GET("/api/v1/team"));

/** The new member gets an e-mail with a link to choose a password. */
export const addStaff = (body: NewStaff, key: string): Promise<{ id: string }> =>
  answerOf(client.POST("/api/v1/team", { body, params: { header: { "Idempotency-Key": key } } }));

/** The old password goes on working until the link is used. */
export async function sendPasswordLink(staff_id: string): Promise<void> {
  await answerOf(client.POST("/api/v1/team/{staff_id}/password-link", { params: { path: { staff_id } } }));
}

/** What is left out of `body` stays as it is. */
export const changeStaff = (staff_id: string, body: StaffChange): Promise<StaffView> =>
  answerOf(client.PATCH("/api/v1/team/{staff_id}", { body, params: { path: { staff_id } } }));

export const endAccess = (staff_id: string): Promise<StaffView> =>
  answerOf(client.POST("/api/v1/team/{staff_id}/end-access", { params: { path: { staff_id } } }));

/** They get an e-mail with a link to choose a new password. */
export const letBackIn = (staff_id: string, body: StaffReturn): Promise<StaffView> =>
  answerOf(client.POST("/api/v1/team/{staff_id}/let-back-in", { body, params: { path: { staff_id } } }));
