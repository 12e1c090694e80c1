import type { say } from "./english";

export const spanish: typeof say = {
  addAnything: "¿Algo que añadir?",
  block: "Bloquear",
  blockAsk: (name: string) => `¿Bloquear a ${name}?`,
  blocked: (name: string) => `Ha bloqueado a ${name}`,
  blockMeans: (name: string) =>
    `Ya no recibirá mensajes nuevos de ${name}. Las demás personas de la conversación sí. El número de urgencias sigue donde está.`,
  blockMeansToTeam: (name: string) => `Ya no recibirá mensajes nuevos de ${name}. El resto del equipo sí.`,
  blockNothingLost:
    "Lo que ya está se queda. Si más tarde desbloquea a esta persona, aparecerá lo que haya escrito mientras tanto: no se pierde nada.",
  inappropriate: "Inapropiado",
  loadingBlocked: "Cargando las personas que ha bloqueado",
  noneBlocked: "Nadie. Para bloquear a alguien, mantenga pulsado uno de sus mensajes o pulse ⋯ a su lado.",
  optional: "Opcional",
  other: "Otra cosa",
  report: "Denunciar",
  reported: (practice: string) => `Denunciado. ${practice} lo revisará.`,
  reportSeenBy: (practice: string, author: string) =>
    `Un administrador de ${practice} ve el mensaje y su nombre. ${author} no.`,
  reportThis: "Denunciar este mensaje",
  since: (when: string) => `Desde ${when}`,
  spam: "Spam",
  thePractice: "La clínica",
  threatening: "Amenazante",
  unblock: "Desbloquear",
  unblockAsk: (name: string) => `¿Desbloquear a ${name}?`,
  unblocked: (name: string) => `Ha desbloqueado a ${name}`,
  unblockMeans: "Volverá a recibir sus mensajes. Lo que haya escrito mientras tanto aparecerá en la conversación.",
  whatIsWrong: "¿Qué tiene de malo?",
  wrong_person: "Era para otra persona",
};
