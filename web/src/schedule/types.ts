import type { components } from "$/platform/schema";

type Schemas = components["schemas"];

export type AppointmentChange = Schemas["AppointmentChange"];
export type AppointmentDraft = Schemas["AppointmentDraft"];
export type AppointmentView = Schemas["AppointmentView"];
export type DayView = Schemas["DayView"];
export type DueView = Schemas["DueView"];
export type HandedThread = Schemas["HandedThread"];
export type ScheduledStaff = Schemas["ScheduledStaff"];
export type VisitView = Schemas["VisitView"];
export type VisitsView = Schemas["Visits"];
export type Status = AppointmentView["status"];
