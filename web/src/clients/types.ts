import type { components } from "$/platform/schema";

type Schemas = components["schemas"];

export type { Category, ClientView, ConsentEventView, Standing } from "$/texting/thread_types";
export type ClientPage = Schemas["ContactPage"];
export type NumberStanding = Schemas["NumberStanding"];
export type QueuedReminder = Schemas["QueuedReminder"];
export type ReminderChoices = Schemas["ReminderChoices"];
export type ReminderDraft = Schemas["ReminderDraft"];
export type ReminderCategory = ReminderDraft["category"];
export type ReminderPage = Schemas["ReminderPage"];
export type ReminderPreview = Schemas["ReminderPreview"];
export type ReminderView = Schemas["ReminderView"];
