// Zod pieces for values that people write in a config file: durations, sizes, secrets.
import { z } from "zod";

const DURATION_UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTE_UNITS = { b: 1, kb: 1024, kib: 1024, mb: 1024 ** 2, mib: 1024 ** 2, gb: 1024 ** 3, gib: 1024 ** 3 } as const;

function withUnits(units: Record<string, number>, example: string) {
  const pattern = new RegExp(`^(\\d+(?:\\.\\d+)?)\\s*(${Object.keys(units).join("|")})$`, "i");
  return z
    .union([z.number().int().nonnegative(), z.string().regex(pattern, `write it like ${example}`)])
    .transform((value) => {
      if (typeof value === "number") return value;
      const [, amount, unit] = pattern.exec(value) ?? [];
      return Math.round(Number(amount) * (units[(unit ?? "").toLowerCase()] ?? 1));
    });
}

/** `"30s"`, `"10m"`, or a number of milliseconds; becomes milliseconds. */
export const duration = () => withUnits(DURATION_UNITS, "30s or 10m");

/** `"32MiB"`, or a number of bytes; becomes bytes. */
export const byteSize = () => withUnits(BYTE_UNITS, "512KiB or 32MiB");

/** A secret is written as a reference, `env:NAME` or `file:/path`, never as itself. */
export const secretRef = () =>
  z
    .string()
    .regex(
      /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/,
      "a secret is a reference: env:NAME or file:/path, never the secret itself",
    );
