// `--where team=research`: fields of a query, as the API has them.
import { sumDimensions } from "../../../../ledger/contract.ts";
import { nearestNames } from "../../../../kernel/index.ts";
import { cliErrors } from "../../errors.ts";

/** Throws `cli.usage`. */
export function readWhere(filters: readonly string[] | undefined, help: string): Record<string, string> {
  const where: Record<string, string> = {};
  for (const filter of filters ?? []) {
    const at = filter.indexOf("=");
    const name = at < 0 ? filter : filter.slice(0, at);
    if (at < 0) throw cliErrors.usage({ message: `--where takes name=value, not ${filter}.`, help });
    if (!(sumDimensions as readonly string[]).includes(name)) {
      const [nearest] = nearestNames(name, [...sumDimensions]);
      const hint = nearest === undefined ? sumDimensions.join(", ") : nearest;
      throw cliErrors.usage({ message: `Records have no ${name} to go by. Did you mean ${hint}?`, help });
    }
    where[name] = filter.slice(at + 1);
  }
  return where;
}
