// What can be wrong with policies.
import { defineErrors } from "../kernel/index.ts";

const at = ({ file, line }: { file?: string; line?: number }): string =>
  file === undefined ? "" : ` in ${file}${line === undefined ? "" : `, line ${line}`}`;

export const policyErrors = defineErrors("policy", {
  unreadable: (p: { file: string; line?: number; problem: string }) => ({
    status: 422,
    message: `The policies${at(p)} cannot be read: ${p.problem}.`,
    fix: "Mend the text; docs/guide/policies.md shows what policies look like.",
  }),
  invalid: (p: { id: string; file?: string; problem: string }) => ({
    status: 422,
    message: `The policy ${p.id}${at(p)} does not fit the schema: ${p.problem}.`,
    fix: "docs/reference/policies.md lists all actions, resources and their attributes.",
  }),
  id_twice: (p: { id: string; files: string }) => ({
    status: 422,
    message: `Two policies have the id ${JSON.stringify(p.id)}: ${p.files}.`,
    fix: "Give each policy an @id of its own.",
  }),
  id_fixed: (p: { id: string; file: string }) => ({
    status: 422,
    message: `The policy ${JSON.stringify(p.id)} in ${p.file} has an id that is the program's own.`,
    fix: "Give it an @id that does not begin with `builtin.`.",
  }),
});
