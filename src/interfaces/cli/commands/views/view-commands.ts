// The commands about saved views of the console's pages.
import type { Command } from "commander";
import { type Act, examples } from "../../command-parts.ts";
import type { SaveViewOptions } from "./views.ts";

export function addViewCommands(views: Command, act: Act): void {
  views
    .command("list")
    .description("list your own views, and those that others share")
    .option("--page <page>", "only those of this page")
    .addHelpText("after", examples("binnacle views list --page calls"))
    .action(act(async (cli, options: { page?: string }) => (await import("./views.ts")).listViews(cli, options.page)));
  views
    .command("save")
    .description("save a view of a page under a name; yours of that name is replaced")
    .argument("<page>", "which page, such as calls")
    .argument("<name>", "what it is called")
    .argument("<search>", "what stands behind the page's address")
    .option("--shared", "everybody in your organisation sees it")
    .addHelpText("after", examples("binnacle views save calls 'slow ones' 'filter=duration>10s' --shared"))
    .action(
      act(async (cli, ...[page, name, search, options]: [string, string, string, { shared?: boolean }]) => {
        const view: SaveViewOptions = { page, name, search, shared: options.shared ?? false };
        return (await import("./views.ts")).saveView(cli, view);
      }),
    );
  views
    .command("delete")
    .description("delete one of your own views")
    .argument("<id>", "its id")
    .addHelpText("after", examples("binnacle views delete ID"))
    .action(act(async (cli, id: string) => (await import("./views.ts")).deleteView(cli, id)));
}
