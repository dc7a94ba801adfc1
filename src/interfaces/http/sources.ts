// Where a request comes from: the other end of its connection, and the client certificate that it came with. Requests through the
// TLS listener are told apart by the listener that took them, never by anything that they say.
import type { ClientCertificate } from "../../identity/index.ts";
import { createAddressList, plainAddress } from "../../network/index.ts";
import type { InterfacesConfig } from "../config.ts";
import { readForwardedCertificate } from "../tls/forwarded-certificate.ts";
import type { FrontedConnection } from "../tls/front.ts";
import { createCallerAddress } from "./caller-address.ts";

export interface Sources {
  /** Of the caller, as limits count it. */
  addressOf(request: Request): string;
  /** Undefined where it is not known. */
  exactAddressOf(request: Request): string | undefined;
  certificateOf(request: Request): ClientCertificate | undefined;
  /** Whether it came through the TLS listener. */
  isEncrypted(request: Request): boolean;
  /** A request that was made of another comes from where that came from. */
  sameAs(copy: Request, original: Request): void;
  /** Notes that a request came through the TLS listener; false where its connection did not, and nothing may be answered. */
  noteFronted(request: Request): boolean;
}

export interface SourcesDeps {
  peerOf(request: Request): { address: string; port: number } | null | undefined;
  /** Who is behind a connection from the TLS listener, by its port. */
  frontedAt(port: number): FrontedConnection | undefined;
}

const CERTIFICATE_HEADER = "x-forwarded-client-cert";

export function createSources(
  { trusted_proxies, certificate_proxies }: Pick<InterfacesConfig, "trusted_proxies" | "certificate_proxies">,
  { peerOf, frontedAt }: SourcesDeps,
): Sources {
  const fronted = new WeakSet<Request>();
  const originals = new WeakMap<Request, Request>();
  const certifying = certificate_proxies.length > 0 ? createAddressList(certificate_proxies) : undefined;

  const originalOf = (request: Request): Request => originals.get(request) ?? request;

  function connectionOf(request: Request): FrontedConnection | undefined {
    const original = originalOf(request);
    return fronted.has(original) ? frontedAt(peerOf(original)?.port ?? 0) : undefined;
  }

  function peerAddressOf(request: Request): string | undefined {
    const original = originalOf(request);
    return fronted.has(original) ? connectionOf(original)?.address : peerOf(original)?.address;
  }

  const address = createCallerAddress({ trustedProxies: trusted_proxies, peerOf: peerAddressOf });
  return {
    addressOf: address.counted,
    exactAddressOf: address.exact,
    certificateOf(request) {
      const header = certifying && request.headers.get(CERTIFICATE_HEADER);
      if (certifying && typeof header === "string" && certifying.has(plainAddress(peerAddressOf(request) ?? "") ?? ""))
        return readForwardedCertificate(header);
      return connectionOf(request)?.certificate;
    },
    isEncrypted: (request) => fronted.has(originalOf(request)),
    sameAs: (copy, original) => void originals.set(copy, originalOf(original)),
    noteFronted(request) {
      if (!frontedAt(peerOf(request)?.port ?? 0)) return false;
      fronted.add(request);
      return true;
    },
  };
}
