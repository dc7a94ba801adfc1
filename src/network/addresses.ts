// IP addresses and lists of them, as operators write them: single addresses and CIDR blocks, of either version.
import { BlockList, isIP } from "node:net";

/** An address, or a block of them such as `10.0.0.0/8`. */
export function isCidr(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0 || address.includes("%")) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Without a port, brackets or a zone; IPv4 within IPv6 as IPv4. Undefined for what is none. */
export function plainAddress(text: string): string | undefined {
  const bare = (/^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? text).replace(/%.*$/, "");
  const address = isIP(bare) === 0 ? bare.replace(/:\d+$/, "") : bare;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIP(address) === 0 ? undefined : address;
}

export interface AddressList {
  /** Of a plain address; false for what is none. */
  has(address: string): boolean;
}

/** Of blocks that `isCidr` found good. Blocks of IPv4 are not asked about addresses of IPv6, nor the other way round. */
export function createAddressList(blocks: readonly string[]): AddressList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = "", bits] = block.split("/");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return {
    has(address) {
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6");
    },
  };
}
