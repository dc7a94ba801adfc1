// Names with `*` for any text. Linear in the length of the name, whatever the pattern.

export function createNameMatch(pattern: string): (name: string) => boolean {
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => {
    if (!name.startsWith(first)) return false;
    let from = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    return name.length - last.length >= from && name.endsWith(last);
  };
}
