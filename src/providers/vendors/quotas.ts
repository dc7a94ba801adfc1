// What vendors say in headers of how much of their limits is left, as data, and read into one shape. Who acts on it is the
// gateway. Sources: the vendors' own pages on rate limits, as of November 2026.
import type { AnswerHeaders } from "../../kernel/index.ts";

export interface VendorQuota {
  unit: "requests" | "tokens";
  limit: number | null;
  remaining: number;
  /** Until all of it is there again. */
  resetMs: number;
  /** It comes back little by little, rather than all at the end. */
  isEven: boolean;
}

interface QuotaHeaders {
  unit: VendorQuota["unit"];
  limit: string;
  remaining: string;
  /** A duration (`6m0s`, `120ms`), seconds, or a date; where there is none, this window is meant. */
  reset: string | { windowMs: number };
  isEven: boolean;
}

const MINUTE_MS = 60_000;
const units = ["requests", "tokens"] as const;

export const quotaStyles = {
  // OpenAI's own, which most others took over.
  openai: units.map((unit) => ({
    unit,
    limit: `x-ratelimit-limit-${unit}`,
    remaining: `x-ratelimit-remaining-${unit}`,
    reset: `x-ratelimit-reset-${unit}`,
    isEven: true,
  })),
  anthropic: (["requests", "tokens", "input-tokens", "output-tokens"] as const).map((name) => ({
    unit: name === "requests" ? ("requests" as const) : ("tokens" as const),
    limit: `anthropic-ratelimit-${name}-limit`,
    remaining: `anthropic-ratelimit-${name}-remaining`,
    reset: `anthropic-ratelimit-${name}-reset`,
    isEven: true,
  })),
  cerebras: [["requests", "requests-day"] as const, ["tokens", "tokens-minute"] as const].map(([unit, name]) => ({
    unit,
    limit: `x-ratelimit-limit-${name}`,
    remaining: `x-ratelimit-remaining-${name}`,
    reset: `x-ratelimit-reset-${name}`,
    isEven: false,
  })),
  mistral: [["requests", "req-minute"] as const, ["tokens", "tokens-minute"] as const].map(([unit, name]) => ({
    unit,
    limit: `x-ratelimit-limit-${name}`,
    remaining: `x-ratelimit-remaining-${name}`,
    reset: { windowMs: MINUTE_MS },
    isEven: false,
  })),
} satisfies Record<string, readonly QuotaHeaders[]>;

export type QuotaStyle = keyof typeof quotaStyles;

/** Those that a vendor told, the scarcest of each unit; what is told in part or makes no sense is left out. */
export function readQuotas(style: QuotaStyle, headers: AnswerHeaders, nowMs: number): VendorQuota[] {
  const told = (quotaStyles[style] as readonly QuotaHeaders[]).flatMap((names): VendorQuota[] => {
    const remaining = amountIn(headers.get(names.remaining));
    const resetMs = typeof names.reset === "string" ? waitIn(headers.get(names.reset), nowMs) : names.reset.windowMs;
    if (remaining === null || resetMs === null) return [];
    return [{ unit: names.unit, limit: amountIn(headers.get(names.limit)), remaining, resetMs, isEven: names.isEven }];
  });
  return units.flatMap((unit) => {
    const ofUnit = told.filter((quota) => quota.unit === unit);
    return ofUnit.toSorted((a, b) => a.remaining - b.remaining).slice(0, 1);
  });
}

function amountIn(text: string | null): number | null {
  const amount = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(amount) && amount >= 0 ? amount : null;
}

const PART_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: MINUTE_MS, h: 3_600_000, d: 86_400_000 };
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/** Milliseconds from now; null for what is neither a duration, nor seconds, nor a date. */
function waitIn(text: string | null, nowMs: number): number | null {
  if (text === null || text.trim() === "") return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds < 0 ? null : seconds * 1000;
  const parts = [...text.matchAll(PART)];
  if (parts.length > 0 && parts.map(([part]) => part).join("") === text.trim())
    return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (PART_MS[unit ?? ""] ?? 0), 0);
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
