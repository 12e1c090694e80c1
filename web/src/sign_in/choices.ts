/** A practice to sign in to, or a person to sign in as. */
export interface Choice {
  id: string;
  name: string;
}

/** The code is right, and several people share the address. */
export class WhoAreYou extends Error {
  constructor(readonly people: Choice[]) {
    super("Several people share this address.");
    this.name = "WhoAreYou";
  }
}

/** What a refusal gives to choose from: each is an error of `field`, saying "<id> <name>". */
export function readChoices(body: unknown, field: "practice_id" | "contact_id"): Choice[] {
  if (!hasErrors(body)) return [];
  return body.errors.filter(isFieldError).flatMap((error) => {
    const [id = "", ...name] = error.message.split(" ");
    return error.field === field ? [{ id, name: name.join(" ") }] : [];
  });
}

function hasErrors(body: unknown): body is { errors: unknown[] } {
  return typeof body === "object" && body !== null && "errors" in body && Array.isArray(body.errors);
}

function isFieldError(error: unknown): error is { field: string; message: string } {
  return (
    typeof error === "object" &&
    error !== null &&
    "field" in error &&
    typeof error.field === "string" &&
    "message" in error &&
    typeof error.message === "string"
  );
}
