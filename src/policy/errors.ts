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
  locks_out: (p: { why: string }) => ({
    status: 422,
    message: `Under these policies nobody could change policies any more: ${p.why}.`,
    fix: "Leave owners the action change_policies. The key in admin.key of the data folder may always roll back.",
  }),
  version_unknown: (p: { number: number }) => ({
    status: 404,
    message: `There is no version ${p.number} of the policies.`,
    fix: "`binnacle policy list` shows which there are.",
  }),
  not_now: (p: { number: number; state: string; what: string; needs: string }) => ({
    status: 409,
    message: `Version ${p.number} of the policies cannot be ${p.what}: it is ${p.state}.`,
    fix: `It must be ${p.needs} for that; \`binnacle policy list\` shows how versions stand.`,
  }),
  needs_second_person: (p: { number: number; why: string }) => ({
    status: 403,
    message: `Version ${p.number} of the policies needs a second person: ${p.why}.`,
    fix: "policy.two_persons is on: somebody else than who proposed it approves it, with `binnacle policy approve`.",
  }),
  nothing_before: () => ({
    status: 409,
    message: "There is no version of the policies to roll back to.",
    fix: "The shipped policies alone are active already, or `binnacle policy roll-back --to shipped` makes them so.",
  }),
  from_folder: (p: { folder: string }) => ({
    status: 409,
    message: `The policies come from the folder ${p.folder}, and are changed there.`,
    fix: "Change the files and reload; or take policy.folder out of the configuration to manage policies by API.",
  }),
  folder_unusable: (p: { folder: string; why: string }) => ({
    status: 500,
    message: `The policies in ${p.folder} cannot be used: ${p.why}.`,
    fix: "Mend the files, or policy.folder in the configuration.",
  }),
  too_large: (p: { what: string; size: number; max: number; key: string }) => ({
    status: 413,
    message: `The policies have ${p.size} ${p.what}; the most is ${p.max}.`,
    fix: `An operator may raise ${p.key}.`,
  }),
  cases_fail: (p: { number: number; failed: number; of: number; such: string }) => ({
    status: 409,
    message: `Version ${p.number} of the policies fails ${p.failed} of its ${p.of} cases, such as ${p.such}.`,
    fix: `Mend the policies or the cases and propose them anew; \`binnacle policy test --of ${p.number}\` shows all of them.`,
  }),
  cases_unreadable: (p: { file: string; problem: string }) => ({
    status: 422,
    message: `The cases in ${p.file} cannot be read: ${p.problem}.`,
    fix: "docs/guide/policies.md shows what cases look like.",
  }),
  unavailable: (_: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "Policies cannot be changed while the database is away.",
    fix: "Try again in a moment; those that are active go on deciding.",
  }),
});
