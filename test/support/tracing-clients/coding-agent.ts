// Logs as Claude Code writes them, sent by OpenTelemetry's own SDK: a prompt, a request to a model, a tool that failed.
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { key, say, url } from "./server.ts";

const exporter = new OTLPLogExporter({ url: `${url}/v1/logs`, headers: { authorization: `Bearer ${key}` } });
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ "service.name": "coding-agent-app" }),
  processors: [new SimpleLogRecordProcessor({ exporter })],
});
const logger = provider.getLogger("com.anthropic.claude_code.events", "2.0.0");

// Its number in OpenTelemetry.
const INFO = 9;

function log(event: string, attributes: Record<string, string>): void {
  logger.emit({
    body: `claude_code.${event}`,
    severityNumber: INFO,
    attributes: {
      "session.id": "session-1",
      "prompt.id": "p1",
      "user.email": "ann@example.org",
      "event.name": event,
      ...attributes,
    },
  });
}

log("user_prompt", { prompt: "Mend the test.", prompt_length: "14" });
log("api_request", {
  model: "claude-sonnet-4-5",
  input_tokens: "10",
  output_tokens: "100",
  cache_read_tokens: "1000",
  cache_creation_tokens: "200",
  duration_ms: "1500",
});
log("tool_result", { tool_name: "Bash", success: "false", duration_ms: "12", error: "no such file" });
say({});
await provider.forceFlush();
await provider.shutdown();
