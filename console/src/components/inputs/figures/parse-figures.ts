// What someone types for a number, an amount or a length of time, as a figure; and the figure as text again. Undefined
// stands for what cannot be read: nothing is guessed.

const plainNumber = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;

/** `12`, `1,204`, `0.5`, `−3`. Null for nothing. */
export function parseNumber(text: string): number | null | undefined {
  const plain = withoutSeparators(text);
  if (plain === "") return null;
  return plainNumber.test(plain) ? Number(plain) : undefined;
}

/** Dollars with up to six places to whole micro-dollars, digit by digit, so that nothing is lost on the way. */
export function parseUsd(text: string): number | null | undefined {
  const plain = withoutSeparators(text.replace("$", ""));
  if (plain === "") return null;
  const [, sign, whole = "", places = ""] = /^([+-]?)(\d*)(?:\.(\d{0,6}))?$/.exec(plain) ?? [];
  if (sign === undefined || whole + places === "") return undefined;
  const micros = Number(whole) * 1_000_000 + Number(places.padEnd(6, "0"));
  if (!Number.isSafeInteger(micros)) return undefined;
  return sign === "-" && micros !== 0 ? -micros : micros;
}

/** Micro-dollars as they are typed: at least two places, no more than needed, no sign of the currency. */
export function formatTypedUsd(micros: number): string {
  const size = Math.abs(micros);
  const places = String(size % 1_000_000)
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${micros < 0 ? "-" : ""}${Math.trunc(size / 1_000_000)}.${places}`;
}

const unitMs = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const unitNames: Readonly<Record<string, keyof typeof unitMs>> = {
  ms: "ms",
  s: "s",
  sec: "s",
  m: "min",
  min: "min",
  h: "h",
  d: "d",
  day: "d",
  days: "d",
};

/** `30 s`, `15 min`, `1 h 30 min`, `7 d` to milliseconds. */
export function parseDuration(text: string): number | null | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === "") return null;
  const parts = [...plain.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)\s*/g)];
  if (parts.map(([whole]) => whole).join("") !== plain) return undefined;
  let sum = 0;
  for (const [, count, name = ""] of parts) {
    const unit = unitNames[name];
    if (unit === undefined) return undefined;
    sum += Number(count) * unitMs[unit];
  }
  return Math.round(sum);
}

/** `1 h 30 min`: in the largest units that leave nothing out. */
export function formatTypedDuration(ms: number): string {
  if (ms === 0) return "0 s";
  const parts: string[] = [];
  let rest = ms;
  for (const unit of ["d", "h", "min", "s", "ms"] as const) {
    const count = Math.floor(rest / unitMs[unit]);
    rest -= count * unitMs[unit];
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(" ");
}

function withoutSeparators(text: string): string {
  const plain = text.trim().replace("−", "-");
  // A comma is a separator of thousands only where three figures follow it; `1,5` is not fifteen.
  return /^[+-]?\d{1,3}(,\d{3})+(\.|$)/.test(plain) ? plain.replaceAll(",", "") : plain;
}
