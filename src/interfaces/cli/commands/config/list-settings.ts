// `config list`: what the running server holds, value by value, with where each was set.
import type { Settings } from "../../../contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { dim, type Piece, yellow } from "../../terminal/style.ts";

export interface ListSettingsOptions {
  search?: string;
  changed?: boolean;
}

type Setting = Settings["settings"][number];

export async function listSettings(cli: Cli, { search = "", changed = false }: ListSettingsOptions): Promise<void> {
  const { output } = cli;
  const { file, settings } = await connect(cli).api.config();
  const wanted = search.toLowerCase();
  const found = settings.filter(
    ({ path, description, source }) =>
      `${path} ${description}`.toLowerCase().includes(wanted) && !(changed && source.kind === "default"),
  );
  if (output.isJson) return output.json({ file, settings: found });
  if (found.length === 0) return output.note("No value is like that.");
  output.table(
    [
      { title: "SETTING", shrinksTo: 16 },
      { title: "VALUE", shrinksTo: 8 },
      { title: "SET BY", shrinksTo: 10 },
      { title: "DEFAULT", shrinksTo: 8 },
    ],
    found.map((setting) => [setting.path, valueOf(setting), sourceOf(setting), describe(setting.default)]),
  );
}

function valueOf(setting: Setting): Piece {
  const text = setting.unit === null ? describe(setting.value) : `${describe(setting.value)} ${setting.unit}`;
  return setting.waits_for_start ? yellow(`${text} until the next start`) : text;
}

const describe = (value: unknown): string =>
  value === null || value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value);

function sourceOf({ source }: Setting): Piece {
  if (source.kind === "default") return dim("default");
  return source.kind === "file" ? `${source.file}:${source.line}` : source.variable;
}
