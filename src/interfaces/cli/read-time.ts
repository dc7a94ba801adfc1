// Times as people type them: `30m`, `7d`, `2026-11-21`, `2026-11-21T14:00`.
import { duration } from "../../kernel/index.ts";
import { cliErrors } from "./errors.ts";

/** Epoch milliseconds of a moment that lies `text` ago, or of a date. Throws `cli.usage`. */
export function readPast(text: string, nowMs: number): number {
  return readMoment("--since", text, (ms) => nowMs - ms);
}

/** Epoch milliseconds of a moment that lies `text` ahead, or of a date. Throws `cli.usage`, also when it is past. */
export function readFuture(text: string, nowMs: number): number {
  const moment = readMoment("--expires", text, (ms) => nowMs + ms);
  if (moment > nowMs) return moment;
  throw cliErrors.usage({ message: `--expires lies in the past: ${text}.`, help: "binnacle keys create --help" });
}

/** The same for any option. Throws `cli.usage`, also when it is past. */
export function readAhead(option: string, text: string, nowMs: number): number {
  const moment = readMoment(option, text, (ms) => nowMs + ms);
  if (moment > nowMs) return moment;
  throw cliErrors.usage({ message: `${option} lies in the past: ${text}.`, help: "binnacle --help" });
}

function readMoment(option: string, text: string, shift: (ms: number) => number): number {
  const span = /^\d+$/.test(text) ? undefined : duration().safeParse(text).data;
  const moment = span === undefined ? readDate(text) : shift(span);
  if (moment !== undefined && Number.isSafeInteger(moment)) return moment;
  throw cliErrors.usage({
    message: `${option} is not a time: ${text}. Write it like 30m, 12h, 7d or 2026-11-21.`,
    help: "binnacle --help",
  });
}

/** A date alone means its start here, not in UTC. */
function readDate(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const moment = new Date(text.length === 10 ? `${text}T00:00` : text).getTime();
  return Number.isNaN(moment) ? undefined : moment;
}
