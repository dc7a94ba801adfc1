// The model as it was called, and who answered, where that says more.
import type { CallSummary } from "../../../../../src/ledger/contract.ts";

export function ModelName({ call }: { call: CallSummary }) {
  const { model, answer } = call;
  if (answer === null || answer.target === model) return <bdi>{model}</bdi>;
  return (
    <>
      <bdi>{model}</bdi>
      <span className="font-normal text-soft">
        <span aria-hidden="true"> → </span>
        <span className="visually-hidden"> answered by </span>
        <bdi>{answer.target}</bdi>
      </span>
    </>
  );
}
