// Why a text was not made a vector.
import { defineErrors } from "../kernel/index.ts";

export const embeddingErrors = defineErrors("embedding", {
  unknown_model: (p: { model: string }) => ({
    status: 400,
    message: `There is no embedding model ${JSON.stringify(p.model)}.`,
    fix: "Write builtin or vendor/model in embedding.model; `binnacle models list` lists the vendors' models.",
  }),
  too_long: (p: { chars: number; max: number }) => ({
    status: 400,
    message: `A text of ${p.chars} characters is longer than what is embedded, ${p.max}.`,
    fix: "Give a shorter text, or raise embedding.text_chars_max.",
  }),
  not_its_language: (p: { model: string }) => ({
    status: 400,
    message: `${p.model} knows English, and the text is not.`,
    fix: "Name a vendor's model for other languages in embedding.model.",
  }),
  too_many: (p: { max: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `Already ${p.max} texts wait to be embedded.`,
    fix: "Try again in a moment, or raise embedding.waiting_texts_max.",
  }),
  timeout: (p: { model: string; timeoutMs: number }) => ({
    status: 504,
    retry: "later",
    message: `${p.model} did not embed the texts within ${p.timeoutMs} ms.`,
    fix: "Try again; the bound is embedding.timeout.",
  }),
  rests: (p: { model: string; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `${p.model} did not answer, or failed, a moment ago and is left alone for a while.`,
    fix: "Try again later; how long it is left alone, embedding.rest says.",
  }),
  failed: (p: { model: string; detail: string }) => ({
    status: 502,
    message: `${p.model} did not embed the texts: ${p.detail}.`,
    fix: "Try another embedding.model; what a vendor said is on the record of the call, see `binnacle calls list`.",
  }),
});
