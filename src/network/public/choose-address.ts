// The one address that a request goes to: its host's name is looked up once, every address that it has is judged, and the
// connection is made to the one that was judged. A name that means something else a moment later changes nothing.
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { createGate } from "../../kernel/index.ts";
import { createAddressList, isCidr, plainAddress } from "../addresses.ts";
import type { NetworkConfig } from "../config.ts";
import { networkErrors } from "../errors.ts";
import { isPublic } from "./ranges.ts";

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/** Of `hostname` as a URL has it. Throws `network.address_refused`, `host_unknown` and `busy`. */
export type ChooseAddress = (hostname: string) => Promise<string>;

const RETRY_AFTER_MS = 1000;

export function createChooseAddress(
  { allow_private, lookups_max }: Pick<NetworkConfig, "allow_private" | "lookups_max">,
  resolve: Resolve,
): ChooseAddress {
  const blocks = createAddressList(allow_private.filter(isCidr));
  const hosts = new Set(allow_private.filter((each) => !isCidr(each)).map(plainHost));
  const lookups = createGate(lookups_max);

  async function lookUp(host: string): Promise<readonly string[]> {
    if (!lookups.tryEnter()) throw networkErrors.busy({ max: lookups_max, retryAfterMs: RETRY_AFTER_MS });
    try {
      return await resolve(host);
    } catch (cause) {
      const why = cause instanceof Error && "code" in cause ? String(cause.code) : "the look-up failed";
      throw networkErrors.host_unknown({ host, why }, cause);
    } finally {
      lookups.leave();
    }
  }

  return async (hostname) => {
    const host = plainHost(hostname);
    const literal = host.replace(/^\[(.*)\]$/, "$1");
    const addresses = isIP(literal) === 0 ? await lookUp(host) : [literal];
    const isAllowed = (address: string): boolean =>
      isPublic(address) || hosts.has(host) || blocks.has(plainAddress(address) ?? address);
    const refused = addresses.find((address) => !isAllowed(address));
    // One private address among public ones is a trick, or a mistake; never something to try.
    if (refused !== undefined)
      throw networkErrors.address_refused({ host, why: `${refused} is not an address of the public internet` });
    const [chosen] = addresses;
    if (chosen === undefined) throw networkErrors.host_unknown({ host, why: "it has no address" });
    return chosen;
  };
}

function plainHost(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, "");
}
