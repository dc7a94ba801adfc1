// What goes wrong at the first of two vendors, as data, and how well Binnacle must do all the same. The second is always well.
import type { Weather } from "./faulty-vendor.ts";

export interface Storm {
  name: string;
  /** What the first vendor does at this time after the fault began. */
  weather(afterMs: number): Weather;
  /** At least this share of calls must be answered whole with everything on. */
  answeredMin: number;
  /** All calls are streams, rather than half of them. */
  streamsOnly?: boolean;
  /** Added time is what is more than in this one. */
  isFair?: boolean;
}

const FLAP_MS = 1000;

export const storms: readonly Storm[] = [
  { name: "fair", weather: () => ({}), answeredMin: 1, isFair: true },
  { name: "down", weather: () => ({ refused: 1 }), answeredMin: 1 },
  { name: "failing", weather: () => ({ "503": 1 }), answeredMin: 1 },
  { name: "slow", weather: () => ({ slow: 1 }), answeredMin: 1 },
  // Only streams show when their first token is late.
  { name: "sometimes_slow", weather: () => ({ slow: 0.04 }), answeredMin: 1, streamsOnly: true },
  {
    name: "flapping",
    weather: (afterMs) => (Math.floor(afterMs / FLAP_MS) % 2 === 0 ? { "503": 1 } : {}),
    answeredMin: 1,
  },
  { name: "limited", weather: () => ({ "429": 1 }), answeredMin: 1 },
  { name: "stalls", weather: () => ({ stall: 1 }), answeredMin: 1 },
  // What breaks after its first content cannot be saved: half of the calls are streams.
  { name: "cuts", weather: () => ({ cut: 1 }), answeredMin: 0.9 },
  { name: "garbage", weather: () => ({ garbage: 1 }), answeredMin: 1 },
  { name: "revoked", weather: () => "revoked", answeredMin: 1 },
];
