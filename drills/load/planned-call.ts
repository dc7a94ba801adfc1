// The calls of a drill: which there are is drawn from the seed, so that a run can be repeated. Each call carries a tag of
// its own, which the record keeps; so its record is known even when the connection broke before its id came.
import { type PreparedCall, prepareCall } from "../../bench/load/prepare-call.ts";
import type { Dice } from "../run/dice.ts";

export interface PlannedCall {
  /** Unique in a drill. */
  tag: string;
  model: string;
  stream: boolean;
  /** The upstream answers without a wait, so that all the time it takes is Binnacle's. */
  isInstant: boolean;
}

const TOKENS = { least: 10, most: 80 };
const TOKEN_MS = { least: 3, most: 12 };

/** Half JSON, half streams of a third of a second or so: at 200 a second, dozens are under way at any moment. */
export function* planCalls(dice: Dice, tagPrefix: string): Generator<PlannedCall, never> {
  for (let number = 1; ; number += 1) {
    const stream = dice.random() < 0.5;
    const tokens = dice.between(TOKENS.least, TOKENS.most);
    const tokenMs = dice.between(TOKEN_MS.least, TOKEN_MS.most);
    const isInstant = !stream && dice.random() < 0.5;
    const slowly = `sim/sim-small?token_ms=${stream ? tokenMs : 1}&tokens=${tokens}`;
    yield { tag: `${tagPrefix}-${number}`, stream, isInstant, model: isInstant ? "sim/sim-instant" : slowly };
  }
}

/** One call that is answered as fast as can be. */
export function planProbe(tag: string): PlannedCall {
  return { tag, model: "sim/sim-instant", stream: false, isInstant: true };
}

export function prepare({ tag, model, stream }: PlannedCall, { url, key }: { url: string; key: string }): PreparedCall {
  return prepareCall({
    url: `${url}/v1/chat/completions`,
    headers: { authorization: `Bearer ${key}`, "x-binnacle-tags": tag },
    body: JSON.stringify({ model, stream, messages: [{ role: "user", content: `What became of call ${tag}?` }] }),
  });
}
