// Tokens by kind. Kinds that are part of another stand under it.
import type { Tokens as TokenCounts } from "../../../../src/ledger/contract.ts";
import { formatCount } from "../../format/figures.ts";

const sources = {
  vendor: "As the vendor counted them.",
  estimated: "Estimated: the vendor did not say.",
};

export function Tokens({ tokens }: { tokens: TokenCounts }) {
  if (tokens.source === "unknown") return <p className="text-soft">None that is known of.</p>;
  const kinds = [
    { name: "Input", count: tokens.input, part: false },
    { name: "read from the vendor's cache", count: tokens.cache_read, part: true },
    { name: "written to the vendor's cache", count: tokens.cache_write, part: true },
    { name: "Output", count: tokens.output, part: false },
    { name: "reasoning", count: tokens.reasoning, part: true },
  ];
  return (
    <table className="w-full max-w-sm border-collapse text-left">
      <caption className="pb-1 text-left text-soft">{sources[tokens.source]}</caption>
      <tbody>
        {kinds.map(({ name, count, part }) => (
          <tr key={name} className={part ? "text-soft" : "border-t border-line"}>
            <th scope="row" className={`py-0.5 font-normal ${part ? "pl-4" : ""}`}>
              {part ? `of it ${name}` : name}
            </th>
            <td className="py-0.5 text-right">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
