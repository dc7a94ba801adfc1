// The plan language: what is wrong is refused, with the place and the way to mend it.
import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { loadConfig } from "../../../kernel/index.ts";
import { gatewayConfigSchema } from "../../config.ts";

const schema = z.strictObject({ gateway: gatewayConfigSchema });

function read(route: string) {
  return loadConfig(schema, { yaml: `gateway: { routes: { r: ${route} } }`, path: "b.yaml", env: {} }).gateway.routes[
    "r"
  ];
}

test("the short form is an order without affinity", () => {
  expect(read("{ targets: [a/x, b/y/z] }")).toEqual({ targets: ["a/x", "b/y/z"], strategy: "order", affinity: "none" });
});

describe("refused, with where and how to mend it", () => {
  test.each([
    ["{ targets: [ax] }", "gateway.routes.r.targets.0: write a target as vendor/model"],
    ["{ targets: [3] }", "gateway.routes.r.targets.0: write vendor/model, or an object with `target:` or `targets:`"],
    ["{ targets: [] }", "gateway.routes.r.targets: name at least one target"],
    ["{ targets: [a/x], strategie: order }", 'unknown key "gateway.routes.r.strategie": did you mean "strategy"?'],
    ["{ targets: [a/x], strategy: random }", "gateway.routes.r.strategy: a strategy is one of order, weighted,"],
    [
      "{ targets: [{ target: a/x, wieght: 1 }] }",
      'unknown key "gateway.routes.r.targets.0.wieght": did you mean "weight"?',
    ],
    ["{ targets: [{ weight: 1 }], strategy: weighted }", "targets.0: say either `target: vendor/model` or `targets:`"],
    ["{ targets: [{ target: a/x, targets: [b/x] }] }", "targets.0: say either `target: vendor/model` or `targets:`"],
    ["{ targets: [{ target: a/x, strategy: order }] }", "targets.0: `strategy` and `sticky_by` go with `targets:`"],
    [
      "{ targets: [{ target: a/x, weight: 1 }] }",
      "targets.0.weight: goes with `strategy: weighted`, and this is order",
    ],
    [
      "{ targets: [{ targets: [{ target: a/x, up_to: 1 }] }] }",
      "targets.0.targets.0.up_to: goes with `strategy: complexity`",
    ],
    ["{ targets: [a/x], sticky_by: user }", "r.sticky_by: goes with `strategy: weighted`, and this is order"],
    ["{ targets: [a/x], strategy: weighted, sticky_by: colour }", "r.sticky_by: write user, session, key, team,"],
    ["{ targets: [a/x], strategy: weighted, sticky_by: 'header:cookie' }", "r.sticky_by: write user, session, key,"],
    [
      "{ targets: [{ target: a/x, weight: 0 }], strategy: weighted }",
      "r.targets: give at least one of them a weight above 0",
    ],
    ["{ targets: [a/x, { target: b/x, up_to: 0.5 }], strategy: complexity }", "targets.1.up_to: goes up from one"],
    ["{ targets: [a/x, b/x], strategy: conditional }", "r.targets: give at least one of them a `when`"],
    ["{ targets: [{ target: a/x, when: {} }] }", "targets.0.when: say a condition, or leave `when` out"],
    ["{ targets: [{ target: a/x, when: { time: {} } }] }", "targets.0.when.time: say hours, days, or both"],
    ["{ targets: [{ target: a/x, when: { time: { hours: 9-17 } } }] }", "when.time.hours: write hours as 08:00-18:00"],
    [
      "{ targets: [{ target: a/x, when: { time: { days: [mon], zone: Mars } } }] }",
      "zone: a time zone such as Europe/Berlin",
    ],
    [
      "{ targets: [{ target: a/x, when: { header: { authorization: x } } }] }",
      "this header bears a secret; say `key:`",
    ],
    ["{ targets: [{ target: a/x, when: { team: 3 } }] }", "when.team: write one name, or a list of them"],
    [
      "{ targets: [{ targets: [{ targets: [{ targets: [{ targets: [a/x] }] }] }] }] }",
      "plans are nested at most 4 deep",
    ],
  ])("%s", (route, refusal) => {
    expect(() => read(route)).toThrow(refusal);
  });
});
