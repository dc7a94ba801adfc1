// Pages of lists, turned until there are enough.
import type { Some } from "../sources.ts";

interface Page {
  limit: number;
  cursor?: string | undefined;
}

/** Until there are enough, or no more. A page may have nothing in it and one that follows. */
export async function allPages<Fact>(
  limit: number,
  ask: (page: Page) => Promise<{ items: readonly Fact[]; next_cursor: string | null }>,
): Promise<Some<Fact>> {
  const items: Fact[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const found = await ask({ limit: PAGE, cursor });
    items.push(...found.items);
    if (found.next_cursor === null) return { items: items.slice(0, limit), is_cut: items.length > limit };
    if (items.length >= limit) return { items: items.slice(0, limit), is_cut: true };
    cursor = found.next_cursor;
  }
  return { items, is_cut: true };
}

const PAGE = 200;
const PAGES_MAX = 10_000;

/** Of one after the other, as many as there may be of all. */
export async function ofEach<Fact>(
  names: readonly string[],
  limit: number,
  ask: (name: string, left: number) => Promise<Some<Fact>>,
): Promise<Some<Fact>> {
  const items: Fact[] = [];
  for (const name of names) {
    const found = await ask(name, limit - items.length);
    items.push(...found.items);
    if (found.is_cut) return { items, is_cut: true };
  }
  return { items, is_cut: false };
}
