import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import type { NewStaff, StaffChange, StaffReturn, StaffView, Team } from "$/platform/types";

type OwnProfileChange = components["schemas"]["OwnProfileChange"];

export const getTeam = (): Promise<Team> => answerOf(client.GET("/api/v1/team"));

/** The new member gets an e-mail with a link to choose a password. */
export const addStaff = (body: NewStaff, key: string): Promise<{ id: string }> =>
  answerOf(client.POST("/api/v1/team", { body, params: { header: { "Idempotency-Key": key } } }));

/** The old password goes on working until the link is used. */
export async function sendPasswordLink(staff_id: string): Promise<void> {
  await answerOf(client.POST("/api/v1/team/{staff_id}/password-link", { params: { path: { staff_id } } }));
}

/** E-mails came back; one goes there at once. */
export const tryMailAgain = (staff_id: string): Promise<StaffView> =>
  answerOf(client.POST("/api/v1/team/{staff_id}/mail/try-again", { params: { path: { staff_id } } }));

/** What is left out of `body` stays as it is. */
export const changeStaff = (staff_id: string, body: StaffChange): Promise<StaffView> =>
  answerOf(client.PATCH("/api/v1/team/{staff_id}", { body, params: { path: { staff_id } } }));

export const endAccess = (staff_id: string): Promise<StaffView> =>
  answerOf(client.POST("/api/v1/team/{staff_id}/end-access", { params: { path: { staff_id } } }));

/** Their app and passkeys are gone: their password alone signs them in. */
export const removeSecondStep = (staff_id: string): Promise<StaffView> =>
  answerOf(client.POST("/api/v1/team/{staff_id}/remove-second-step", { params: { path: { staff_id } } }));

/** They get an e-mail with a link to choose a new password. */
export const letBackIn = (staff_id: string, body: StaffReturn): Promise<StaffView> =>
  answerOf(client.POST("/api/v1/team/{staff_id}/let-back-in", { body, params: { path: { staff_id } } }));

/** The new address gets a link; what comes back says that it waits for that. */
export const askForAddress = (staff_id: string, email: string): Promise<StaffView> =>
  answerOf(client.PUT("/api/v1/team/{staff_id}/address", { body: { email }, params: { path: { staff_id } } }));

export const withdrawAddress = (staff_id: string): Promise<StaffView> =>
  answerOf(client.DELETE("/api/v1/team/{staff_id}/address", { params: { path: { staff_id } } }));

export const getOwnProfile = (): Promise<StaffView> => answerOf(client.GET("/api/v1/own-profile"));

export const changeOwnProfile = (body: OwnProfileChange): Promise<StaffView> =>
  answerOf(client.PATCH("/api/v1/own-profile", { body }));

export const askForOwnAddress = (email: string, password: string): Promise<StaffView> =>
  answerOf(client.PUT("/api/v1/own-profile/address", { body: { email, password } }));

export const withdrawOwnAddress = (): Promise<StaffView> => answerOf(client.DELETE("/api/v1/own-profile/address"));

export const confirmAddress = (token: string): Promise<{ email: string; practice_name: string }> =>
  answerOf(client.POST("/api/v1/staff-address", { body: { token } }));
