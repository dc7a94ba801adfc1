// Policies: which decide, their versions, and what others would have decided.
import type { DryRun } from "../../../../policy/contract.ts";
import { type Author, type Policies, viewOfActive, viewOfPolicy, viewOfVersion } from "../../../../policy/index.ts";
import type { Governance, Principal } from "../../../../governance/index.ts";
import type { Doors } from "../doors.ts";

export interface PolicyRooms {
  policies: Policies;
  governance: Pick<Governance, "subjectOf">;
  dryRunPolicies(wish: { files: { name: string; text: string }[]; days: number }, by: Principal): Promise<DryRun>;
}

export function policyHandlers(doors: Doors, { policies, governance, dryRunPolicies }: PolicyRooms) {
  const { versions } = policies;
  const authorOf = (principal: Principal): Author => {
    const { keyId, keyName, user } = principal;
    return { keyId, keyName, user, subject: governance.subjectOf(principal) };
  };
  return {
    policies: {
      list: doors.policies.list.handler(async ({ input }) => ({
        versions: (await versions.list(input.limit)).map(viewOfVersion),
      })),
      active: doors.policies.active.handler(() => viewOfActive(policies.active())),
      get: doors.policies.get.handler(async ({ input }) => {
        const { version, events } = await versions.get(input.number);
        return {
          version: viewOfVersion(version),
          files: version.texts,
          events: events.map(({ event, atMs, keyId, keyName }) => ({
            event,
            at_ms: atMs,
            key_id: keyId,
            key_name: keyName,
          })),
        };
      }),
      propose: doors.policies.propose.handler(async ({ input, context }) => {
        const { files, note, is_draft: isDraft, dry_run: isDryRun } = input;
        const author = authorOf(context.principal);
        if (isDryRun) return { version: null, policies: versions.check(files, author.subject).map(viewOfPolicy) };
        const proposed = await versions.propose({ texts: files, note, isDraft }, author);
        return { version: viewOfVersion(proposed), policies: proposed.policies.map(viewOfPolicy) };
      }),
      test: doors.policies.test.handler(({ input, context }) =>
        versions.test("files" in input ? { texts: input.files } : input, authorOf(context.principal)),
      ),
      submit: doors.policies.submit.handler(async ({ input, context }) => ({
        version: viewOfVersion(await versions.submit(input.number, authorOf(context.principal))),
      })),
      approve: doors.policies.approve.handler(async ({ input, context }) => ({
        version: viewOfVersion(await versions.approve(input.number, authorOf(context.principal))),
      })),
      activate: doors.policies.activate.handler(async ({ input, context }) => ({
        version: viewOfVersion(await versions.activate(input.number, authorOf(context.principal))),
      })),
      rollBack: doors.policies.rollBack.handler(async ({ input, context }) => {
        const version = await versions.rollBack(input.to, authorOf(context.principal));
        return { active: version ? viewOfVersion(version) : null };
      }),
      dryRun: doors.policies.dryRun.handler(({ input, context }) => dryRunPolicies(input, context.principal)),
    },
  };
}
