// What can go wrong with views.
import { defineErrors } from "../kernel/index.ts";

export const viewsErrors = defineErrors("views", {
  unavailable: (_: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "Saved views are out of reach while PostgreSQL is away.",
    fix: "Try again in a moment; `binnacle status` shows the state of the database.",
  }),
  not_found: (p: { id: string }) => ({
    status: 404,
    message: `There is no view ${JSON.stringify(p.id)} of yours.`,
    fix: "`binnacle views list` shows them; one that others share is theirs to change.",
  }),
  too_many: (p: { max: number }) => ({
    status: 409,
    message: `You keep ${p.max} views already.`,
    fix: "Delete one, or raise views.per_owner_max.",
  }),
});
