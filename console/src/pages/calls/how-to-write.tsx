// How filters are written, with examples that can be taken.
import { filterOperators } from "../../../../src/ledger/filter/contract.ts";
import { Button } from "../../components/parts/button.tsx";

const taught = ["field:value", "field:val*", "field:>1", "field:(a OR b)", '"some words"', "NOT a"];
const operators = filterOperators.filter(({ written }) => taught.includes(written));

export function HowToWrite({ onPick }: { onPick: (example: string) => void }) {
  return (
    <table className="mx-auto w-full max-w-2xl border-collapse text-left">
      <caption className="pb-1 text-left text-soft">
        How filters are written. Names and values are matched whole, and capital letters count; * stands for anything.
      </caption>
      <tbody>
        {operators.map(({ written, meaning, example }) => (
          <tr key={written} className="border-t border-line align-baseline">
            <th scope="row" className="py-1 pr-4 font-mono text-fine font-normal whitespace-nowrap">
              {written}
            </th>
            <td className="py-1 pr-4 text-soft max-sm:hidden">{meaning}</td>
            <td className="py-1 text-right">
              <Button kind="bare" className="font-mono text-fine" onClick={() => onPick(example)}>
                {example}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
