// Waiting for something to come to pass, on a machine of any speed.

/** Far more than it takes anywhere, and less than a test may take. */
const BOUND_MS = 45_000;
const PAUSE_MS = 5;

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + BOUND_MS;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error("it did not come to pass");
    await Bun.sleep(PAUSE_MS);
  }
}
