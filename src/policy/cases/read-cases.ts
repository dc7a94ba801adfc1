// Example cases beside policies: who asks what, and what must come of it. case-files has the text of them.
import { z } from "zod";
import { explainProblems } from "../../kernel/index.ts";
import { OWN_ORGANISATION, type Question, roleNames } from "../contract.ts";
import { policyErrors } from "../errors.ts";
import { actionNames } from "../vocabulary/actions.ts";
import { resourceTypes } from "../vocabulary/resources.ts";

const attributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

const subjectSchema = z.strictObject({
  kind: z.enum(["key", "person", "service", "agent"]).default("key"),
  id: z.string().default("somebody"),
  roles: z.array(z.enum(roleNames)).default([]),
  organisation: z.string().default(OWN_ORGANISATION),
  team: z.string().nullable().default(null),
  project: z.string().nullable().default(null),
  user: z.string().nullable().default(null),
});

const caseSchema = z.strictObject({
  name: z.string().min(1),
  subject: subjectSchema.prefault({}),
  on_behalf_of: subjectSchema.optional(),
  action: z.enum(actionNames),
  resource: z.strictObject({
    type: z.enum(resourceTypes),
    id: z.string().default("something"),
    organisation: z.string().optional().describe("by default that of the subject"),
    attributes: attributes.optional(),
  }),
  context: attributes.default({}),
  expect: z.enum(["allow", "deny"]),
  by: z.array(z.string()).optional().describe("ids of policies that must be among those that decide"),
});

const CASES_MAX = 10_000;
const casesSchema = z.strictObject({ cases: z.array(caseSchema).min(1).max(CASES_MAX) });

export interface PolicyCase {
  file: string;
  name: string;
  question: Question;
  expect: "allow" | "deny";
  by: readonly string[];
}

/** Throws `policy.cases_unreadable`. */
export function readCases(file: string, tree: unknown): PolicyCase[] {
  const read = casesSchema.safeParse(tree);
  if (!read.success)
    throw policyErrors.cases_unreadable({ file, problem: explainProblems(read.error, casesSchema).join("; ") });
  return read.data.cases.map(
    ({ name, subject, on_behalf_of: onBehalfOf, action, resource, context, expect, by = [] }) => {
      const { type, id, organisation = subject.organisation, attributes: said } = resource;
      return {
        file,
        name,
        expect,
        by,
        question: {
          subject: onBehalfOf ? { ...subject, onBehalfOf } : subject,
          action,
          resource: { type, id, organisation, ...(said && { attributes: said }) },
          context,
        },
      };
    },
  );
}
