// Observability's errors: what was asked for that cannot be shown.
import { defineErrors } from "../kernel/index.ts";

export const observabilityErrors = defineErrors("observability", {
  unknown_dimension: (p: { name: string; nearest: readonly string[] }) => ({
    status: 400,
    message: `There are no figures by ${p.name}.`,
    fix: `${p.nearest.length > 0 ? `Did you mean ${p.nearest.join(" or ")}? ` : ""}The API's description lists what figures can be asked by.`,
  }),
  too_many_dimensions: (p: { max: number }) => ({
    status: 400,
    message: `Figures can be asked by at most ${p.max} dimensions at once.`,
    fix: "Leave some out, or ask twice.",
  }),
  requests_alone: () => ({
    status: 400,
    message: "Costs by request stand for themselves: every request is a row of its own.",
    fix: "Ask by request alone, and narrow with model=, team= and the like.",
  }),
  bad_traffic: (p: { given: string; max: number }) => ({
    status: 400,
    message: `This does not say how much traffic there will be: ${p.given}.`,
    fix: `Write up to ${p.max} figures with a comma between, each how many times today's traffic: 1,2,10.`,
  }),
});
