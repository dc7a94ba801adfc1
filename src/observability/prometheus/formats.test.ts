import { expect, test } from "bun:test";
import { formatFor } from "./formats.ts";

test.each([
  [null, "text"],
  ["", "text"],
  ["*/*", "text"],
  ["text/plain", "text"],
  ["application/openmetrics-text", "openmetrics"],
  ["application/openmetrics-text; version=1.0.0", "openmetrics"],
  // As Prometheus asks.
  ["application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1", "openmetrics"],
  ["text/plain;q=0.9, application/openmetrics-text;q=0.5", "text"],
  ["application/openmetrics-text;q=0", "text"],
  ["application/openmetrics-text;q=x", "text"],
  [`${"a/b,".repeat(10_000)}application/openmetrics-text`, "text"],
] as const)("who accepts %p gets %s", (accept, format) => {
  expect(formatFor(accept)).toBe(format);
});
