// What can be wrong with a request before any room sees it, and with starting to listen.
import { defineErrors } from "../kernel/index.ts";

export const interfacesErrors = defineErrors("interfaces", {
  body_too_large: (p: { max: number }) => ({
    status: 413,
    message: `The request body is longer than ${p.max} bytes.`,
    fix: "Send less, or raise interfaces.body_bytes_max.",
  }),
  not_json: (p: { detail: string }) => ({
    status: 400,
    message: `The request body is not JSON: ${p.detail}.`,
    fix: "Send one JSON object, in UTF-8, with the header content-type: application/json.",
  }),
  json_too_deep: (p: { max: number }) => ({
    status: 400,
    message: `The request body nests more than ${p.max} levels deep.`,
    fix: "Send something flatter; nothing here needs as many levels.",
  }),
  bad_header: (p: { why: string }) => ({
    status: 400,
    message: `A header cannot be sent: ${p.why}.`,
    fix: "A header's name has no spaces, and its value no line breaks.",
  }),
  not_a_form: (p: { type: string }) => ({
    status: 400,
    message: `The request body is not a form${p.type === "" ? "" : ` of the type ${JSON.stringify(p.type)}`}.`,
    fix: "Send multipart/form-data, with its boundary in the header content-type; clients do so by themselves.",
  }),
  not_a_websocket: () => ({
    status: 426,
    message: "This address speaks WebSocket only.",
    fix: "Connect with a WebSocket client, such as the Realtime client of OpenAI's SDK; a proxy between must pass upgrades on.",
  }),
  no_realtime_model: () => ({
    status: 400,
    message: "The address names no model.",
    fix: "Connect to /v1/realtime?model=NAME, with the name of a route or a model; GET /v1/models lists them.",
  }),
  bad_query: (p: { why: string }) => ({
    status: 400,
    message: `This address asks for something that there is not: ${p.why}.`,
    fix: "format is ndjson, csv or parquet; since_ms and until_ms are epoch milliseconds; bodies is true or false.",
  }),
  no_such_path: (p: { method: string; path: string }) => ({
    status: 404,
    message: `There is nothing at ${p.method} ${p.path}.`,
    fix: "The model API is below /v1, the control plane below /api/v1 (documented at /api/docs), the console at /.",
  }),
  too_many_listeners: (p: { max: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `Already ${p.max} listeners watch calls live.`,
    fix: "Close some, or raise interfaces.live_listeners_max.",
  }),
  listener_too_slow: (p: { max: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `This listener fell ${p.max} calls behind and was let go.`,
    fix: "Connect again; the list of calls has those in between.",
  }),
  not_found: (p: { what: string; id: string }) => ({
    status: 404,
    message: `There is no ${p.what} ${JSON.stringify(p.id)}.`,
    fix: "Lists show the ids; a record may also have been removed by retention.",
  }),
  tls_file: (p: { path: string; why: string }) => ({
    status: 500,
    message: `The TLS listener cannot use ${p.path}: ${p.why}.`,
    fix: "Check interfaces.tls: cert and key are files in PEM that belong together, and this program may read them.",
  }),
  port_taken: (p: { host: string; port: number }) => ({
    status: 500,
    message: `Something else already listens on ${p.host}:${p.port}.`,
    fix: `Stop it, or choose another port: BINNACLE_PORT=${p.port + 1} npm start.`,
  }),
  cannot_listen: (p: { host: string; port: number; why: string }) => ({
    status: 500,
    message: `Cannot listen on ${p.host}:${p.port}: ${p.why}.`,
    fix: "Check interfaces.host and interfaces.port; ports below 1024 need special rights.",
  }),
});
