// What sums can be asked by, in which steps of time and in which order: names alone, for whoever needs no schemas.

/** What sums can be asked by. `own` is "true" for what went through this gateway; a record with two tags is under both; only tenants' records have an organisation. */
export const sumDimensions = [
  "kind",
  "own",
  "key",
  "user",
  "team",
  "project",
  "model",
  "route",
  "vendor",
  "tag",
  "pattern",
  "service",
  "environment",
  "outcome",
  "prompt",
  "organisation",
] as const;
export type SumDimension = (typeof sumDimensions)[number];

export const sumBuckets = ["minute", "hour", "day", "none"] as const;
export type SumBucket = (typeof sumBuckets)[number];

export const sumOrders = ["cost", "records", "wasted", "saved"] as const;
