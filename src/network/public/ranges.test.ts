import { describe, expect, test } from "bun:test";
import { isPublic } from "./ranges.ts";

describe("an address is not of the public internet when it", () => {
  test.each([
    ["is loopback", ["127.0.0.1", "127.255.255.254", "::1"]],
    ["is private", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"]],
    ["is link-local, or metadata", ["169.254.169.254", "169.254.170.2", "fe80::1", "fe80::1%eth0", "fd00:ec2::254"]],
    ["is metadata of another cloud", ["100.100.100.200", "192.0.0.192", "168.63.129.16"]],
    ["is unspecified, or this network", ["0.0.0.0", "0.1.2.3", "::"]],
    ["is multicast, broadcast or reserved", ["224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "ff02::1"]],
    [
      "is IPv4 within IPv6",
      ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8", "::127.0.0.1", "::ffff:0:127.0.0.1"],
    ],
    ["is NAT64, whatever is behind it", ["64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::1"]],
    ["is a tunnel's", ["2002:7f00:1::", "2002:a00:1::1", "2001:0:5ef5:79fb::1"]],
    [
      "is a carrier's own, for benchmarks, or in a book",
      ["100.64.0.1", "198.18.0.1", "203.0.113.7", "2001:db8::1", "3fff::1"],
    ],
    ["is none at all", ["", "localhost", "1.2.3", "127.1", "0x7f000001", "2130706433", "[::1]"]],
  ])("%s", (_, addresses) => {
    expect(addresses.filter(isPublic)).toEqual([]);
  });
});

test("others are", () => {
  const all = ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "11.0.0.1", "2606:4700::1111", "2a00:1450:4001::1"];
  expect(all.filter(isPublic)).toEqual(all);
});
