// Which addresses are of the public internet. Of IPv6 only what is handed out for it is, less what stands for something
// else; so IPv4 in other clothes (mapped, NAT64, 6to4, Teredo) never is. Sources: IANA's special-purpose registries of IPv4
// and IPv6 addresses, RFC 6890, RFC 6052, RFC 8215; and two addresses of clouds that lie among public ones.
import { isIP } from "node:net";
import { createAddressList } from "../addresses.ts";

const NOT_PUBLIC_V4 = createAddressList([
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private
  "100.64.0.0/10", // carriers' own; Alibaba's metadata
  "127.0.0.0/8", // loopback
  "169.254.0.0/16", // link-local; the metadata of most clouds
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocols; Oracle's metadata
  "192.0.2.0/24", // documentation
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16", // private
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, and broadcast
  "168.63.129.16", // Azure's own, inside every virtual network
]);

const PUBLIC_V6 = createAddressList(["2000::/3"]);
const NOT_PUBLIC_V6 = createAddressList([
  "2001::/23", // protocols: Teredo, ORCHID, benchmarks
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4: any IPv4 within
  "3fff::/20", // documentation
]);

export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !NOT_PUBLIC_V4.has(address);
    case 6:
      return !address.includes("%") && PUBLIC_V6.has(address) && !NOT_PUBLIC_V6.has(address);
    default:
      return false;
  }
}
