// The real program on a data folder, with a clock that is moved and invented vendors in the network's place.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { type BinnacleClient, createClient } from "../../client/index.ts";
import { createApp } from "../../src/app.ts";
import { readAppConfig } from "../../src/app-config.ts";
import { createWorld, type Log } from "../../src/kernel/index.ts";
import { openHome } from "../../src/storage/index.ts";
import type { MovedClock } from "./clock.ts";
import type { Dice } from "./dice.ts";
import { harbourYaml, yamlWhileSeeding } from "./harbour/config-yaml.ts";
import type { StandIn } from "./vendors/stand-in.ts";

export interface House {
  url: string;
  /** The first admin key's file. */
  adminKeyPath: string;
  home: string;
  /** As whoever has this key. */
  clientOf(key: string): BinnacleClient;
  close(): Promise<void>;
}

export interface HouseDeps {
  home: string;
  env: Record<string, string | undefined>;
  clock: MovedClock;
  dice: Dice;
  standIn: StandIn;
  consoleFolder: string;
  log?: Log;
}

export const CONFIG_FILE = "binnacle.yaml";

/** What holds while the week is lived through: rules are looked at as often as a week in a minute needs it. */
const WHILE_SEEDING = {
  BINNACLE__ALERTS__INTERVAL: "500ms",
  // What is at hand for budgets stays at hand, though minutes pass between two calls.
  BINNACLE__LEASES__IDLE_AFTER: "30d",
  BINNACLE__LEASES__RENEW_INTERVAL: "50ms",
  // A day in seconds: everything would be late against the moved clock.
  BINNACLE__ALERTS__DEFAULT_RULES__SIGNAL_LAG: "false",
};

/** Throws `storage.home_in_use` where a server has the folder. */
export async function startHouse(deps: HouseDeps): Promise<House> {
  const home = openHome(deps.home);
  const configPath = join(home.path, CONFIG_FILE);
  try {
    writeFileSync(configPath, harbourYaml, { mode: 0o600 });
    const env = { BINNACLE__INTERFACES__PORT: "0", ...WHILE_SEEDING, ...deps.env, BINNACLE__HOME: home.path };
    const config = readAppConfig({ yaml: yamlWhileSeeding(), path: configPath, env });
    const { clock, dice, standIn, consoleFolder, log } = deps;
    const app = createApp(config, {
      world: createWorld({
        nowMs: clock.nowMs,
        monotonicMs: clock.monotonicMs,
        random: dice.random,
        fetch: standIn.fetch,
        ...(log && { log }),
      }),
      home,
      env,
      version: packageJson.version,
      consoleFolder,
    });
    const close = async (): Promise<void> => {
      await app.close();
      home.close();
    };
    try {
      const { url, adminKey } = await app.start();
      const clientOf = (key: string): BinnacleClient => createClient({ url, key });
      return { url, adminKeyPath: adminKey.path, home: home.path, clientOf, close };
    } catch (error) {
      await app.close();
      throw error;
    }
  } catch (error) {
    home.close();
    throw error;
  }
}
