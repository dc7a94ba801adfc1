// What a call's tokens were, part by part, and what it cost as a whole. Parts are disjoint: what the vendor's cache gave is not
// counted again as input, nor reasoning as what was said.
import type { Tokens } from "../../../../src/ledger/contract.ts";
import { formatCount } from "../../format/figures.ts";
import { BarList, type BarRow } from "../charts/bar-list.tsx";
import { Field, FieldList } from "../parts/field-list.tsx";
import { Money } from "../figures/money.tsx";
import { type TokenPart, tokenParts } from "./token-parts.ts";

interface PartsOfCostProps {
  tokens: Tokens;
  cost: { usd_micros: number | null; price_version: string | null };
}

const sources = {
  vendor: "As the vendor counted them.",
  estimated: "Estimated: the vendor did not say.",
};

const names: Record<TokenPart["part"], string> = {
  input: "Input, read anew",
  cache_read: "Input, from the vendor's cache",
  cache_write: "Input, kept in the vendor's cache",
  output: "Output",
  reasoning: "Output, reasoning",
};

export function PartsOfCost({ tokens, cost }: PartsOfCostProps) {
  if (tokens.source === "unknown") return <p className="text-soft">No tokens that are known of, and no price.</p>;
  const parts = tokenParts(tokens);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const rows: BarRow[] = parts
    .filter(({ count }) => count > 0)
    .map(({ part, count }) => ({
      key: part,
      label: names[part],
      value: count,
      formatted: formatCount(count),
      share: total === 0 ? 0 : count / total,
      tone: part === "output" || part === "reasoning" ? 3 : 1,
    }));
  return (
    <div className="grid gap-3">
      <BarList rows={rows} unit="tokens" label="Tokens by part" head={sources[tokens.source]} empty="No tokens." />
      <FieldList>
        <Field name="Input">{`${formatCount(tokens.input)} tokens`}</Field>
        <Field name="Output">{`${formatCount(tokens.output)} tokens`}</Field>
        <Field name="Cost">
          {cost.usd_micros === null ? "This model has no known price." : <Money micros={cost.usd_micros} />}
        </Field>
        <Field name="Price table">{cost.price_version}</Field>
      </FieldList>
    </div>
  );
}
