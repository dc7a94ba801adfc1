// Spans as protobuf: ExportTraceServiceRequest, by the field numbers of opentelemetry-proto's trace/v1.
import { Writer } from "protobufjs/minimal.js";
import type { SpanMessage, TracesRequest } from "./otlp.ts";
import {
  tagOf,
  writeAttributes,
  writeFixed64,
  writeId,
  writeMessage,
  writeResource,
  writeScope,
  writeText,
} from "./write-common.ts";

export function writeTraces({ resourceSpans }: TracesRequest): Uint8Array {
  const writer = Writer.create();
  for (const { resource, scopeSpans } of resourceSpans)
    writeMessage(writer, 1, () => {
      writeResource(writer, resource);
      for (const { scope, spans, schemaUrl } of scopeSpans)
        writeMessage(writer, 2, () => {
          writeScope(writer, scope);
          for (const span of spans) writeMessage(writer, 2, () => writeSpan(writer, span));
          writeText(writer, 3, schemaUrl);
        });
    });
  return writer.finish();
}

function writeSpan(writer: Writer, span: SpanMessage): void {
  writeId(writer, 1, span.traceId);
  writeId(writer, 2, span.spanId);
  writeId(writer, 4, span.parentSpanId);
  writeText(writer, 5, span.name);
  writer.uint32(tagOf.varint(6)).int32(span.kind);
  writeFixed64(writer, 7, span.startTimeUnixNano);
  writeFixed64(writer, 8, span.endTimeUnixNano);
  writeAttributes(writer, 9, span.attributes);
  const { code, message } = span.status;
  if (code === 0) return;
  writeMessage(writer, 15, () => {
    writeText(writer, 2, message);
    writer.uint32(tagOf.varint(3)).int32(code);
  });
}
