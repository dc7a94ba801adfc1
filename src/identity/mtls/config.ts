// The `identity.mtls` branch: what machines may that come with a client certificate of an authority that the listener trusts.
import { z } from "zod";
import { GRANTS_MAX, grantSchema } from "../grants/config.ts";

export const mtlsConfigSchema = z
  .strictObject({
    grants: z
      .array(grantSchema)
      .max(GRANTS_MAX)
      .default([])
      .describe(
        "by what stands in the certificate: uri (SPIFFE ids too), dns, email, cn; a certificate that no grant fits opens nothing",
      ),
  })
  .prefault({});
export type MtlsConfig = z.output<typeof mtlsConfigSchema>;
