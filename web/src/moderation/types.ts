import type { components } from "$/platform/schema";

type Schemas = components["schemas"];

export type Block = Schemas["BlockView"];
export type PracticeBlock = Schemas["PracticeBlockView"];
export type HeldText = Schemas["HeldTextView"];
export type HeldTextPage = Schemas["HeldTextPage"];
export type ChosenContactPage = Schemas["ChosenContactPage"];
export type DisabledChatPage = Schemas["DisabledChatPage"];
export type DeletedReading = Schemas["DeletedReadingView"];
export type Report = Schemas["ReportView"];
export type ReportPage = Schemas["ReportPage"];
export type Reason = Report["reason"];
export type Outcome = NonNullable<Report["outcome"]>;
export type ReportState = "open" | "resolved";
export type FamilyErasure = Schemas["FamilyErasureView"];
