import { plural } from "$/platform/language";
import type { say } from "./you_english";

export const spanish: typeof say = {
  blockedPeople: "Personas que ha bloqueado",
  emergencyNumbers: "En una urgencia, llame a",
  language: "Idioma",
  languageKept: "Se guarda en este dispositivo.",
  lastUsed: (when: string) => `Último uso: ${when}`,
  loadingNotifications: "Cargando cómo le avisamos de los mensajes",
  notifications: "Avisos",
  notificationsFailed: "No se ha podido cargar esta parte. Vuelva cuando tenga conexión.",
  signedInOn: "Sesiones abiertas en",
  signOutAsk: "¿Cerrar sesión?",
  signOutHere: "Cerrar sesión aquí",
  signOutThere: "Cerrar",
  staySignedIn: "Seguir con la sesión",
  thisDevice: "Este dispositivo",
  unsent: (count: number) =>
    plural(count, {
      one: "Hay 1 mensaje sin enviar. ¿Cerrar sesión y perderlo?",
      other: "Hay # mensajes sin enviar. ¿Cerrar sesión y perderlos?",
    }),
  urgentCall: "Los mensajes se responden cuando el equipo tiene un momento. Si es urgente, llame por favor.",
  you: "Perfil",
};
