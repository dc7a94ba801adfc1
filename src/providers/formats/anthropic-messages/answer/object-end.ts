// Whether a JSON object that comes piece by piece has come to its end, without reading any piece twice.

export interface ObjectEnd {
  /** `text` is all that came so far; what was seen before is not looked at again. */
  isReached(text: string): boolean;
}

export function createObjectEnd(): ObjectEnd {
  let seen = 0;
  let depth = 0;
  let isReached = false;
  let isInText = false;

  return {
    isReached(text) {
      for (; seen < text.length && !isReached; seen += 1) {
        const character = text[seen];
        if (isInText) {
          // The escaped character may be still to come; it is passed over then.
          if (character === "\\") seen += 1;
          else if (character === '"') isInText = false;
        } else if (character === '"') isInText = true;
        else if (character === "{") depth += 1;
        else if (character === "}") {
          depth -= 1;
          isReached = depth <= 0;
        }
      }
      return isReached;
    },
  };
}
