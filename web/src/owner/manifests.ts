/** By file. All are of one app, whatever language it was in when it was installed. */
export const MANIFESTS = {
  "owner.webmanifest": { lang: "en", name: "Pawline: message your vet", description: "Message your vet" },
  "owner.es.webmanifest": { lang: "es", name: "Pawline: su veterinario", description: "Escriba a su veterinario" },
};
