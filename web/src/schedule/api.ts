import { answerOf, client } from "$/platform/api";
import type { AppointmentChange, AppointmentDraft, AppointmentView, DayView, VisitsView, VisitView } from "./types";

const visit = (appointment_id: string) => ({ path: { appointment_id } });
const appointment = (appointment_id: string) => ({ path: { appointment_id } });

export const loadVisits = (): Promise<VisitsView> => answerOf(client.GET("/api/v1/visits"));

export const confirmVisit = (id: string): Promise<VisitView> =>
  answerOf(client.POST("/api/v1/visits/{appointment_id}/confirm", { params: visit(id) }));

export const takeBackAnswer = (id: string): Promise<VisitView> =>
  answerOf(client.POST("/api/v1/visits/{appointment_id}/take-back", { params: visit(id) }));

/** Passing the same `client_id` again sends the message once. */
export const askToMove = (id: string, body: { client_id: string; words: string }): Promise<VisitView> =>
  answerOf(client.POST("/api/v1/visits/{appointment_id}/ask-to-move", { params: visit(id), body }));

export const calendarFileOf = (id: string): string => `/api/v1/visits/${id}/calendar.ics`;

/** Today where no day is named. */
export function loadDay(clinic_id: string, date: string | null, signal: AbortSignal): Promise<DayView> {
  const query = date === null ? { clinic_id } : { clinic_id, date };
  return answerOf(client.GET("/api/v1/schedule", { params: { query }, signal }));
}

export const bookAppointment = (body: AppointmentDraft, key: string): Promise<AppointmentView> =>
  answerOf(client.POST("/api/v1/appointments", { body, params: { header: { "Idempotency-Key": key } } }));

export const changeAppointment = (id: string, body: AppointmentChange): Promise<AppointmentView> =>
  answerOf(client.PATCH("/api/v1/appointments/{appointment_id}", { params: appointment(id), body }));

export const cancelAppointment = (id: string, tell_family: boolean): Promise<AppointmentView> =>
  answerOf(
    client.POST("/api/v1/appointments/{appointment_id}/cancel", {
      params: { ...appointment(id), query: { tell_family } },
    }),
  );
