// Which organisation a request is about: the one that it names, in its fields or by a header. What is named
// twice, or not as organisations are, is refused before anything is decided.
import { organisationName } from "../../../../governance/contract.ts";
import { governanceErrors } from "../../../../governance/index.ts";

const HEADER = "x-binnacle-organisation";

interface Named {
  said: unknown;
  request?: Request;
}

/** Undefined where it names none. Throws `governance.bad_organisation`. */
export function askedOrganisation({ said, request }: Named): string | undefined {
  const header = request?.headers.get(HEADER) ?? undefined;
  const named = [said, header].filter((each) => each !== undefined);
  for (const each of named) if (!organisationName.safeParse(each).success) throw governanceErrors.bad_organisation({});
  if (new Set(named).size > 1) throw governanceErrors.bad_organisation({});
  return named[0] as string | undefined;
}
