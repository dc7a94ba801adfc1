// The steps that show that a tree only grew.
import { formatCount } from "../../../../format/figures.ts";
import type { VerifiedGrowth } from "../../proof/verify-growth.ts";
import { HashText } from "../../entry/proof/hash-text.tsx";
import { ProofStep } from "../../entry/proof/proof-step.tsx";
import { SignatureStep } from "../../entry/proof/proof-steps.tsx";

export function GrowthSteps({ growth }: { growth: VerifiedGrowth }) {
  const { from, to, hashes, known, path, root, signature } = growth;
  return (
    <ol className="grid gap-2.5">
      <ProofStep
        state={known.state}
        title={`The root of ${formatCount(from)} entries${known.noted === null ? "" : " is the one that you noted"}`}
        word={known.noted === null ? "as the server says" : undefined}
      >
        <HashText name="then" hash={known.root} />
        {known.noted !== null && known.noted !== known.root && <HashText name="noted" hash={known.noted} />}
      </ProofStep>
      <ProofStep
        state={path.state}
        title={`${formatCount(hashes)} hashes lead from ${formatCount(from)} to ${formatCount(to)} entries`}
      />
      <ProofStep state={root.state} title={`The root of ${formatCount(to)} entries is the one that is signed`}>
        <HashText name="now" hash={root.root} />
      </ProofStep>
      <SignatureStep signature={signature} origin={null} />
    </ol>
  );
}
