// What is measured, in the order in which it is measured within a round, and of whom.
import type { ContenderName } from "../contenders/contender.ts";
import type { TrafficKind } from "../traffic.ts";

export interface Scenario {
  name: ScenarioName;
  title: string;
  traffic: TrafficKind;
  /** A closed loop of so many connections, or an open loop of so many calls a second. */
  load: { connections: number } | { callsPerSecond: number };
  contenders: readonly ContenderName[];
  /** Binnacle's caller speaks another dialect than the upstream; the others' does not. */
  isTranslated?: true;
  /** Binnacle's caller is under limits and budgets, at a route of several targets, with the cache looked up. */
  isGoverned?: true;
  /** On a route of Binnacle that guardrails hold for; policies and the audit trail are there for all. */
  isSecured?: true;
  /** Of processes that spread over all CPUs, so that nothing is pinned: only on demand, and by itself. */
  isSpread?: true;
  seconds: number;
}

export const scenarioNames = [
  "json",
  "stream",
  "burst",
  "paced",
  "latency",
  "rate",
  "translated",
  "translated-stream",
  "governed",
  "secured",
  "workers",
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

const PROXIES = ["bare", "binnacle", "portkey"] as const;
const ALL = ["direct", ...PROXIES] as const;

export const scenarios: readonly Scenario[] = [
  {
    name: "json",
    title: "JSON, 32 connections",
    traffic: "json",
    load: { connections: 32 },
    contenders: PROXIES,
    seconds: 2,
  },
  {
    name: "stream",
    title: "Streams of 100 events, each written by itself, 32 connections",
    traffic: "stream",
    load: { connections: 32 },
    contenders: PROXIES,
    seconds: 2,
  },
  {
    name: "burst",
    title: "Streams of 100 events in one write, 32 connections",
    traffic: "burst",
    load: { connections: 32 },
    contenders: PROXIES,
    seconds: 1.5,
  },
  {
    name: "paced",
    title: "Streams of 100 events, one each 5 ms, 64 connections",
    traffic: "paced",
    load: { connections: 64 },
    contenders: ALL,
    seconds: 1.5,
  },
  {
    name: "latency",
    title: "JSON, 1 connection",
    traffic: "json",
    load: { connections: 1 },
    contenders: ALL,
    seconds: 1,
  },
  {
    name: "rate",
    title: "JSON, 500 calls a second, whatever the answers do",
    traffic: "json",
    load: { callsPerSecond: 500 },
    contenders: ALL,
    seconds: 2,
  },
  {
    name: "translated",
    title: "JSON, 32 connections, Binnacle asked in Anthropic's dialect",
    traffic: "json",
    load: { connections: 32 },
    contenders: ["bare", "binnacle"],
    isTranslated: true,
    seconds: 2,
  },
  {
    name: "translated-stream",
    title: "Streams of 100 events, each written by itself, 32 connections, Binnacle asked in Anthropic's dialect",
    traffic: "stream",
    load: { connections: 32 },
    contenders: ["bare", "binnacle"],
    isTranslated: true,
    seconds: 2,
  },
  {
    name: "governed",
    title: "JSON, 32 connections, Binnacle with five targets, four limits, four hard budgets and the cache",
    traffic: "json",
    load: { connections: 32 },
    contenders: ["bare", "binnacle"],
    isGoverned: true,
    seconds: 2,
  },
  {
    name: "secured",
    title: "JSON, 32 connections, Binnacle with 100 policies, guardrails on both sides, and the audit trail",
    traffic: "json",
    load: { connections: 32 },
    contenders: ["bare", "binnacle"],
    isSecured: true,
    seconds: 2,
  },
  {
    name: "workers",
    title: "JSON, 64 connections, Binnacle as 1, 2 and 4 processes on one port, nothing pinned",
    traffic: "json",
    load: { connections: 64 },
    contenders: ["binnacle", "binnacle-2", "binnacle-4"],
    isSpread: true,
    seconds: 3,
  },
];
