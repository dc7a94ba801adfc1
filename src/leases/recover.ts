// After a crash: what the process before this one held and spent is told to the database, once.
import type { Bank } from "./bank.ts";
import type { LeaseBook, LeftPage } from "./lease-book.ts";

/** Throws when the database is away; the books stay as they are until it is there. */
export async function closeLeftPages({ left, leftBy, isTrusted }: LeaseBook, bank: Bank): Promise<void> {
  if (left.length === 0) return;
  const granted = await bank.granted(
    leftBy,
    left.map(({ accountId: id, startsAtMs }) => ({ id, startsAtMs })),
  );
  const statements = left.map((page, index) => {
    const all = granted[index] ?? 0;
    const spent = spentOf(page, { granted: all, isTrusted });
    return {
      id: page.accountId,
      startsAtMs: page.startsAtMs,
      countsAfterMs: page.startsAtMs - 1,
      keptUntilMs: 0,
      cap: 0,
      refillPerMs: 0,
      lapses: false,
      spent,
      returned: Math.max(0, all - spent),
      freed: 0,
      recallSeen: Number.MAX_SAFE_INTEGER,
      need: 0,
      needLeast: 0,
      ahead: 0,
      recalls: false,
    };
  });
  await bank.exchange(leftBy, statements);
}

/** A call that was under way may have been answered and billed. When the machine went down, all of the lease may be. */
function spentOf(page: LeftPage, { granted, isTrusted }: { granted: number; isTrusted: boolean }): number {
  if (page.onCrash === "freed") return page.spent;
  return isTrusted ? page.spent + page.held : granted;
}
