// Targets that stand beside a plan rather than in it, because they do not answer the caller: shadows and judges. What they may
// be given is bound by the same words as a place of the plan.
import { z } from "zod";

export const targetName = z.string().regex(/^[^/\s]+\/\S+$/, "write a target as vendor/model");

export const regionSchema = z.string().min(1).max(100).describe("where it is served, such as eu or us-east-1");

export const dataClassesSchema = z
  .array(z.string().min(1).max(100))
  .min(1)
  .max(100)
  .describe("what data it may be given");

export interface SideTargetConfig {
  target: string;
  region?: string | undefined;
  data_classes?: string[] | undefined;
}

export const sideTargetSchema = z.union(
  [
    targetName,
    z.strictObject({ target: targetName, region: regionSchema.optional(), data_classes: dataClassesSchema.optional() }),
  ],
  "write vendor/model, or an object with `target:` and what data it may have",
);

/** As planning wants it. */
export interface SideTarget {
  /** `vendor/model`. */
  name: string;
  region: string | undefined;
  dataClasses: readonly string[] | undefined;
}

export function compileSideTarget(said: string | SideTargetConfig): SideTarget {
  if (typeof said === "string") return { name: said, region: undefined, dataClasses: undefined };
  const { target: name, region, data_classes: dataClasses } = said;
  return { name, region, dataClasses };
}
