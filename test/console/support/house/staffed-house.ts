// A program with teams, projects, people and keys under caps, some of which are partly used up.
import { until } from "../../../support/until.ts";
import { nothing, stored } from "../data.ts";
import type { House, StartHouse } from "./house.ts";
import { startHouse } from "./start-house.ts";

export const startStaffed: StartHouse = async (options) => {
  const house = await startHouse({ ...options, data: nothing });
  try {
    await staff(house);
    return house;
  } catch (error) {
    await house.close();
    throw error;
  }
};

/** Priced high enough that a few calls show. */
export const STAFFED_CONFIG = `
providers:
  prices:
    sim/sim-instant: { input_usd_per_million: 1000, output_usd_per_million: 2000 }
`;

const CALLS = 3;

async function staff({ url, client }: House): Promise<void> {
  const month = { every: "month", when_short: "refuse" } as const;
  await client.teams.create({ name: "finance", budgets: [{ usd: 50, soft_usd: 40, ...month }] });
  await client.teams.create({ name: "core", limits: [{ requests: 600, every: "minute" }] });
  await client.projects.create({
    name: "atlas",
    teams: ["core"],
    budgets: [{ usd: 2, every: "ever", when_short: "refuse" }],
  });
  await client.users.create({ name: "ada", teams: ["core"], roles: ["developer"] });
  await client.users.create({ name: "bo", teams: ["finance"] });
  await client.keys.create({ name: "ada's own", user: "ada" });
  await client.keys.create({ name: "over", team: "finance", expires_at_ms: Date.now() - 60_000 });
  const { secret, id } = await client.keys.create({ name: "atlas ci", project: "atlas", models: ["sim/*"] });
  for (let count = 0; count < CALLS; count += 1) await call(url, secret);
  await stored({ client, chat: (body) => call(url, secret, body) }, CALLS);
  await until(async () => spentBy(await client.budgets({ limit: 200 })) > 0);
  await until(async () => {
    const { rows } = await client.figures.series({ key: id, bucket: "none" });
    return rows[0]?.records === CALLS;
  });
}

const spentBy = ({ budgets }: Awaited<ReturnType<House["client"]["budgets"]>>): number =>
  budgets.find(({ whose, unit }) => whose === "project atlas" && unit === "usd_micros")?.spent ?? 0;

/** As a program does it, with its own key; read to the end. */
export async function call(url: string, key: string, body: unknown = ASKED): Promise<Response> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response;
}

const ASKED = {
  model: "sim/sim-instant",
  max_tokens: 20,
  messages: [{ role: "user", content: "Which way is north?" }],
};
