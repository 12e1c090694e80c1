import type { say } from "./english";

export const spanish: typeof say = {
  answerAfter: (when: string) => `Puede escribir ya; responderán a partir del ${when}.`,
  answerLater: "Puede escribir ya; la respuesta llegará más tarde.",
  available: "Disponible",
  away: "Ausente",
  off_duty: "Cerrado",
  opens: (when: string) => `Abre el ${when}`,
};
