// `views list`, `save`, `delete`.
import type { PutView } from "../../../../views/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { bold, dim, green } from "../../terminal/style.ts";

export type SaveViewOptions = PutView;

export async function listViews(cli: Cli, page?: string): Promise<void> {
  const { output } = cli;
  const found = await connect(cli).api.views.list(page === undefined ? {} : { page });
  if (output.isJson) return output.json(found);
  if (found.views.length === 0) return output.note("No view is saved; `binnacle views save` does that.");
  output.table(
    [
      { title: "ID" },
      { title: "PAGE" },
      { title: "NAME", shrinksTo: 8 },
      { title: "SEARCH", shrinksTo: 10 },
      { title: "OF" },
    ],
    found.views.map(({ id, page: of, name, search, owner, shared, is_own }) => [
      id,
      of,
      name,
      search,
      is_own ? (shared ? "yours, shared" : dim("yours")) : owner,
    ]),
  );
}

export async function saveView(cli: Cli, view: SaveViewOptions): Promise<void> {
  const { output } = cli;
  const saved = await connect(cli).api.views.put(view);
  if (output.isJson) return output.json(saved);
  output.line(green("Saved "), bold(saved.name), ` of ${saved.page}, as ${saved.id}.`);
}

export async function deleteView(cli: Cli, id: string): Promise<void> {
  const { output } = cli;
  const done = await connect(cli).api.views.delete({ id });
  if (output.isJson) return output.json(done);
  output.line(green("Deleted "), bold(done.deleted), ".");
}
