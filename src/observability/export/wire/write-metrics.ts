// Metrics as protobuf: ExportMetricsServiceRequest, by the field numbers of opentelemetry-proto's metrics/v1.
import { Writer } from "protobufjs/minimal.js";
import type { HistogramPoint, MetricMessage, MetricsRequest } from "./otlp.ts";
import {
  putFixed64,
  tagOf,
  writeAttributes,
  writeFixed64,
  writeMessage,
  writeResource,
  writeScope,
  writeText,
} from "./write-common.ts";

export function writeMetrics({ resourceMetrics }: MetricsRequest): Uint8Array {
  const writer = Writer.create();
  for (const { resource, scopeMetrics } of resourceMetrics)
    writeMessage(writer, 1, () => {
      writeResource(writer, resource);
      for (const { scope, metrics, schemaUrl } of scopeMetrics)
        writeMessage(writer, 2, () => {
          writeScope(writer, scope);
          for (const metric of metrics) writeMessage(writer, 2, () => writeMetric(writer, metric));
          writeText(writer, 3, schemaUrl);
        });
    });
  return writer.finish();
}

function writeMetric(writer: Writer, { name, description, unit, histogram }: MetricMessage): void {
  writeText(writer, 1, name);
  writeText(writer, 2, description);
  writeText(writer, 3, unit);
  writeMessage(writer, 9, () => {
    for (const point of histogram.dataPoints) writeMessage(writer, 1, () => writePoint(writer, point));
    writer.uint32(tagOf.varint(2)).int32(histogram.aggregationTemporality);
  });
}

function writePoint(writer: Writer, point: HistogramPoint): void {
  writeFixed64(writer, 2, point.startTimeUnixNano);
  writeFixed64(writer, 3, point.timeUnixNano);
  writeFixed64(writer, 4, point.count);
  writer.uint32(tagOf.fixed64(5)).double(point.sum);
  writeMessage(writer, 6, () => {
    for (const count of point.bucketCounts) putFixed64(writer, count);
  });
  writeMessage(writer, 7, () => {
    for (const bound of point.explicitBounds) writer.double(bound);
  });
  writeAttributes(writer, 9, point.attributes);
}
