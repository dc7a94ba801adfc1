// How long to go on looking for an entry of the audit trail: it comes onto the trail a moment after what it tells of, and gets its
// place in the tree a moment later.
const looksMax = 30;
const pauseMs = 1000;

/** `index` as the entry has it, undefined where there is none yet after so many looks. In milliseconds; false: no more. */
export function pauseBeforeNextLook(index: number | null | undefined, looks: number): number | false {
  return index === null || (index === undefined && looks < looksMax) ? pauseMs : false;
}
