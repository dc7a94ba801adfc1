// Waiting for something to come to pass, on a machine of any speed.

/** Far more than it takes anywhere, and less than a test may take. */
const BOUND_MS = 90_000;
const PAUSE_MS = 5;

type Nothing = false | null | undefined;

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await untilFound(condition);
}

/** Looks until there is something, and gives it. */
export async function untilFound<T>(look: () => T | Promise<T>, pauseMs = PAUSE_MS): Promise<Exclude<T, Nothing>> {
  const endMs = performance.now() + BOUND_MS;
  for (;;) {
    const found = await look();
    if (isSomething(found)) return found;
    if (performance.now() > endMs) throw new Error("it did not come to pass");
    await Bun.sleep(pauseMs);
  }
}

function isSomething<T>(found: T): found is Exclude<T, Nothing> {
  return found !== undefined && found !== null && found !== false;
}
