// What a page reads of its address: `validateSearch: readSearch({ tab: oneOf(tabs), open: text(200) })`. Each part is optional, and
// what cannot be read is left out, since anybody may have typed the address. Plain functions, for this is read before the first
// page is drawn: schemas of zod would come to a quarter of that.

type Reader<Value> = (said: unknown) => Value | undefined;

export const text =
  (lengthMax = Infinity): Reader<string> =>
  (said) =>
    typeof said === "string" && said !== "" && said.length <= lengthMax ? said : undefined;

export const oneOf =
  <const Word extends string>(words: readonly Word[]): Reader<Word> =>
  (said) =>
    words.find((word) => word === said);

/** From an address it comes as text. */
export const whole =
  (least = 0, most = Number.MAX_SAFE_INTEGER): Reader<number> =>
  (said) => {
    const number = typeof said === "string" && /^\d+$/.test(said) ? Number(said) : said;
    return typeof number === "number" && Number.isInteger(number) && number >= least && number <= most
      ? number
      : undefined;
  };

/** Digits, kept as they are written so that an address equals itself: links to it know that they are the current one. */
export const figure: Reader<string> = (said) =>
  typeof said === "string" && /^\d+(\.\d+)?$/.test(said) ? said : undefined;

type Read<Readers extends Record<string, Reader<unknown>>> = {
  [Name in keyof Readers]?: ReturnType<Readers[Name]> | undefined;
};

export function readSearch<Readers extends Record<string, Reader<unknown>>>(readers: Readers) {
  const fields = Object.entries(readers);
  return (said: Record<string, unknown>): Read<Readers> => {
    const read: Record<string, unknown> = {};
    for (const [name, reader] of fields) {
      const value = reader(said[name]);
      if (value !== undefined) read[name] = value;
    }
    // The names are those of the readers, and each value is what its reader gave.
    return read as Read<Readers>;
  };
}
