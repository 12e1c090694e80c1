import { answerOf, client } from "$/platform/api";
import type { DeviceView, NewStaff, StaffView } from "$/platform/types";

export async function getTeam(): Promise<StaffView[]> {
  return (await answerOf(client.GET("/api/v1/team"))).staff;
}

/** The new member gets an e-mail with a link to choose a password. */
export const addStaff = (body: NewStaff, key: string): Promise<{ id: string }> =>
  answerOf(client.POST("/api/v1/team", { body, params: { header: { "Idempotency-Key": key } } }));

export async function getDevices(): Promise<DeviceView[]> {
  return (await answerOf(client.GET("/api/v1/sessions"))).sessions;
}

export async function signOutDevice(session_id: string): Promise<void> {
  await answerOf(client.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id } } }));
}
