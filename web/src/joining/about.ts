import type { ClinicView } from "$/platform/types";

/** Whose joining screen it is, and whom to call in an emergency, which stays at its foot. */
export type About = { place?: string; practice?: string; clinics?: ClinicView[] };
