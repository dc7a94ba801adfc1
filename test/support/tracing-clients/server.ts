// What each tracing client is told: where the gateway is, which also takes traces, and the key.

export const url = process.env["BINNACLE_URL"] ?? "";
export const key = process.env["BINNACLE_KEY"] ?? "";
export const model = "sim/sim-instant";

export const weatherSchema = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
} as const;

/** What the client heard itself, for the test to hold the records against. */
export function say(heard: object): void {
  process.stdout.write(`${JSON.stringify(heard)}\n`);
}
