// A route whose calls are compared with a baseline.
import { until } from "../../../support/until.ts";
import { makeCall } from "../data.ts";
import type { Data, Filled } from "./house.ts";

export const COMPARED_CONFIG = `
drift:
  interval: 500ms
  settle: 1s
  confirm_looks: 1
  baseline: { calls_min: 20 }
`;
const CALLS = 24;

async function callOften(app: Filled): Promise<void> {
  for (let index = 0; index < CALLS; index += 1)
    await makeCall(app, { model: "desk", messages: [{ role: "user", content: `Where is parcel ${index}?` }] });
}

export const compared: Data = async (app) => {
  await app.client.routes.put({ name: "desk", plan: { targets: ["sim/sim-small"] } });
  // What is stored later than `settle` is not looked at, so some more may be needed.
  await until(async () => {
    await callOften(app);
    return (await app.client.drift.state()).profiles.some(({ calls }) => calls >= CALLS);
  });
  await app.client.drift.baselines.put({ model: "desk", label: "release 7" });
};
