// What each role may do, as a plain table beside the policies: they come to the same, whatever roles somebody has together.
import { afterAll, beforeAll, expect, test } from "bun:test";
import * as fc from "fast-check";
import { createWorld } from "../kernel/index.ts";
import { policyConfigSchema } from "./config.ts";
import { type Question, type RoleName, roleNames } from "./contract.ts";
import { createPolicies } from "./policies.ts";
import { type ActionName, actionNames, actions } from "./vocabulary/actions.ts";

const policies = createPolicies(policyConfigSchema.parse({}), { world: createWorld() });
beforeAll(policies.start);
afterAll(policies.close);

const SERVING = "call use_model use_target use_tool run_agent read_memory write_memory send_telemetry";
const READING =
  "read_status read_figures read_records read_directory read_keys read_config read_policies read_approvals read_audit";
const CHANGING =
  "change_records change_config change_routes change_prompts change_alerts change_directory change_keys change_people change_retention propose_policies";
const OTHER = "read_bodies export_records approve operate_switches";
const GOVERNING = "erase_data change_policies manage_organisations";

/** `grant_roles` stands apart: it depends on the role. */
const TABLE: Record<RoleName, string> = {
  owner: `${SERVING} ${READING} ${CHANGING} ${OTHER} ${GOVERNING}`,
  admin: `${SERVING} ${READING} ${CHANGING} ${OTHER}`,
  operator:
    "read_status read_figures read_records read_directory read_keys read_config read_policies read_approvals change_config change_routes change_alerts operate_switches propose_policies send_telemetry",
  developer: `${SERVING} read_status read_config read_policies read_approvals change_prompts propose_policies`,
  reviewer:
    "approve read_approvals read_status read_figures read_records read_bodies read_config read_policies change_records",
  auditor: `${READING} read_bodies export_records`,
  member: SERVING,
  child: "call use_model use_target",
};
const NOT_FOR_CHILDREN = new Set(["use_tool", "run_agent", "read_memory", "write_memory"]);
/** Of the installation's own owners and admins, in other organisations. */
const NOT_ELSEWHERE = new Set([...SERVING.split(" "), "read_bodies", "export_records", "approve", "change_records"]);

interface Asked {
  roles: RoleName[];
  action: ActionName;
  organisation: string;
  of: string;
  granted: RoleName;
}

function expected({ roles, action, organisation, of, granted }: Asked): boolean {
  if (roles.includes("child") && NOT_FOR_CHILDREN.has(action)) return false;
  if (organisation !== of) {
    const isHost = organisation === "default" && (roles.includes("owner") || roles.includes("admin"));
    if (!isHost || NOT_ELSEWHERE.has(action)) return false;
  }
  if (action === "grant_roles") return roles.includes("owner") || (roles.includes("admin") && granted !== "owner");
  return roles.some((role) => TABLE[role].split(" ").includes(action));
}

function question({ roles, action, organisation, of, granted }: Asked): Question {
  const [type] = actions[action].on;
  return {
    subject: { kind: "person", id: "p", roles, organisation, team: null, project: null, user: null },
    action,
    resource: { type, id: "r", organisation: of, attributes: { vendor: "v", model: "m" } },
    context: { role: granted },
  };
}

test("developers read what is of their project, and everybody what is their own, in their own organisation", () => {
  const allowed = (role: RoleName, action: ActionName, of: string, attributes: Question["resource"]["attributes"]) => {
    const subject = {
      kind: "key",
      id: "k",
      roles: [role],
      organisation: "acme",
      team: null,
      project: "x",
      user: null,
    } as const;
    return policies.decide({
      subject,
      action,
      resource: { type: "record", id: "r", organisation: of, attributes: attributes ?? {} },
    }).allowed;
  };
  for (const action of ["read_records", "read_bodies", "read_figures", "change_records"] as const) {
    expect(["acme", "bolt"].map((of) => allowed("developer", action, of, { project: "x" }))).toEqual([true, false]);
    expect(allowed("developer", action, "acme", { project: "y" })).toBe(false);
    expect(["acme", "bolt"].map((of) => allowed("child", action, of, { own: true }))).toEqual([true, false]);
    expect(allowed("member", action, "acme", { project: "x" })).toBe(false);
  }
});

test("every role may do what the table says and nothing else, alone, in its own organisation", () => {
  for (const role of roleNames)
    for (const action of actionNames) {
      const asked: Asked = { roles: [role], action, organisation: "default", of: "default", granted: "member" };
      expect([role, action, policies.decide(question(asked)).allowed]).toEqual([role, action, expected(asked)]);
    }
});

test("roles together, and organisations, come to what the table comes to", () => {
  const organisation = fc.constantFrom("default", "acme", "bolt");
  const asked: fc.Arbitrary<Asked> = fc.record({
    roles: fc.uniqueArray(fc.constantFrom(...roleNames), { maxLength: 4 }),
    action: fc.constantFrom(...actionNames),
    organisation,
    of: organisation,
    granted: fc.constantFrom(...roleNames),
  });
  let allowed = 0;
  fc.assert(
    fc.property(asked, (each) => {
      const is = policies.decide(question(each)).allowed;
      if (is) allowed += 1;
      expect(is).toBe(expected(each));
    }),
    { numRuns: 1500, seed: 26 },
  );
  expect(allowed).toBeGreaterThan(200);
});
