// Where a call comes from, as limits count it: an IPv4 address, or the /64 of an IPv6 one, since whoever has one address of it has
// them all. What `x-forwarded-for` says is believed only as far as proxies that are trusted wrote it.
import { isIP } from "node:net";
import { type AddressList, createAddressList, plainAddress } from "../../network/index.ts";

/** Where a connection's other end is not known. */
const UNKNOWN = "unknown";

export interface CallerAddressDeps {
  /** CIDR blocks, or single addresses. */
  trustedProxies: readonly string[];
  /** The other end of the connection. */
  peerOf(request: Request): string | undefined;
}

export interface CallerAddress {
  /** As limits count it; `unknown` where it is not known. */
  counted(request: Request): string;
  /** The one address itself; undefined where it is not known. */
  exact(request: Request): string | undefined;
}

export function createCallerAddress({ trustedProxies, peerOf }: CallerAddressDeps): CallerAddress {
  const trusted = trustedProxies.length > 0 ? createAddressList(trustedProxies) : undefined;
  function exact(request: Request): string | undefined {
    const peer = plainAddress(peerOf(request) ?? "");
    if (peer === undefined || !trusted?.has(peer)) return peer;
    const forwarded = request.headers.get("x-forwarded-for");
    return forwarded === null ? peer : lastUntrusted(forwarded, peer, trusted);
  }
  return {
    exact,
    counted(request) {
      const address = exact(request);
      return address === undefined ? UNKNOWN : countedAs(address);
    },
  };
}

/** Each proxy wrote down, at the end, who spoke to it: the last who is no proxy of ours is the caller. */
function lastUntrusted(forwarded: string, peer: string, trusted: AddressList): string {
  let caller = peer;
  for (const hop of forwarded.split(",").toReversed()) {
    const address = plainAddress(hop.trim());
    // What is no address was not written by a proxy of ours, nor was anything before it.
    if (address === undefined) return caller;
    caller = address;
    if (!trusted.has(address)) return caller;
  }
  return caller;
}

function countedAs(address: string): string {
  if (isIP(address) === 4) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - lengthOf(tail);
  const all = [...groups, ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...(tail ? tail.split(":") : [])];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}

/** In groups; an IPv4 address at the end stands for two. */
function lengthOf(tail: string): number {
  const groups = tail === "" ? [] : tail.split(":");
  return groups.length + (groups.at(-1)?.includes(".") ? 1 : 0);
}
