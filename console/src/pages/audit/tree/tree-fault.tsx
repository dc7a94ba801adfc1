// Why nothing is signed any more, in words.
import type { AuditState } from "../../../../../src/audit/contract.ts";
import { Notice } from "../../../components/parts/notice.tsx";

const words: Record<NonNullable<AuditState["fault"]>, string> = {
  rolled_back:
    "The database knows less of the tree than was signed: it was put back to an older copy, or its end was cut.",
  forked: "The tree is not the one that was signed.",
  checkpoint_forged: "The last checkpoint is signed by no key of this installation.",
  checkpoint_differs: "The last checkpoint is not of this tree.",
};

export function TreeFault({ fault }: { fault: NonNullable<AuditState["fault"]> }) {
  const problem = {
    kind: "refused" as const,
    code: `audit.${fault}`,
    message: `${words[fault]} Nothing more is signed; entries go on being taken.`,
    fix: "Find out what happened to the database: verifying the whole trail says what differs. When that is known, begin a new tree, which says so in its first entry.",
  };
  return <Notice problem={problem} />;
}
