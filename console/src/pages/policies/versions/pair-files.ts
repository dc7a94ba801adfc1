// Files of two versions side by side, those alone that differ; what is in one only stands against nothing.

export interface PolicyFile {
  name: string;
  text: string;
}

export interface FilePair {
  name: string;
  before: string;
  after: string;
}

export function pairFiles(before: readonly PolicyFile[], after: readonly PolicyFile[]): FilePair[] {
  const textOf = (files: readonly PolicyFile[], name: string): string =>
    files.find((file) => file.name === name)?.text ?? "";
  const names = [...new Set([...before, ...after].map(({ name }) => name))].toSorted();
  return names
    .map((name) => ({ name, before: textOf(before, name), after: textOf(after, name) }))
    .filter((pair) => pair.before !== pair.after);
}
