// What a point belongs to: a metric with one set of labels, of one resource and sender. Its id is made of what it is, so that
// processes agree on it without asking each other.
import type { JsonValue, Sender, WireAttributes, WireMetric } from "../wire/wire-span.ts";
import type { RecordGroup } from "../wire/open-export.ts";

export interface Series {
  id: string;
  name: string;
  description: string;
  unit: string;
  type: WireMetric["type"];
  temporality: WireMetric["temporality"];
  is_monotonic: boolean;
  scope: string;
  service: string | null;
  key_id: string;
  team: string | null;
  project: string | null;
  resource: WireAttributes;
  attributes: WireAttributes;
}

export interface SeriesOf {
  metric: WireMetric;
  group: Pick<RecordGroup<unknown>, "resource" | "scope">;
  sender: Sender;
}

export function seriesOf(attributes: WireAttributes, { metric, group, sender }: SeriesOf): Series {
  const { name, description, unit, type, temporality, isMonotonic } = metric;
  const resource = group.resource.attributes;
  const service = resource["service.name"];
  const series = {
    name,
    description,
    unit,
    type,
    temporality,
    is_monotonic: isMonotonic,
    scope: group.scope.name,
    service: typeof service === "string" ? service : null,
    key_id: sender.key_id,
    team: sender.team,
    project: sender.project,
    resource,
    attributes,
  };
  return { id: idOf(series), ...series };
}

/** The description may change without making another series of it. */
function idOf({ description: _, ...series }: Omit<Series, "id">): string {
  const told = { ...series, resource: inOrder(series.resource), attributes: inOrder(series.attributes) };
  const digest = new Bun.CryptoHasher("md5").update(JSON.stringify(told)).digest("hex");
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Senders need not keep to an order of labels. */
function inOrder(attributes: WireAttributes): [string, JsonValue][] {
  return Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
