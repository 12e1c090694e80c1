import type { say } from "./english";

export const spanish: typeof say = {
  add: "Añadir una llave de acceso",
  askRemove: "¿Quitar esta llave de acceso?",
  lastUsed: (at: string) => `Último uso: ${at}`,
  noneMade: "No se ha creado ninguna llave de acceso. Puede volver a intentarlo cuando quiera.",
  notNow: "Ahora no",
  notUsed: (at: string) => `Añadida ${at}, aún sin usar`,
  offer: "La próxima vez, entre con su huella o su cara",
  offerWhy: "O con el bloqueo de pantalla. No hay código que esperar, y su huella no sale de este dispositivo.",
  passkeys: "Llaves de acceso",
  refused: "No ha funcionado. Vuelva a intentarlo o pida un código.",
  remove: "Quitar",
  removed: (device: string) =>
    `Ya no podrá entrar con la llave de acceso de ${device}. No se cierra ninguna sesión: donde la tenga abierta, seguirá abierta.`,
  setUp: "Configurarla",
  sessionsElsewhere: "Puede cerrar la sesión en otros dispositivos en «Sesiones abiertas en».",
  there: "Este dispositivo ya tiene una llave de acceso suya.",
  usePasskey: "Usar una llave de acceso",
  why: "Entre con su huella, su cara o el bloqueo de pantalla en lugar de un código.",
};
