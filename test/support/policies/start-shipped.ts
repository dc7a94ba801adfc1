// The shipped policies, ready to answer: for tests of rooms that ask them.
import { createWorld } from "../../../src/kernel/index.ts";
import { createPolicies, policyConfigSchema, type Policies } from "../../../src/policy/index.ts";

export async function startShippedPolicies(): Promise<Policies> {
  const policies = createPolicies(policyConfigSchema.parse({}), { world: createWorld() });
  await policies.start();
  return policies;
}
