// `models list`: what callers can write as `model`, with prices per million tokens.
import type { ModelView } from "../../../providers/contract.ts";
import type { Cli } from "../cli.ts";
import { connect } from "../connect.ts";
import { cyan, dim, type Piece } from "../terminal/style.ts";
import type { Column } from "../terminal/table.ts";
import { formatCount } from "./call-rows.ts";

const columns: Column[] = [
  { title: "MODEL", shrinksTo: 20 },
  { title: "BY", shrinksTo: 8 },
  { title: "$/M IN", align: "right" },
  { title: "$/M OUT", align: "right" },
  { title: "CONTEXT", align: "right" },
  { title: "CAPABILITIES", shrinksTo: 8 },
];

export interface ListModelsOptions {
  search?: string;
  limit: number;
  callable?: boolean;
}

export async function listModels(cli: Cli, options: ListModelsOptions): Promise<void> {
  const { output } = cli;
  const { callable = false, ...asked } = options;
  const found = await connect(cli).api.models({ ...asked, callable: callable ? "true" : "false" });
  if (output.isJson) return output.json(found);
  if (found.models.length === 0) return output.note("No model has that in its name.");
  output.table(
    columns,
    found.models.map((model) => [
      cyan(model.id),
      model.vendor ?? `route over ${model.targets.length}`,
      formatPrice(model, model.input_usd_per_million),
      formatPrice(model, model.output_usd_per_million),
      model.context_tokens === null ? dim("–") : formatCount(model.context_tokens),
      model.capabilities.join(" "),
    ]),
  );
  const hidden = found.total - found.models.length;
  if (hidden > 0) output.note(dim(`${hidden} more: narrow them down with --search, or raise --limit.`));
}

function formatPrice({ priced }: ModelView, usd: number | null): Piece {
  return priced && usd !== null ? String(usd) : dim("unpriced");
}
