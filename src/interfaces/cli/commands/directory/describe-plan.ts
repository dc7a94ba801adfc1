// What would change, as people read it: a line for each, and one for each field that becomes another.
import type { Applied, PlannedChange } from "../../../../governance/contract.ts";
import { bold, dim, green, type Line, type Piece, red, yellow } from "../../terminal/style.ts";

const SIGNS: Record<PlannedChange["action"], Piece> = {
  create: green("+ "),
  change: yellow("~ "),
  remove: red("- "),
  leave: dim("  "),
};
/** Of those that stay, which a file need not name. */
const LEFT_TOLD_MAX = 10;

export function describePlan({ changes, counts }: Applied): Line[] {
  const left = changes.filter(({ action }) => action === "leave");
  const changed = changes.filter(({ action }) => action !== "leave");
  const more = counts.create + counts.change + counts.remove - changed.length;
  const moreLeft = counts.leave - Math.min(left.length, LEFT_TOLD_MAX);
  return [
    ...changed.flatMap(describeChange),
    ...(more > 0 ? [[dim(`  and ${more} more`)]] : []),
    ...left.slice(0, LEFT_TOLD_MAX).map(describeLeft),
    ...(moreLeft > 0 ? [[dim(`  and ${moreLeft} more that are not in the file`)]] : []),
    [
      bold(`${counts.create} to create, ${counts.change} to change, ${counts.remove} to remove`),
      `, ${counts.unchanged} unchanged`,
    ],
  ];
}

function describeChange({ section, name, action, fields }: PlannedChange): Line[] {
  return [
    [SIGNS[action], `${section}.`, bold(name), action === "remove" && section === "keys" ? dim("  is revoked") : ""],
    ...fields.map(({ field, before, after }): Line => [
      `    ${field}: `,
      ...(action === "change" ? [dim(shown(before)), " → "] : []),
      shown(after),
    ]),
  ];
}

function describeLeft({ section, name, reason }: PlannedChange): Line {
  return [SIGNS.leave, dim(`${section}.${name} stays: ${reason ?? "not in the file, and removed only with --prune"}`)];
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
