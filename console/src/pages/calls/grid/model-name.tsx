// The model as it was called, and who answered, where that says more.
import type { CallSummary } from "../../../../../src/ledger/contract.ts";
import { clipText } from "../../../format/clip-text.ts";

export function ModelName({ call }: { call: CallSummary }) {
  const { model, answer } = call;
  if (answer === null || answer.target === model) return <bdi>{clipText(model)}</bdi>;
  return (
    <>
      <bdi>{clipText(model)}</bdi>
      <span className="font-normal text-soft">
        <span aria-hidden="true"> → </span>
        <span className="visually-hidden">&nbsp;answered by&nbsp;</span>
        <bdi>{clipText(answer.target)}</bdi>
      </span>
    </>
  );
}
