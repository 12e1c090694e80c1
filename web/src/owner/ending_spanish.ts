import type { say } from "./ending_english";

export const spanish: typeof say = {
  again: "Puede volver a pedir la conexión cuando quiera.",
  ask: (pet: string, clinic: string) => `¿Desconectar a ${pet} de ${clinic}?`,
  connectedTo: (clinic: string) => `Conexión con ${clinic}`,
  disconnect: "Desconectar",
  disconnectFrom: (clinic: string) => `Desconectar de ${clinic}`,
  done: (pet: string, clinic: string) => `${pet} ya no tiene conexión con ${clinic}`,
  noMoreWriting: (pet: string, clinic: string) =>
    `Ya no podrá escribir a ${clinic} sobre ${pet}. Si no tiene otra mascota conectada allí, no podrá escribirles en la app.`,
  otherThings: "Las visitas reservadas se mantienen: llame para cancelarlas. Los SMS siguen igual.",
  stayConnected: "Seguir con la conexión",
  stays: (clinic: string) =>
    `${clinic} verá que usted ha terminado la conexión. Los mensajes y las fotos se podrán seguir leyendo, usted y la clínica.`,
};
