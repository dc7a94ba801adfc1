// Vendors: who they are, which of them there are, and what may be shown of them.
export { vendorKind, vendorKindNames, type VendorKind, type VendorKindName } from "./table.ts";
export { createVendor, freePrice, type Vendor, type VendorSpec, type VendorTimeouts } from "./vendor.ts";
export { readVendors, type VendorSources } from "./read-vendors.ts";
export { probeLocalServers, type ProbeOptions } from "./probe-local.ts";
export { type QuotaStyle, readQuotas, type VendorQuota } from "./quotas.ts";
export { type Cloud, type Wire, wireOf } from "./wires.ts";
export {
  type Credential,
  type CredentialPool,
  createCredentialPool,
  keyCredential,
  noCredential,
  type KeyScheme,
  type UnsignedRequest,
} from "./credentials.ts";
