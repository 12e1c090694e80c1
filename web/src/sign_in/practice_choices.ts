export interface PracticeChoice {
  id: string;
  name: string;
}

/** The practices in a "choose_practice" refusal; each is an error of the field "practice_id" saying "<id> <name>". */
export function readPracticeChoices(body: unknown): PracticeChoice[] {
  if (!hasErrors(body)) return [];
  return body.errors.filter(isChoice).map(({ message }) => {
    const [id = "", ...name] = message.split(" ");
    return { id, name: name.join(" ") };
  });
}

function hasErrors(body: unknown): body is { errors: unknown[] } {
  return typeof body === "object" && body !== null && "errors" in body && Array.isArray(body.errors);
}

function isChoice(error: unknown): error is { field: "practice_id"; message: string } {
  return (
    typeof error === "object" &&
    error !== null &&
    "field" in error &&
    error.field === "practice_id" &&
    "message" in error &&
    typeof error.message === "string"
  );
}
