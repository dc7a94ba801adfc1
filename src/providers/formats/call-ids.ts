// Ids for tool calls of vendors that give none: made from where a call stands, so that every reading makes the same.

export interface CallIds {
  /** Of letters, digits, `_` and `-`, and shorter than the 40 characters that some vendors take. */
  make(...where: (string | number)[]): string;
  /** Ours are kept from the vendor, which would not know them. */
  isOurs(id: string): boolean;
}

const PART_LENGTH_MAX = 24;

/** `mark` begins each of them. */
export function createCallIds(mark: string): CallIds {
  const cut = (part: string | number): string =>
    String(part)
      .replaceAll(/[^\w-]/g, "")
      .slice(0, PART_LENGTH_MAX);
  return {
    make: (...where) => mark + where.map(cut).join("_"),
    isOurs: (id) => id.startsWith(mark),
  };
}
