// A request under guardrails: masked, refused, or prepared so that attacks in it are harder.
import { type Edit, editPlaces, requestPlaces, type TextPlace } from "../../providers/index.ts";
import type { FoundOutside } from "../outside/outside.ts";
import type { Decided } from "../policies/policy.ts";
import { createMasks } from "../texts/masks.ts";
import { createCallChecks } from "./call-checks.ts";
import { type GuardState, passUnread, screeningOf } from "./guard-state.ts";
import { screenPlace, sideInRequest } from "./screen-texts.ts";

export interface RequestText {
  text: string;
  /** False for forms and requests in a vendor's own words. */
  isReadable: boolean;
  /** Puts words of ours before its messages. */
  addSystem(request: string, text: string): string;
}

/** The request as it may go on, once a person agrees where `state.asked` says so. Throws `guardrails.*`. */
export function screenRequest(
  state: GuardState,
  { text, isReadable, addSystem }: RequestText,
): string | Promise<string> {
  const { compiled, log, outside, countAlike } = state;
  const places = isReadable ? requestPlaces(text) : undefined;
  if (!places) return passUnread(state, text, "This request");
  state.masks = compiled.unmasks ? createMasks(text) : undefined;
  state.checks = createCallChecks(compiled, places);
  const tooLong = state.checks.requestTooLong(log);
  const last = countAlike && places.findLast(({ kind }) => kind === "user");
  if (last && countAlike(last.text) >= state.alikeMin) log.add(PROBING, { side: "input", place: last.path });
  const screen = (found?: FoundOutside): string => {
    const screening = screeningOf(state, state.masks, found);
    let refusal = tooLong;
    const agreed = new Map<TextPlace, Edit[]>();
    const masked = editPlaces(text, places, (place) => {
      const screened = screenPlace(place, sideInRequest(place.kind), screening);
      refusal ??= screened.refusal;
      agreed.set(place, screened.agreed);
      return screened.edits;
    });
    state.shown = masked;
    if (refusal) throw refusal;
    // Until somebody agrees, it is on record without what they are asked about.
    if (state.asked.length > 0)
      return state.checks.prepare(
        editPlaces(text, places, (place) => agreed.get(place) ?? []),
        addSystem,
      );
    state.shown = state.checks.prepare(masked, addSystem);
    return state.shown;
  };
  const asked = outside.find(places, { compiled, log, sideOf: sideInRequest });
  return asked ? asked.then(screen) : screen();
}

const PROBING: Decided = {
  policy: "probing",
  kind: "probing",
  mode: "observe",
  detector: "probing",
  score: 1,
  start: 0,
  end: 0,
  why: "many requests that are nearly the same",
};
