// Machines that come with a client certificate: whoever verified it says what stands in it, and grants say what that opens.
import type { Governance, Principal } from "../../governance/index.ts";
import type { World } from "../../kernel/index.ts";
import { identityErrors } from "../errors.ts";
import { findGrant } from "../grants/find-grant.ts";
import type { MtlsConfig } from "./config.ts";

/** Of a certificate that was verified. */
export interface ClientCertificate {
  /** Subject alternative names. */
  uris: readonly string[];
  dns: readonly string[];
  emails: readonly string[];
  commonName: string | undefined;
  /** Undefined where whoever verified it does not say. */
  validToMs: number | undefined;
}

export interface Certificates {
  /** Throws `identity.certificate_refused` and `identity.certificate_without_grant`, and what governance throws. */
  identify(certificate: ClientCertificate): Principal;
}

export interface CertificatesDeps {
  world: Pick<World, "nowMs">;
  governance: { identify: Pick<Governance["identify"], "service"> };
}

const NAME_LENGTH_MAX = 500;

export function createCertificates({ grants }: MtlsConfig, { world, governance }: CertificatesDeps): Certificates {
  return {
    identify(certificate) {
      const { uris, dns, emails, commonName, validToMs } = certificate;
      // A connection may outlive the certificate that it began with.
      if (validToMs !== undefined && validToMs <= world.nowMs())
        throw identityErrors.certificate_refused({ why: "it has expired" });
      const name = uris[0] ?? dns[0] ?? emails[0] ?? commonName ?? "";
      if (name === "" || name.length > NAME_LENGTH_MAX || /\p{Cc}/u.test(name))
        throw identityErrors.certificate_refused({ why: "it names nobody, or in no way that could be written down" });
      const grant = findGrant(grants, { uri: uris, dns, email: emails, cn: commonName });
      if (!grant) throw identityErrors.certificate_without_grant({ name });
      const { roles, organisation, user = null, team = null, project = null, models = null } = grant;
      return governance.identify.service({
        name: `mtls/${name}`,
        roles,
        organisation,
        user,
        team,
        project,
        models,
      });
    },
  };
}
