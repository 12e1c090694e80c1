import type { components } from "$/platform/schema";

type Schemas = components["schemas"];

export type ClinicLine = Schemas["ClinicLine"];
export type ClinicTexting = Schemas["ClinicTexting"];
export type NewNumberRequest = Schemas["NewNumberRequest"];
export type NumberKind = NewNumberRequest["kind"];
export type NumberView = Schemas["NumberView"];
export type SettingsDraft = Required<Schemas["TextingSettingsDraft"]>;
export type TollFreeAnswers = Required<Schemas["TollFreeAnswers"]>;
export type VerificationView = NonNullable<NumberView["verification"]>;
export type WordingsPreview = Schemas["WordingsPreview"];
