/** Both languages of the owner's app say the same things, all of them are said, and nothing is said past them. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type AST, parse } from "svelte/compiler";
import { afterEach, describe, expect, it } from "vitest";
import { LANGUAGES, ofServer, plural, preferred, speak } from "$/platform/language";
import { readRefusal } from "$/platform/problems";
import { translation } from "./all_spanish";
import { MANIFESTS } from "./manifests";
import { ENGLISH_SENTENCES } from "./of_server_spanish";
import { sourcesFrom } from "./sources.test_data";

type Words = Record<string, string | ((...values: unknown[]) => string)>;

const SOURCES = resolve(import.meta.dirname, "..");
const modules = import.meta.glob<Record<string, Words>>("../**/*english.ts", { eager: true });
const catalogues = Object.entries(modules).map(([file, module]) => {
  const [english = {}] = Object.values(module);
  const source = readFileSync(resolve(import.meta.dirname, file), "utf8");
  const id = /catalogue\("(\w+)"/.exec(source)?.[1] ?? "";
  return { id, file, english, spanish: (translation.catalogues[id] ?? {}) as Words };
});
const owners = sourcesFrom(resolve(SOURCES, "owner.ts"));
// The page behind an invitation is the team's, and in the language of whoever invites.
const INVITED = [
  "vets/VetInvitationScreen",
  "vets/ClinicPick",
  "vets/NewPracticeForm",
  "sign_in/StaffSignIn",
  "sign_in/PasswordField",
];
const invited = INVITED.flatMap((name) => sourcesFrom(resolve(SOURCES, `${name}.svelte`)).slice(0, 1));

afterEach(() => speak("en", null));

/** `import { say as files } from "./english"`, and where that is from the folder of sources. */
const IMPORTED_NAME = /import \{ (\w+)(?: as (\w+))? \} from "((?:\$|\.)[^"]*english)"/g;

function pathOf(specifier: string, folder: string): string {
  return (specifier.startsWith("$/") ? specifier.slice(2) : join(folder, specifier)).replace(/\.ts$/, "");
}

function said(words: Words, key: string, values: unknown[]): string {
  const entry = words[key];
  return typeof entry === "function" ? entry(...values) : (entry ?? "");
}

describe.each(catalogues)("$file", ({ id, file, english, spanish }) => {
  it("has the same words in Spanish, each with the same values in it", () => {
    expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
    for (const key of Object.keys(english)) {
      const values = ["⟦0⟧", "⟦1⟧", "⟦2⟧"];
      const placed = (text: string) => [...new Set(text.match(/⟦\d⟧/g))].sort();

      expect([key, placed(said(spanish, key, values))]).toEqual([key, placed(said(english, key, values))]);
      expect([key, said(spanish, key, values).trim()]).not.toEqual([key, ""]);
    }
  });

  it("is known by one name, and each of its words is on some screen", () => {
    const users = [...owners, ...invited].flatMap(({ file: user, text }) =>
      [...text.matchAll(IMPORTED_NAME)]
        .filter(([, , , from = ""]) => pathOf(from, dirname(user)) === pathOf(file, "owner"))
        .map(([, imported, alias]) => ({ text, name: alias ?? imported })),
    );
    const isSaid = (key: string) => users.some((each) => new RegExp(`\\b${each.name}\\.${key}\\b`).test(each.text));
    const isChosenByData = users.some((each) =>
      new RegExp(`\\b${each.name}\\[|\\.\\.\\.${each.name}\\b`).test(each.text),
    );

    expect(catalogues.filter((each) => each.id === id)).toHaveLength(1);
    expect(isChosenByData ? [] : Object.keys(english).filter((key) => !isSaid(key))).toEqual([]);
  });
});

/** What a team alone sees of the shared screens; the team's app is English. */
const TEAM_ONLY = [
  "handing_off/AnsweredMeanwhile.svelte",
  "handing_off/HandOffLine.svelte",
  "moderation/DeletedMessageDialog.svelte",
  "moderation/EraseMessageDialog.svelte",
  "moderation/PracticeBlockDialog.svelte",
  "moderation/PracticeBlockOffer.svelte",
  "payments/CancelPayment.svelte",
  "texting/DeliveryTrouble.svelte",
  "texting/ReminderCard.svelte",
  "texting/TeamLine.svelte",
];
/** What refuses families something. */
const TO_FAMILIES = [
  "joining/people.py",
  "joining/proving.py",
  "joining/refusals.py",
  "joining/texted_codes.py",
  "joining/texted_sign_ins.py",
  "payments/checking_out.py",
  "threads/turned_away.py",
];
const SPOKEN = [
  "alt",
  "aria-label",
  "aria-description",
  "hint",
  "label",
  "lead",
  "placeholder",
  "title",
  "what",
  "about",
];
const NAMES = /\b(Pawline|PDF)\b/g;

function bareText(source: string): string[] {
  const found: string[] = [];
  const look = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(look);
    if (node === null || typeof node !== "object" || !("type" in node)) return;
    const { type } = node as AST.BaseNode;
    if (type === "Text") found.push((node as AST.Text).data);
    else if (type === "Literal") found.push(...sentenceIn(node));
    else if (type !== "Attribute") Object.values(node).forEach(look);
    else if (SPOKEN.includes((node as AST.Attribute).name)) Object.values(node).forEach(look);
  };
  const { fragment, instance } = parse(source, { modern: true });
  look([fragment, instance?.content]);
  return found.map((text) => text.replace(NAMES, "").trim()).filter((text) => /\p{L}/u.test(text));
}

/** A string in a script that begins like a sentence, not like a name for the machine. */
function sentenceIn(literal: object): string[] {
  const value = "value" in literal ? literal.value : null;
  return typeof value === "string" && /^\p{Lu}\p{Ll}+ \p{L}/u.test(value) ? [value] : [];
}

describe("the screens of an owner", () => {
  it("say nothing that is not in the catalogues", () => {
    const screens = owners.filter(
      ({ file }) => file.endsWith(".svelte") && !TEAM_ONLY.some((each) => file.endsWith(each)),
    );
    const bare = screens.flatMap(({ file, text }) => bareText(text).map((words) => `${file}: ${words}`));

    expect(screens.length).toBeGreaterThan(100);
    expect(bare).toEqual([]);
  });

  it("neither do those that an invitation of a vet leads to", () => {
    const forms = invited.filter(({ file }) => !file.endsWith("VetInvitationScreen.svelte"));

    expect(forms.flatMap(({ file, text }) => bareText(text).map((words) => `${file}: ${words}`))).toEqual([]);
  });

  it("would be caught saying it", () => {
    expect(bareText('<p title="Close">{name} is here</p>')).toEqual(["Close", "is here"]);
    expect(bareText("<script>toasts.show('Taken back');</script>")).toEqual(["Taken back"]);
    expect(bareText('<button aria-label="More for {name}" class="wide">PDF ·</button>')).toEqual(["More for"]);
  });
});

describe("words", () => {
  it("are read when they are shown: before that, the language is not known", () => {
    const tooEarly = /^(?:export )?const \w+(?:: [^=]+)? = (?!.*=>)[^;]*?\b(?:say|word|files|species)\./m;
    const files = owners.filter(({ file }) => file.endsWith(".ts") && !/(english|spanish)\.ts$/.test(file));

    expect(files.filter(({ text }) => tooEarly.test(text)).map(({ file }) => file)).toEqual([]);
    expect(tooEarly.test("const OFFLINE = say.offline;")).toBe(true);
    expect(tooEarly.test("const offline = () => say.offline;")).toBe(false);
  });
});

describe("the app on a home screen", () => {
  it("is named and described in each language, as one and the same app", () => {
    const files = Object.entries(MANIFESTS);

    expect(files.map(([, { lang }]) => lang).sort()).toEqual(Object.keys(LANGUAGES).sort());
    for (const key of ["file", "name", "description"] as const) {
      const said = files.map(([file, words]) => (key === "file" ? file : words[key]));
      expect(new Set(said).size).toBe(files.length);
    }
  });
});

describe("the server's words", () => {
  it("are translated as the server says them", () => {
    const server = pythonIn(resolve(SOURCES, "../../src/pawline"));
    const pieces = ENGLISH_SENTENCES.flatMap((sentence) => sentence.split(/\{[^}]*\}/)).map((piece) => piece.trim());

    expect(pieces.filter((piece) => !server.includes(piece))).toEqual([]);
  });

  it.each(TO_FAMILIES)("are all translated, of those that %s says to a family", (file) => {
    speak("es", translation);
    const said = refusalsIn(readFileSync(resolve(SOURCES, "../../src/pawline", file), "utf8"));

    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((sentence) => ofServer(sentence) === sentence)).toEqual([]);
  });

  it("come in Spanish, with what they name, and by their kind where no sentence fits", () => {
    speak("es", translation);
    const refused = (code: string, detail: string) => readRefusal(409, { code, detail }, null).detail;

    expect(ofServer("Usually replies within 10 minutes")).toBe("Suele responder en 10 minutos");
    expect(refused("not_found", "This invitation has expired. Ask Olive Hart for a new one.")).toContain(
      "a Olive Hart.",
    );
    expect(refused("conflict", "Nobody has translated this.")).toContain("ha cambiado mientras tanto");
    expect(refused("of_tomorrow", "Nobody has translated this.")).toBe("Nobody has translated this.");
  });
});

describe("the language", () => {
  it("is the one chosen on the device, else the first of the browser's that we speak, else English", () => {
    expect(preferred(null, ["es-MX", "en"])).toBe("es");
    expect(preferred(null, ["fr-CA", "es", "en"])).toBe("es");
    expect(preferred("en", ["es-ES"])).toBe("en");
    expect(preferred(null, ["de"])).toBe("en");
  });

  it("changes what the catalogues say and how numbers bend words", () => {
    const { english } = catalogues.find(({ id }) => id === "platform") ?? { english: {} };
    speak("es", translation);

    expect(said(english, "cancel", [])).toBe("Cancelar");
    expect(plural(1, { one: "# día", other: "# días" })).toBe("1 día");
    expect(plural(0, { one: "# día", other: "# días" })).toBe("0 días");

    speak("en", null);
    expect(said(english, "cancel", [])).toBe("Cancel");
  });
});

/** All Python of the server, with strings that go on in the next line as one. */
function pythonIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".py"));
  return files.map((file) => readFileSync(resolve(folder, file), "utf8").replace(/"\s*\n\s*f?"/g, "")).join("\n");
}

/** Sentences of refusals, with something in place of what they name. */
function refusalsIn(python: string): string[] {
  const inOneLine = python.replace(/"\s*\n\s*f?"/g, "");
  const raised = /(?:\b[A-Z]\w+|__init__|\.field\("\w+",)\(?\s*f?"([^"]{12,})"/g;
  const found = [...inOneLine.matchAll(raised)].map(([, sentence = ""]) =>
    sentence
      .replace("{_STAYS}", "You can still read what was written.")
      .replace("{_whom_to_call(clinic)}", "Please call the clinic.")
      .replace("{call}", "In an emergency call the clinic.")
      .replace(/\{[^}]*\}/g, "7"),
  );
  return found.filter((sentence) => sentence.split(" ").length > 3);
}
