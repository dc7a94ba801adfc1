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
    [
      "{ targets: [{ target: a/x, examples: [e] }] }",
      "targets.0.examples: goes with `strategy: semantic`, and this is order",
    ],
    [
      "{ targets: [{ target: a/x, least: 0.1 }, { target: b/x, examples: [e] }], strategy: semantic }",
      "targets.0.least: goes with `examples`",
    ],
    ["{ targets: [a/x, b/x], strategy: semantic }", "r.targets: give at least one of them `examples`"],
    [
      "{ targets: [{ target: a/x, examples: [] }], strategy: semantic }",
      "targets.0.examples: give at least one example",
    ],
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
    [
      "{ strategy: ensemble, targets: [a/x, b/y], decide: vote, continue_broken: true }",
      "gateway.routes.r.continue_broken: goes with routes that ask one target, and this is ensemble",
    ],
    ["{ targets: [a/x], share: 0.1 }", "gateway.routes.r.share: goes with `shadow`, which is not there"],
    ["{ targets: [a/x], shadow: [] }", "gateway.routes.r.shadow: name at least one target, or leave it out"],
    ["{ targets: [a/x], shadow: [b] }", "gateway.routes.r.shadow.0: write a target as vendor/model"],
    ["{ targets: [a/x], shadow: [{ region: eu }] }", "gateway.routes.r.shadow.0"],
    ["{ targets: [a/x], shadow: [b/x], share: 10 }", "gateway.routes.r.share: Too big"],
    ["{ targets: [a/x], strategy: ensemble }", "r.targets: name at least two targets for ensemble"],
    [
      "{ targets: [a/x, b/x], quorum: 2 }",
      "gateway.routes.r.quorum: goes with `strategy: ensemble`, and this is order",
    ],
    [
      "{ targets: [a/x, b/x], strategy: ensemble, accept: {} }",
      "r.accept: goes with `strategy: draft_then_final`, and this is ensemble",
    ],
    ["{ targets: [a/x, b/x], strategy: ensemble, decide: toss }", "r.decide: an ensemble decides by vote, judge or"],
    ["{ targets: [a/x, b/x], strategy: ensemble, decide: judge }", "r.judge: name the model that judges"],
    ["{ targets: [a/x, b/x], strategy: ensemble, judge: j/x }", "r.judge: goes with `decide: judge`, and this is vote"],
    ["{ targets: [a/x, b/x], strategy: ensemble, quorum: 3 }", "r.quorum: there are 2 targets, and so no more answers"],
    [
      "{ targets: [a/x, b/x], strategy: ensemble, decide: first_good, quorum: 2 }",
      "r.quorum: first_good needs one answer",
    ],
    [
      "{ targets: [a/x, b/x], strategy: ensemble, affinity: session }",
      "r.affinity: goes with strategies that ask one target, and this is ensemble",
    ],
    [
      "{ targets: [a/x, { targets: [b/x, c/x] }], strategy: ensemble }",
      "r.targets.1: in an ensemble a place holds one target, not a plan",
    ],
    [
      "{ targets: [a/x, { targets: [b/x, c/x], strategy: weighted }], strategy: draft_then_final }",
      "r.targets.1: in a draft_then_final a place holds one target, not a plan",
    ],
    [
      "{ targets: [{ targets: [b/x, c/x], strategy: ensemble, weight: 1 }, a/x], strategy: weighted }",
      "ensemble is a strategy of a whole route: it stands in no place of another plan",
    ],
    [
      "{ targets: [a/x, b/x], strategy: draft_then_final, accept: { judge: { target: j/x } } }",
      "gateway.routes.r.accept.judge.threshold",
    ],
    [
      "{ targets: [a/x, b/x], strategy: draft_then_final, accept: { min_mean_logprob: 1 } }",
      "gateway.routes.r.accept.min_mean_logprob: Too big",
    ],
  ])("%s", (route, refusal) => {
    expect(() => read(route)).toThrow(refusal);
  });
});
