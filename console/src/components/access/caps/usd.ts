// Dollars as the directory writes them, and micro-dollars as everything else does.

export const usdToMicros = (usd: number): number => Math.round(usd * 1_000_000);
export const microsToUsd = (micros: number): number => micros / 1_000_000;
