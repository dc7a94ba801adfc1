// Drift's store: hours of profiles, baselines, findings.
import type { Storage } from "../../storage/index.ts";
import { type BaselineStore, createBaselineStore } from "./baselines.ts";
import { createFindingStore, type FindingStore } from "./findings.ts";
import { createSliceStore, type SliceStore } from "./slices.ts";

export interface DriftStore {
  slices: SliceStore;
  baselines: BaselineStore;
  findings: FindingStore;
}

export function createDriftStore(storage: Storage): DriftStore {
  return {
    slices: createSliceStore(storage),
    baselines: createBaselineStore(storage),
    findings: createFindingStore(storage),
  };
}
