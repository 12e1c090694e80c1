import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import type { AvailabilityView, DeviceView } from "$/platform/types";
import type { ClinicTexting } from "$/texting/types";
import type { ClinicChange } from "./clinic_information";
import type { Hours } from "./hours";

export type ClinicLink = components["schemas"]["ClinicLink"];
export type Paper = "a4" | "letter";
export type PosterLanguage = "en" | "es" | "both";

export async function getDevices(): Promise<DeviceView[]> {
  return (await answerOf(client.GET("/api/v1/sessions"))).sessions;
}

export async function signOutDevice(session_id: string): Promise<void> {
  await answerOf(client.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id } } }));
}

/** What is left out of `body` stays as it is. */
export const changeClinic = (clinic_id: string, body: ClinicChange): Promise<ClinicTexting> =>
  answerOf(client.PATCH("/api/v1/clinics/{clinic_id}", { params: { path: { clinic_id } }, body }));

export const getClinicLink = (clinic_id: string): Promise<ClinicLink> =>
  answerOf(client.GET("/api/v1/clinics/{clinic_id}/link", { params: { path: { clinic_id } } }));

/** The old link stops working. */
export const renewClinicLink = (clinic_id: string, key: string): Promise<ClinicLink> =>
  answerOf(
    client.POST("/api/v1/clinics/{clinic_id}/link", {
      params: { path: { clinic_id }, header: { "Idempotency-Key": key } },
    }),
  );

/** A PDF. */
export const loadPoster = (clinic_id: string, paper: Paper, language: PosterLanguage): Promise<Blob> =>
  answerOf(
    client.GET("/api/v1/clinics/{clinic_id}/poster.pdf", {
      params: { path: { clinic_id }, query: { paper, language } },
      parseAs: "blob",
    }),
  );

export const getHours = (clinic_id: string): Promise<Hours> =>
  answerOf(client.GET("/api/v1/clinics/{clinic_id}/hours", { params: { path: { clinic_id } } }));

/** All that the clinic had is replaced. */
export const saveHours = (clinic_id: string, body: Hours): Promise<Hours> =>
  answerOf(client.PUT("/api/v1/clinics/{clinic_id}/hours", { params: { path: { clinic_id } }, body }));

export async function getAvailability(): Promise<AvailabilityView[]> {
  return (await answerOf(client.GET("/api/v1/availability"))).clinics;
}

/** Without `until` the server chooses: the next closing or opening. */
export const setAvailability = (
  clinic_id: string,
  body: { state: "away" | "off_duty" | null; until?: string },
): Promise<AvailabilityView> =>
  answerOf(client.PUT("/api/v1/clinics/{clinic_id}/availability", { params: { path: { clinic_id } }, body }));
