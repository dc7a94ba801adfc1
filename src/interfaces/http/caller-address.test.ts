// Whose allowance a call is counted under, whatever its headers say.
import { describe, expect, test } from "bun:test";
import { isCidr } from "../../network/index.ts";
import { createCallerAddress } from "./caller-address.ts";

function addressOf(peer: string | undefined, forwarded?: string, trustedProxies: string[] = []): string {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  const request = new Request("http://gateway/", { headers });
  return createCallerAddress({ trustedProxies, peerOf: () => peer }).counted(request);
}

describe("a caller's address", () => {
  test("is the other end of its connection, whatever it says of itself", () => {
    expect(addressOf("203.0.113.7", "198.51.100.1")).toBe("203.0.113.7");
    expect(addressOf("203.0.113.7", "198.51.100.1", ["10.0.0.0/8"])).toBe("203.0.113.7");
    expect(addressOf(undefined, "198.51.100.1")).toBe("unknown");
  });

  test("is what a trusted proxy says, and not what was said before it", () => {
    const proxies = ["10.0.0.0/8", "fd00::/8", "192.0.2.1"];
    expect(addressOf("10.0.0.2", "203.0.113.7", proxies)).toBe("203.0.113.7");
    expect(addressOf("10.0.0.2", "1.2.3.4, 203.0.113.7", proxies)).toBe("203.0.113.7");
    expect(addressOf("10.0.0.2", "1.2.3.4, 203.0.113.7, 192.0.2.1, fd00::9", proxies)).toBe("203.0.113.7");
    expect(addressOf("::ffff:10.0.0.2", "203.0.113.7:4711", proxies)).toBe("203.0.113.7");
    expect(addressOf("fd00::1", "[2001:db8::5]:443", proxies)).toBe("2001:db8:0:0::/64");
  });

  test("is the last that is known where the header holds nonsense, or proxies alone", () => {
    expect(addressOf("10.0.0.2", "1.2.3.4, unknown", ["10.0.0.0/8"])).toBe("10.0.0.2");
    expect(addressOf("10.0.0.2", "203.0.113.7, , 10.0.0.3", ["10.0.0.0/8"])).toBe("10.0.0.3");
    expect(addressOf("10.0.0.2", "10.0.0.9", ["10.0.0.0/8"])).toBe("10.0.0.9");
    expect(addressOf("10.0.0.2", undefined, ["10.0.0.0/8"])).toBe("10.0.0.2");
  });

  test.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
    ["2001:db8::", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["64:ff9b::192.0.2.33", "64:ff9b:0:0::/64"],
    ["1:2:3:4:5:6:192.0.2.33", "1:2:3:4::/64"],
    ["::ffff:192.0.2.33", "192.0.2.33"],
  ])("%s counts as %s", (peer, counted) => {
    expect(addressOf(peer)).toBe(counted);
  });
});

test("blocks are addresses with or without a length", () => {
  expect(["10.0.0.0/8", "10.1.2.3", "fd00::/8", "::1"].map(isCidr)).toEqual([true, true, true, true]);
  expect(["10.0.0.0/33", "10.0.0/8", "proxy", "", "::/129", "1.2.3.4/8/8", "1.2.3.4/x"].some(isCidr)).toBe(false);
});
