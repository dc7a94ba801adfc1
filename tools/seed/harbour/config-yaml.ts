// The configuration of the organisation Harbour: vendors that are invented, with prices, routes over them, guardrails, and what
// is watched. The simulator stands last in each route, so that calls are answered after the seed has gone, too.

/** While the week is made the simulator stands nowhere: what vendors fail at then fails, as it would have. */
export function yamlWhileSeeding(): string {
  return harbourYaml.replaceAll(/, sim\/sim-(small|large)\]/g, "]");
}

export const harbourYaml = `# Harbour, an invented organisation. Written by \`npm run seed -- demo\`; use it with
#   npm start -- --home THIS_FOLDER --config THIS_FOLDER/binnacle.yaml
providers:
  find_in_environment: false
  find_local_servers: false
  vendors:
    northwind:
      kind: openai-compatible
      base_url: http://northwind.invalid/v1
      models: [atlas-large, atlas-mini]
    meridian:
      kind: openai-compatible
      base_url: http://meridian.invalid/v1
      models: [quill-3, quill-3-fast]
    lumen:
      kind: openai-compatible
      base_url: http://lumen.invalid/v1
      models: [lumen-vision, lumen-embed]
    house:
      kind: openai-compatible
      base_url: http://house.invalid/v1
      models: [harbour-8b]
      price: free
  prices:
    northwind/atlas-large: { input_usd_per_million: 2.5, output_usd_per_million: 10, cache_read_usd_per_million: 0.25 }
    northwind/atlas-mini: { input_usd_per_million: 0.15, output_usd_per_million: 0.6, cache_read_usd_per_million: 0.015 }
    meridian/quill-3: { input_usd_per_million: 3, output_usd_per_million: 15, cache_read_usd_per_million: 0.3 }
    meridian/quill-3-fast: { input_usd_per_million: 0.8, output_usd_per_million: 4, cache_read_usd_per_million: 0.08 }
    lumen/lumen-vision: { input_usd_per_million: 0.4, output_usd_per_million: 1.6 }
    lumen/lumen-embed: { input_usd_per_million: 0.02, output_usd_per_million: 0 }
  models:
    northwind/atlas-large: { context_tokens: 200000, capabilities: [tools, reasoning, vision] }
    northwind/atlas-mini: { context_tokens: 128000, capabilities: [tools] }
    meridian/quill-3: { context_tokens: 200000, capabilities: [tools, reasoning, vision, pdf] }
    meridian/quill-3-fast: { context_tokens: 200000, capabilities: [tools, vision] }
    lumen/lumen-vision: { context_tokens: 64000, capabilities: [tools, vision] }
    house/harbour-8b: { context_tokens: 32768, capabilities: [tools] }

gateway:
  attempts_max: 4
  backoff_base: 20ms
  routes:
    helpdesk:
      affinity: session
      targets: [northwind/atlas-mini, meridian/quill-3-fast, sim/sim-small]
    live: { continue_broken: true, targets: [house/harbour-8b, meridian/quill-3-fast, sim/sim-small] }
    assistant:
      strategy: weighted
      sticky_by: user
      targets:
        - { target: northwind/atlas-large, weight: 70 }
        - { target: meridian/quill-3, weight: 25 }
        - { target: meridian/quill-3-fast, weight: 5 }
        - { target: sim/sim-large, weight: 0 }
    invoices: { targets: [meridian/quill-3-fast, northwind/atlas-mini, sim/sim-small] }
    review:
      strategy: complexity
      targets:
        - { target: northwind/atlas-mini, up_to: 0.3 }
        - { target: meridian/quill-3 }
        - { target: sim/sim-large }
    translate: { strategy: lowest_cost, targets: [northwind/atlas-mini, meridian/quill-3-fast, sim/sim-small] }
    homework: { targets: [house/harbour-8b, northwind/atlas-mini, sim/sim-small] }
    pictures: { targets: [lumen/lumen-vision, northwind/atlas-large] }
    faq: { targets: [northwind/atlas-mini, house/harbour-8b, sim/sim-small] }
  cache: { enabled: true, ttl: 1d, routes: [faq] }
  hedging: { routes: [live], share: 0.1, calls_min: 10 }

guardrails:
  policies:
    personal-data:
      applies_to: { routes: [helpdesk, invoices] }
      checks:
        - { kinds: [email], mode: mask }
        - { kinds: [secrets], mode: block }
    injections:
      applies_to: { routes: [assistant] }
      checks:
        - { kinds: [injection], on: [input, tool_result], mode: block, score_min: 0.6 }

approvals:
  deadline: 14d
  autonomy:
    rules:
      - { agent: ledger-bot, action: "post_payment", level: approve }

alerts:
  slos:
    helpdesk-availability: { of: { route: helpdesk }, objective: { kind: availability }, target: 99.5 }
    all-availability: { objective: { kind: availability }, target: 99 }
    assistant-quick-start: { of: { route: assistant }, objective: { kind: first_token, within: 1500ms }, target: 95 }
    live-quick-start: { of: { route: live }, objective: { kind: first_token, within: 500ms }, target: 95 }
    helpful-answers: { objective: { kind: quality, score: helpfulness, at_least: 0.6 }, target: 90 }
  rules:
    engineering-money:
      kind: cost
      of: { team: engineering }
      usd: 0.002
      every: month
      description: Engineering has spent what was planned for the month. Talk to Ingrid before raising it.
    finance-money: { kind: cost, of: { team: finance }, usd: 0.0005, every: month, severity: info }
    helpdesk-fails: { kind: error_spike, per: [route], window: 15m, rate: 0.1, clear_rate: 0.05, min_events: 8, keep_firing: 5m, severity: critical }
    slow-answers: { kind: latency, per: [model], of_what: first_token, for: 10m }
`;
