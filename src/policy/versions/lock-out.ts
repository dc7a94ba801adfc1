// A version under which nobody could change policies any more is refused: it could not be undone. Somebody can as long as an
// owner of the installation's own organisation may, at some hour of the week; or whoever asks for the version.
import { OWN_ORGANISATION, type Question, type Subject } from "../contract.ts";
import type { Engine } from "../engine/compile.ts";
import { policyErrors } from "../errors.ts";

const HOURS = [...Array(24).keys()];
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

const owner = (kind: Subject["kind"]): Subject => ({
  kind,
  id: "an owner",
  roles: ["owner"],
  organisation: OWN_ORGANISATION,
  team: null,
  project: null,
  user: null,
});

const installation = { type: "installation", id: "installation", organisation: OWN_ORGANISATION };

/** Throws `policy.locks_out`. */
export function requireSomebody(engine: Engine, asking: Subject | undefined): void {
  const subjects = [owner("person"), owner("key"), ...(asking ? [asking] : [])];
  const now = subjects.map((subject) => allows(engine, { subject, hour: 12, weekday: 3 }));
  if (now.some(({ allowed }) => allowed)) return;
  const looks = engine.mentions("change_policies");
  const isTimed = looks?.context.has("hour") === true || looks?.context.has("weekday") === true;
  const isAtTimes =
    isTimed &&
    WEEKDAYS.some((weekday) =>
      HOURS.some((hour) => allows(engine, { subject: owner("person"), hour, weekday }).allowed),
    );
  if (!isAtTimes) throw policyErrors.locks_out({ why: now[0]?.why ?? "none may" });
}

function allows(
  engine: Engine,
  { subject, hour, weekday }: { subject: Subject; hour: number; weekday: number },
): { allowed: boolean; why: string } {
  const question: Question = { subject, action: "change_policies", resource: installation, context: { hour, weekday } };
  return engine.evaluate(question);
}
