// How grave a log is, in one word: as it was sent, or by OpenTelemetry's numbers.
import type { WireLog } from "../../wire/wire-span.ts";

const names = ["trace", "debug", "info", "warn", "error", "fatal"];

/** Four numbers share a word; null where nothing was said. */
export function severityOf({ severityText, severityNumber }: WireLog): string | null {
  const byNumber = severityNumber >= 1 && severityNumber <= 24 ? names[Math.ceil(severityNumber / 4) - 1] : undefined;
  return byNumber ?? (severityText === "" ? null : severityText.slice(0, 50).toLowerCase());
}
