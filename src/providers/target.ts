// A target: one model at one vendor. `vendor/model` is how people write it.
import type { Vendor } from "./vendors/index.ts";

export interface Target {
  /** `vendor/model`. */
  id: string;
  vendor: Vendor;
  /** The model as the vendor names it. */
  model: string;
}
