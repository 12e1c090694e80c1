import type { word } from "./english";

function atTime(time: string): string {
  return `${time.startsWith("01:") ? "a la" : "a las"} ${time}`;
}

export const spanish: typeof word = {
  back: "Volver",
  browserOn: (browser: string, machine: string) => `${browser} en ${machine}`,
  call: "Llamar",
  cancel: "Cancelar",
  close: "Cerrar",
  copied: "Copiado",
  copy: "Copiar",
  couldNotLoad: "No se ha podido cargar",
  delete: "Eliminar",
  dismiss: "Descartar",
  done: "Listo",
  failed: "Algo ha fallado por nuestra parte. Vuelva a intentarlo en un momento.",
  farDayAt: (day: string, time: string) => `el ${day.toLowerCase()} ${atTime(time)}`,
  hoursAgo: (count: number) => `${count} h`,
  loading: "Cargando",
  minutesAgo: (count: number) => `${count} min`,
  nearDayAt: (day: string, time: string) => `${day.toLowerCase()} ${atTime(time)}`,
  noCopying: "Su navegador no nos permite copiar. Seleccione el texto y cópielo usted.",
  now: "ahora",
  offline: "No tiene conexión. Pawline volverá a intentarlo por sí solo.",
  pageCouldNotLoad: "No se ha podido cargar esta página",
  signOut: "Cerrar sesión",
  someBrowser: "Un navegador",
  someDevice: "un dispositivo desconocido",
  thisField: (words: string) => `Este dato ${words}.`,
  today: "Hoy",
  tomorrow: "Mañana",
  tryAgain: "Reintentar",
  undo: "Deshacer",
  unknownDevice: "Dispositivo desconocido",
  withdraw: "Retirar",
  yesterday: "Ayer",
  youAreOffline: "Parece que no tiene conexión. Volveremos en cuanto haya red.",
};
