// What can be wrong with a call that names a prompt.
import { defineErrors } from "../kernel/index.ts";

const IN_CONFIG = "Prompts stand in the configuration, under prompts.";

export const promptsErrors = defineErrors("prompts", {
  unknown: (p: { id: string; nearest: string[]; param: string }) => ({
    status: 400,
    message: `There is no prompt ${JSON.stringify(p.id)}.`,
    fix: p.nearest.length > 0 ? `Did you mean ${p.nearest.join(", ")}? ${IN_CONFIG}` : IN_CONFIG,
  }),
  unknown_version: (p: { id: string; version: string; known: string | null; param: string }) => ({
    status: 400,
    message: `The prompt ${JSON.stringify(p.id)} has no version ${JSON.stringify(p.version)}${p.known === null ? "" : `, but ${JSON.stringify(p.known)}`}.`,
    fix: "Leave `version` out, or name the one that the configuration has.",
  }),
  missing_variables: (p: { id: string; names: string[]; param: string }) => ({
    status: 400,
    message: `The prompt ${JSON.stringify(p.id)} needs a value for ${p.names.join(", ")}.`,
    fix: "Give each of them in `prompt.variables`; an empty text is a value.",
  }),
  unknown_variables: (p: { id: string; names: string[]; known: string[]; param: string }) => ({
    status: 400,
    message: `The prompt ${JSON.stringify(p.id)} has no variable ${p.names.map((name) => JSON.stringify(name)).join(", ")}.`,
    fix: p.known.length > 0 ? `It has ${p.known.join(", ")}.` : "It has none: leave `variables` out.",
  }),
  bad_variable: (p: { id: string; name: string; param: string }) => ({
    status: 400,
    message: `The variable ${JSON.stringify(p.name)} of the prompt ${JSON.stringify(p.id)} is no text.`,
    fix: 'Give a text, a number, true or false, or {"type":"input_text","text":"…"}.',
  }),
});
