import { FIELDS } from "./of_server_fields";
import { SENTENCES } from "./of_server_sentences";

/** Where no sentence fits: what kind of refusal it is. */
const KINDS: Record<string, string> = {
  bad_request: "No se ha entendido la petición. Vuelva a cargar la página e inténtelo de nuevo.",
  conflict: "Esto ha cambiado mientras tanto. Vuelva a cargar la página e inténtelo de nuevo.",
  failed: "Algo ha fallado por nuestra parte. No se ha cambiado nada; vuelva a intentarlo.",
  forbidden: "Esto no le está permitido. Pregunte a su clínica.",
  invalid: "Revise lo que ha escrito: algo falta o no es correcto.",
  not_found: "Esto no existe o ya no puede verlo.",
  sign_in_failed: "No se ha podido iniciar sesión. Vuelva a intentarlo.",
  too_large: "Es demasiado grande. Envíe menos de una vez.",
  too_many_requests: "Espere un momento y vuelva a intentarlo.",
  unavailable: "Pawline no está disponible ahora mismo. Vuelva a intentarlo en un momento.",
  unsupported: "Este tipo de contenido no se puede usar.",
};

const ALL = [...SENTENCES, ...FIELDS];
const patterns = ALL.map(([english, spanish]) => ({ pattern: patternOf(english), spanish }));

/** `code` is that of a refusal; `null` where nothing is known to say instead. */
export function inSpanish(english: string, code: string): string | null {
  for (const { pattern, spanish } of patterns) {
    const found = pattern.exec(english);
    if (found !== null) return filled(spanish, found.slice(1));
  }
  return KINDS[code] ?? null;
}

/** For the test that holds them against what the server says. */
export const ENGLISH_SENTENCES = ALL.map(([english]) => english);

function patternOf(english: string): RegExp {
  const escaped = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("{}", "(.+?)").replace(/[{}]/g, "")}$`);
}

function filled(spanish: string, values: string[]): string {
  const rest = [...values];
  return spanish.replace(/\{\}/g, () => rest.shift() ?? "");
}
