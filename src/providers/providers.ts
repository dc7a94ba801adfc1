// The face of providers: which vendors and models there are, what they cost, and how to reach them.
import { readFileSync } from "node:fs";
import { usdMicros, type World } from "../kernel/index.ts";
import { createCatalogue } from "./catalogue/index.ts";
import type { ProvidersConfig } from "./config.ts";
import type { ModelView, Usage, VendorView } from "./contract.ts";
import { createSimVendor } from "./sim/index.ts";
import type { Target } from "./target.ts";
import { probeLocalServers, readVendors, type Vendor } from "./vendors/index.ts";
