// A rule of any kind, read.
import type { Rule } from "./config.ts";
import { readErrorSpike, readLatency, readNoData, readQuality } from "./read-calls.ts";
import { readCost, readCostAnomaly } from "./read-cost.ts";
import type { ReadContext, Reading } from "./reading.ts";
import { readBudgetForecast, readDrift, readSignalLag, readSloBurn } from "./read-noticed.ts";

/** Throws what the figures throw. */
export function readRule(rule: Rule, context: ReadContext): Promise<Reading> {
  switch (rule.kind) {
    case "cost":
      return readCost(rule, context);
    case "cost_anomaly":
      return readCostAnomaly(rule, context);
    case "error_spike":
      return readErrorSpike(rule, context);
    case "latency":
      return readLatency(rule, context);
    case "quality":
      return readQuality(rule, context);
    case "drift":
      return readDrift(rule, context);
    case "slo_burn":
      return readSloBurn(rule, context);
    case "budget_forecast":
      return readBudgetForecast(rule, context);
    case "signal_lag":
      return readSignalLag(rule, context);
    case "no_data":
      return readNoData(rule, context);
  }
}
