// What the client needs of the contracts: where each operation is. The schemas stay with the server, so that whoever calls it, a
// browser above all, need not load and build them.
import { type AnyContractRouter, isContractProcedure, minifyContractRouter } from "@orpc/contract";
import { apiContract } from "../../src/interfaces/contract.ts";

/** JSON that an OpenAPILink reads as it reads a contract. */
export function makeClientOperations(): string {
  return `${JSON.stringify(withoutWords(minifyContractRouter(apiContract)), undefined, 1)}\n`;
}

/** Summaries and tags are for readers of the reference. */
function withoutWords(router: AnyContractRouter): object {
  if (!isContractProcedure(router))
    return Object.fromEntries(Object.entries(router).map(([name, inner]) => [name, withoutWords(inner)]));
  const { errorMap, meta, route } = router["~orpc"];
  const { summary: _, description: __, tags: ___, ...way } = route;
  return { "~orpc": { errorMap, meta, route: way } };
}
