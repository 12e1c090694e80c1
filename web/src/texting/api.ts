import { answerOf, client } from "$/platform/api";
import type {
  ClinicLine,
  ClinicTexting,
  NewNumberRequest,
  SettingsDraft,
  TollFreeAnswers,
  WordingsPreview,
} from "./types";

const at = (clinic_id: string) => ({ params: { path: { clinic_id } } });

export async function getClinics(): Promise<ClinicLine[]> {
  return (await answerOf(client.GET("/api/v1/clinics"))).clinics;
}

export const getTexting = (clinic: string): Promise<ClinicTexting> =>
  answerOf(client.GET("/api/v1/clinics/{clinic_id}/texting", at(clinic)));

export const saveSettings = (clinic: string, body: SettingsDraft): Promise<ClinicTexting> =>
  answerOf(client.PUT("/api/v1/clinics/{clinic_id}/texting", { ...at(clinic), body }));

/** The exact words that would be sent; nothing is stored. */
export function previewWordings(clinic: string, draft: SettingsDraft, signal: AbortSignal): Promise<WordingsPreview> {
  const query = {
    after_hours_number: draft.after_hours_number,
    away_words: draft.away_words ?? "",
    welcome_words: draft.welcome_words ?? "",
    media_words: draft.media_words ?? "",
  };
  const params = { path: { clinic_id: clinic }, query };
  return answerOf(client.GET("/api/v1/clinics/{clinic_id}/wordings/preview", { params, signal }));
}

export async function requestNumber(clinic: string, body: NewNumberRequest, key: string): Promise<void> {
  const params = { path: { clinic_id: clinic }, header: { "Idempotency-Key": key } };
  await answerOf(client.POST("/api/v1/clinics/{clinic_id}/number-request", { params, body }));
}

export const withdrawRequest = (clinic: string): Promise<ClinicTexting> =>
  answerOf(client.POST("/api/v1/clinics/{clinic_id}/number-request/withdraw", at(clinic)));

export const confirmPolicy = (clinic: string, version: string): Promise<ClinicTexting> =>
  answerOf(client.PUT("/api/v1/clinics/{clinic_id}/number/policy", { ...at(clinic), body: { version } }));

export const enableTexting = (clinic: string): Promise<ClinicTexting> =>
  answerOf(client.POST("/api/v1/clinics/{clinic_id}/number/enable", at(clinic)));

export const disableTexting = (clinic: string): Promise<ClinicTexting> =>
  answerOf(client.POST("/api/v1/clinics/{clinic_id}/number/disable", at(clinic)));

export const handInForm = (clinic: string, body: TollFreeAnswers): Promise<ClinicTexting> =>
  answerOf(client.PUT("/api/v1/clinics/{clinic_id}/toll-free-form", { ...at(clinic), body }));
