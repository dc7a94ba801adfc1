// Where a call comes from, as limits count it: an IPv4 address, or the /64 of an IPv6 one, since whoever has one address of it has
// them all. What `x-forwarded-for` says is believed only as far as proxies that are trusted wrote it.
import { BlockList, isIP } from "node:net";

/** Where a connection's other end is not known. */
const UNKNOWN = "unknown";

export interface CallerAddressDeps {
  /** CIDR blocks, or single addresses. */
  trustedProxies: readonly string[];
  /** The other end of the connection. */
  peerOf(request: Request): string | undefined;
}

export function createCallerAddress({ trustedProxies, peerOf }: CallerAddressDeps): (request: Request) => string {
  const trusted = blockListOf(trustedProxies);
  return (request) => {
    const peer = plainAddress(peerOf(request) ?? "");
    if (peer === undefined) return UNKNOWN;
    const forwarded = trusted && isIn(trusted, peer) ? request.headers.get("x-forwarded-for") : null;
    return countedAs(forwarded === null || !trusted ? peer : lastUntrusted(forwarded, peer, trusted));
  };
}

/** Each proxy wrote down, at the end, who spoke to it: the last who is no proxy of ours is the caller. */
function lastUntrusted(forwarded: string, peer: string, trusted: BlockList): string {
  let caller = peer;
  for (const hop of forwarded.split(",").toReversed()) {
    const address = plainAddress(hop.trim());
    // What is no address was not written by a proxy of ours, nor was anything before it.
    if (address === undefined) return caller;
    caller = address;
    if (!isIn(trusted, address)) return caller;
  }
  return caller;
}

/** Without a port, brackets or a zone; IPv4 within IPv6 as IPv4. Undefined for what is none. */
function plainAddress(text: string): string | undefined {
  const bare = (/^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? text).replace(/%.*$/, "");
  const address = isIP(bare) === 0 ? bare.replace(/:\d+$/, "") : bare;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIP(address) === 0 ? undefined : address;
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

export function isCidr(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function blockListOf(blocks: readonly string[]): BlockList | undefined {
  if (blocks.length === 0) return undefined;
  const list = new BlockList();
  for (const block of blocks) {
    const [address = "", bits] = block.split("/");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
}
