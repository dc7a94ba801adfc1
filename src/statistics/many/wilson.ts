// Wilson's interval of a share, which stays between nought and one and holds for few cases too.
import { normalQuantile } from "../comparisons/normal.ts";

export function wilsonInterval(
  { hits, count }: { hits: number; count: number },
  confidence = 0.95,
): { low: number; high: number } {
  const z2 = normalQuantile((1 + confidence) / 2) ** 2;
  const share = hits / count;
  const middle = (share + z2 / (2 * count)) / (1 + z2 / count);
  const reach = Math.sqrt((share * (1 - share) * z2) / count + z2 ** 2 / (4 * count ** 2)) / (1 + z2 / count);
  return { low: middle - reach, high: middle + reach };
}
