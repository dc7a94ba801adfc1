// The steps of a proof, in the order in which they follow from each other.
import type { ReactNode } from "react";
import { formatCount } from "../../../../format/figures.ts";
import { toBase64 } from "../../proof/hashing.ts";
import type { StepState, VerifiedEntry } from "../../proof/verify-entry.ts";
import { HashText } from "./hash-text.tsx";
import { PathDrawing } from "./path-drawing.tsx";
import { ProofStep } from "./proof-step.tsx";

export function ProofSteps({ verified }: { verified: VerifiedEntry }) {
  const { content, batch, leaf, path, root } = verified;
  return (
    <ol className="grid gap-2.5">
      <ProofStep state={content.state} title="What is shown is what the leaf says">
        {content.differing.length > 0 && <>Other than shown: {content.differing.join(", ")}.</>}
      </ProofStep>
      {batch !== null && (
        <ProofStep
          state={batch.state}
          title={`Call ${formatCount(batch.number + 1)} of ${formatCount(batch.count)} leads to its batch’s root`}
        >
          <HashText name="call" hash={toBase64(batch.hash)} />
          <PathDrawing steps={batch.path} label="Path in the batch" />
          <HashText name="reaches" hash={batch.root} />
          {batch.root !== batch.named && <HashText name="entry says" hash={batch.named} />}
        </ProofStep>
      )}
      <ProofStep state={leaf.state} title={batch === null ? "Hash of the leaf" : "Hash of the batch’s leaf"}>
        <HashText name="leaf" hash={toBase64(leaf.hash)} />
      </ProofStep>
      <ProofStep
        state={path.state}
        title={`Path from place ${formatCount(leaf.index)} through ${formatCount(path.steps.length)} hashes`}
      >
        {path.root === null && <>The path does not fit a tree of {formatCount(leaf.size)} entries.</>}
        <PathDrawing steps={path.steps} label="Path in the tree" />
        {path.root !== null && <HashText name="reaches" hash={path.root} />}
      </ProofStep>
      <ProofStep state={root.state} title={`Root of ${formatCount(leaf.size)} entries, as it was signed`}>
        <HashText name="signed" hash={root.signed ?? "none"} />
      </ProofStep>
      <SignatureStep signature={verified.signature} origin={root.origin} />
    </ol>
  );
}

interface SignatureStepProps {
  signature: VerifiedEntry["signature"];
  origin: string | null;
}

export function SignatureStep({ signature: { state, key, keyId, others }, origin }: SignatureStepProps) {
  return (
    <ProofStep state={state} title={signatureWords[state]}>
      {origin !== null && <Line name="tree">{origin}</Line>}
      {keyId !== null && <Line name="key">{keyId}</Line>}
      {key !== null && <HashText name="public" hash={key.split("+").slice(2).join("+")} />}
      {others.length > 0 && state === "ok" && (
        <Line name="also by">{`${others.join(", ")}: not checked here, as no key of theirs is known`}</Line>
      )}
    </ProofStep>
  );
}

const signatureWords: Record<StepState, string> = {
  ok: "Signed with Ed25519 by a key of this trail",
  fail: "Signed by none of the keys that are trusted",
  unknown: "This browser cannot check Ed25519 signatures",
};

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className="flex gap-2">
      <span className="w-14 shrink-0">{name}</span>
      <span className="foreign min-w-0">{children}</span>
    </span>
  );
}
