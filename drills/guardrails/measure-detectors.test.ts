import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { datasetsFolder } from "./data/injection-texts.ts";
import { measureDetectors } from "./measure-detectors.ts";

const repository = join(import.meta.dirname, "../..");

describe.skipIf(datasetsFolder(repository) === undefined)("on the public data in ../shared/datasets", () => {
  test("detectors do no worse than the guide says, give or take", async () => {
    const rates = await measureDetectors(repository);
    const recall = (kind: string): number => rates?.pii.find((each) => each.kind === kind)?.recall ?? 0;
    for (const kind of ["card", "iban", "email", "national_id", "ip", "phone"])
      expect([kind, recall(kind) > 0.95]).toEqual([kind, true]);
    expect(recall("person")).toBeGreaterThan(0.5);
    expect(recall("address")).toBeGreaterThan(0.7);
    const told = (set: string, isAttack: boolean): number =>
      rates?.attacks
        .find((each) => each.set === set && each.isAttack === isAttack)
        ?.told.find(({ threshold }) => threshold === "0.8")?.share ?? -1;
    expect(told("deepset", true)).toBeGreaterThan(0.6);
    expect(told("purplellama", true)).toBeGreaterThan(0.7);
    expect(told("deepset", false)).toBeLessThan(0.06);
    expect(told("notinject", false)).toBeLessThan(0.05);
    expect(told("ordinary questions", false)).toBeLessThan(0.01);
  }, 120_000);
});
