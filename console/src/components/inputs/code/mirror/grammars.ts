// The grammars that the editor knows.
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { StreamLanguage } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import type { CodeLanguage } from "../diagnostic.ts";
import { readCedarToken } from "./cedar-tokens.ts";

const cedar = StreamLanguage.define({
  name: "cedar",
  startState: () => null,
  token: (stream) => readCedarToken(stream),
  languageData: { commentTokens: { line: "//" } },
});

export function grammarOf(language: CodeLanguage): Extension {
  if (language === "json") return json();
  if (language === "yaml") return yaml();
  return language === "cedar" ? cedar : [];
}
