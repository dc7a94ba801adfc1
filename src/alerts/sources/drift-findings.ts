// What the drift room has found and still finds, as alerts tell of it.
import type { Drift, Finding as DriftFinding } from "../../drift/index.ts";
import type { Finding } from "../figures.ts";

export async function readDriftFindings({ findings }: Pick<Drift, "findings">): Promise<Finding[]> {
  return (await findings({ open: true })).map(findingOf);
}

function findingOf({ kind, figure, profile, since_ms, evidence }: DriftFinding): Finding {
  const { model = "", route = null, prompt = null } = profile ?? {};
  const direction = evidence.erosion?.direction;
  return {
    labels: {
      finding: kind,
      figure,
      ...(profile && { model, route: route ?? "", prompt: prompt ?? "" }),
      ...(direction !== undefined && { direction }),
    },
    ...amountsOf(evidence),
    facts: { since_ms, names: evidence.names.join(", ") || null, profiles: evidence.erosion?.profiles ?? null },
  };
}

/** Of the measure that is farthest above its threshold; a stream's and an erosion's have none. */
function amountsOf({
  measures,
  change,
  erosion,
  names,
}: DriftFinding["evidence"]): Pick<Finding, "value" | "threshold"> {
  if (erosion) return { value: erosion.change, threshold: null };
  if (change) return { value: change.level, threshold: null };
  const [clearest] = measures
    .filter(({ drift }) => drift)
    .sort((one, other) => other.effect / other.threshold - one.effect / one.threshold);
  if (clearest) return { value: clearest.effect, threshold: clearest.threshold };
  return { value: names.length, threshold: null };
}
