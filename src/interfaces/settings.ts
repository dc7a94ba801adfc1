// The config that is in force, as the API shows it: each value with where it was set. A reload takes some of it over, and what it
// leaves for the next start is told. What a config is, and what of it is taken over, is said by whoever wires this.
import type { ConfigSources, Setting } from "../kernel/index.ts";
import type { Settings } from "./contract.ts";

type Reload<Config> = (config: Config, sources?: ConfigSources) => Promise<string[]>;

export interface KeptSettings<Config> {
  read(): Settings;
  /** The same reload, whose outcome is shown from then on. */
  following(reload: Reload<Config>): Reload<Config>;
}

export interface SettingsDeps<Config> {
  /** Left out where nobody asks where a value was set. */
  configSources?: ConfigSources;
  explain(config: Config, sources: ConfigSources): Setting[];
  /** What holds after a reload of a config that was started with another. */
  takenOver(first: Config, next: Config): Config;
}

const UNTOLD: ConfigSources = { path: "", env: {} };

export function createSettings<Config>(first: Config, deps: SettingsDeps<Config>): KeptSettings<Config> {
  const { configSources = UNTOLD, explain, takenOver } = deps;
  let sources = configSources;
  let [running, latest] = [first, first];
  // Made when it is asked for: that takes some 100 ms.
  let known: Settings | undefined;

  function describe(): Settings {
    const later = new Map(explain(latest, sources).map((setting) => [setting.path, setting.value]));
    return {
      file: sources.yaml === undefined ? null : sources.path,
      settings: explain(running, sources).map((setting) => ({
        ...setting,
        waits_for_start: JSON.stringify(later.get(setting.path)) !== JSON.stringify(setting.value),
      })),
    };
  }

  return {
    read: () => (known ??= describe()),
    following: (reload) => async (next, given) => {
      const left = await reload(next, given);
      [latest, running, sources, known] = [next, takenOver(first, next), given ?? sources, undefined];
      return left;
    },
  };
}
