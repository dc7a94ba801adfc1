// What can go wrong with rules, objectives, silences and channels.
import { defineErrors } from "../kernel/index.ts";

const didYouMean = (nearest: string | undefined): string =>
  nearest === undefined ? "" : ` Did you mean ${JSON.stringify(nearest)}?`;

export const alertsErrors = defineErrors("alerts", {
  unavailable: (_: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "Alerts are out of reach while PostgreSQL is away.",
    fix: "Try again in a moment; `binnacle status` shows the state of the database.",
  }),
  not_found: (p: { what: string; name: string; nearest?: string | undefined }) => ({
    status: 404,
    message: `There is no ${p.what} ${JSON.stringify(p.name)}.${didYouMean(p.nearest)}`,
    fix: "Lists show what there is; alerts that are over are in the history.",
  }),
  invalid: (p: { what: string; name: string; problems: string[] }) => ({
    status: 400,
    message: `The ${p.what} ${JSON.stringify(p.name)} does not hold:\n${p.problems.map((line) => `  - ${line}`).join("\n")}`,
    fix: "Mend the lines named above; the guide on objectives and alerts shows what is expected.",
  }),
  in_config: (p: { what: string; name: string }) => ({
    status: 409,
    message: `The ${p.what} ${JSON.stringify(p.name)} stands in the configuration.`,
    fix: "Change it there, or choose another name.",
  }),
  full: (p: { what: string; max: number; option: string }) => ({
    status: 409,
    message: `There are already ${p.max} ${p.what}.`,
    fix: `Delete some, or raise ${p.option}.`,
  }),
  silence_over: (p: { untilMs: number }) => ({
    status: 400,
    message: `A silence that ends ${new Date(p.untilMs).toISOString()} would end before it begins.`,
    fix: "Give an end that is to come.",
  }),
  bad_secret: (p: { channel: string; why: string }) => ({
    status: 500,
    message: `The channel ${JSON.stringify(p.channel)} cannot be used: ${p.why}.`,
    fix: "Look at what its secret refers to.",
  }),
});
