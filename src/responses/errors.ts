// What can be wrong with a stored response.
import { defineErrors } from "../kernel/index.ts";

export const responsesErrors = defineErrors("responses", {
  not_found: (p: { id: string; param?: string }) => ({
    status: 404,
    message: `There is no stored response ${JSON.stringify(p.id)}.`,
    fix: "It was made with store: false, by a key of another project, by a vendor itself, or it has left the record.",
  }),
  cut: (p: { id: string; param?: string }) => ({
    status: 409,
    message: `The response ${p.id} is on record, but not whole: it was longer than what is kept.`,
    fix: "Send the conversation as `input`, or raise ledger.bodies.max_bytes.",
  }),
  too_long: (p: { id: string; max: number; param?: string }) => ({
    status: 400,
    message: `The conversation before ${p.id} has more than ${p.max} items.`,
    fix: "Begin a new one with a summary, or raise responses.history_items_max.",
  }),
  too_many: (p: { max: number; retryAfterMs: number }) => ({
    status: 429,
    retry: "later",
    message: `Already ${p.max} answers are worked on in the background.`,
    fix: "Try again when some are done, or raise responses.background_max.",
  }),
  kept_by_record: (p: { id: string }) => ({
    status: 409,
    message: `The response ${p.id} is part of the record, which loses nothing before its time.`,
    fix: "Make responses that shall not be kept with store: false.",
  }),
});
