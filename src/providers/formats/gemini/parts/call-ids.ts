// Ids of tool calls. Gemini's older versions give none: a call and its result are told apart by name and order. Ours are made
// from where the call stands, so that every reading makes the same, and are kept from Gemini, which would not know them.

const MARK = "gemini_";

/** Of letters, digits, `_` and `-`, and shorter than the 40 characters that some vendors take. */
export function makeCallId(...where: (string | number)[]): string {
  return (
    MARK +
    where
      .map((each) =>
        String(each)
          .replaceAll(/[^\w-]/g, "")
          .slice(0, 24),
      )
      .join("_")
  );
}

/** Nothing for an id of our own. */
export function idForVendor(id: string): { id?: string } {
  return id === "" || id.startsWith(MARK) ? {} : { id };
}
