// Where a rule does not hold, and why. An exception that nothing needs any more is an error too.

export interface Exception {
  rule: string;
  path: string;
  reason: string;
}

export const exceptions: Exception[] = [
  { rule: "classes", path: "src/kernel/errors.ts", reason: "AppError must be an Error, with a stack and instanceof" },
  { rule: "world", path: "src/kernel/world.ts", reason: "this is where the real clock, dice and network come in" },
  {
    rule: "error-tables",
    path: "src/kernel/config.ts",
    reason: "each idea of the kernel keeps its own error beside it",
  },
  {
    rule: "error-tables",
    path: "src/kernel/secrets.ts",
    reason: "each idea of the kernel keeps its own error beside it",
  },
  {
    rule: "imports",
    path: "src/main.ts",
    reason: "goes straight to the command line: the front door would load the whole server for every command",
  },
  {
    rule: "outbound",
    path: "src/providers/call.ts",
    reason: "vendors' addresses stand in the config file or the environment",
  },
  {
    rule: "outbound",
    path: "src/providers/operations/realtime-target.ts",
    reason: "vendors' addresses stand in the config file or the environment",
  },
  {
    rule: "outbound",
    path: "src/providers/vendors/probe-local.ts",
    reason: "asks the usual ports of this machine at the start, no address that anybody names",
  },
  {
    rule: "outbound",
    path: "src/providers/vendors/google/access-token.ts",
    reason: "Google's own addresses, or the one in the operator's service account file",
  },
  {
    rule: "outbound",
    path: "src/observability/export/post.ts",
    reason: "the collector's address stands in the config file",
  },
  {
    rule: "outbound",
    path: "src/audit/sending/post-entries.ts",
    reason: "the receiver's address stands in the config file",
  },
  {
    rule: "outbound",
    path: "src/audit/witnessing/witnessing.ts",
    reason: "witnesses' addresses stand in the config file",
  },
  {
    rule: "outbound",
    path: "src/vault/masters/transit-master.ts",
    reason: "the key store's address stands in the config file, and is private as a rule",
  },
  {
    rule: "outbound",
    path: "src/approvals/notices/send.ts",
    reason: "recipients' addresses stand in the config file, or in secrets that it names",
  },
  {
    rule: "outbound",
    path: "src/guardrails/outside/ask-service.ts",
    reason: "the services' addresses stand in the config file, and are private as a rule",
  },
  {
    rule: "outbound",
    path: "src/alerts/channels/post-json.ts",
    reason: "channels' addresses stand in the config file, or in secrets that it names",
  },
  {
    rule: "outbound",
    path: "src/identity/oidc/provider.ts",
    reason: "asks the issuer alone, which stands in the config file; what that names is asked by fetchPublic",
  },
  {
    rule: "console-asks",
    path: "console/src/api/open-api.ts",
    reason: "this is the typed client, with what a browser's cookie needs besides",
  },
  {
    rule: "console-asks",
    path: "console/src/api/session.ts",
    reason: "signing in comes before there is anybody whom the API would answer",
  },
  {
    rule: "console-asks",
    path: "console/src/api/model/ask-model.ts",
    reason: "asks a model as every program does: by the model API",
  },
  {
    rule: "console-asks",
    path: "console/src/api/model/list-models.ts",
    reason: "asks for models as every program does: by the model API",
  },
  {
    rule: "console-asks",
    path: "console/src/pages/keys/secret/use-callable-model.ts",
    reason: "the typed client with the new key, and without the reader's cookie",
  },
];
