// Two calls can be marked: a third takes the place of the one that was marked first.

export function toggleMark(marked: readonly string[], id: string): string[] {
  return marked.includes(id) ? marked.filter((each) => each !== id) : [...marked, id].slice(-2);
}
