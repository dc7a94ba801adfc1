// Ids of tool calls. Ollama's older versions give none: a result then says the tool's name, and follows its call. Ours are made
// from where the call stands, so that every reading makes the same, and are kept from Ollama, which would not know them.

const MARK = "ollama_";

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

/** Undefined for an id of our own, and where there is none. */
export function idForVendor(id: string | undefined): string | undefined {
  return id === undefined || id === "" || id.startsWith(MARK) ? undefined : id;
}
