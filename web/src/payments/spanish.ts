import type { say } from "./english";

export const spanish: typeof say = {
  asked: (amount: string) => `Solicitud de pago: ${amount}`,
  cancelled: (at: string) => `Cancelada, ${at}`,
  cardRemoved: "Se eliminó un número de tarjeta de este mensaje.",
  cardRemovedOwn: "Por su seguridad eliminamos un número de tarjeta. Pida a la clínica un enlace de pago.",
  checking: "Comprobando si está pagada…",
  expired: "Ya no se puede pagar",
  notSure: "Todavía no sabemos si está pagada. Lo verá aquí.",
  opening: "Abriendo la página de pago…",
  paid: (at: string) => `Pagada, ${at}`,
  pay: (amount: string) => `Pagar ${amount}`,
  request: "Solicitar un pago",
  safe: "En una página segura. No escriba nunca números de tarjeta en el chat.",
  title: "Solicitud de pago",
  unpaid: "Pendiente de pago",
};
