// Cuts a JSON array into its objects while it comes, bit by bit: Gemini's streams where nobody asked for events. One object that
// stands alone is taken too: so comes an error.

export interface ArrayCutter {
  /** The objects that this text completes, as text. Throws nothing; see `fault`. */
  feed(text: string): string[];
  /** `too_long`, or `malformed` for what is neither an array of objects nor one. */
  readonly fault: "too_long" | "malformed" | undefined;
  /** The array, or the lone object, has come to its end. */
  readonly isWhole: boolean;
}

/** `lengthMax` bounds one object, in UTF-16 units. */
export function createArrayCutter(lengthMax: number): ArrayCutter {
  let held = "";
  let [depth, isText, isEscaped] = [0, false, false];
  let [isArray, isWhole] = [false, false];
  let fault: ArrayCutter["fault"];

  /** Between objects: only the array's own signs and white space. */
  function readBetween(sign: string): void {
    if (sign === "[" && !isArray && !isWhole) isArray = true;
    else if (sign === "]" && isArray) [isArray, isWhole] = [false, true];
    else if (!/[\s,]/.test(sign)) fault = "malformed";
  }

  function readWithin(sign: string): void {
    if (isText) {
      if (isEscaped) isEscaped = false;
      else if (sign === "\\") isEscaped = true;
      else if (sign === '"') isText = false;
    } else if (sign === '"') isText = true;
    else if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") depth -= 1;
  }

  return {
    get fault() {
      return fault;
    },
    get isWhole() {
      return isWhole;
    },
    feed(text) {
      const objects: string[] = [];
      let begin = 0;
      for (let place = 0; place < text.length && fault === undefined; place += 1) {
        const sign = text.charAt(place);
        if (depth === 0 && (sign !== "{" || isWhole)) {
          readBetween(sign);
          continue;
        }
        if (depth === 0) begin = place;
        readWithin(sign);
        if (depth > 0) continue;
        objects.push(held + text.slice(begin, place + 1));
        held = "";
        isWhole ||= !isArray;
      }
      if (depth > 0) held += text.slice(begin);
      if (held.length > lengthMax) {
        fault ??= "too_long";
        held = "";
      }
      return objects;
    },
  };
}
