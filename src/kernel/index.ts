// The kernel's front door: ideas every room shares — ids, money, time, limits, errors, config, the world. It does no I/O.
export { AppError, defineErrors, isAppError, toAppError, type ErrorSpec, type Retry } from "./errors.ts";
export { configMissing, explainProblems, loadConfig, type ConfigSources } from "./config.ts";
export { byteSize, duration, secretRef } from "./config-types.ts";
export { describeSettings, type Setting } from "./settings/describe-settings.ts";
export { hideCredentials } from "./settings/hide-credentials.ts";
export { type SettingSchema, unitOf } from "./settings/setting-schema.ts";
export { type ContentSealer, type DataOwner, isSealed, SEAL_MARK } from "./sealed.ts";
export { resolveSecret, type SecretSources } from "./secrets.ts";
export { createCancellation, type Cancellation } from "./requests/cancellation.ts";
export {
  type AnswerBody,
  type AnswerHeaders,
  type AnswerReader,
  type Fetch,
  type FetchInit,
  type HttpAnswer,
  withSignal,
} from "./requests/fetch.ts";
export {
  type Frame,
  type OpenedSocket,
  type OpenSocket,
  sayableClose,
  type Socket,
  type SocketListener,
  type SocketRequest,
} from "./requests/socket.ts";
export { createReplaceable, type Replaceable } from "./replaceable.ts";
export { newId, newSpanId, newTraceId, timeOfId } from "./ids.ts";
export { createGate, type Gate } from "./limits.ts";
export { formatUsd, usdMicros, type UsdMicros } from "./money.ts";
export { cutText } from "./words/cut-text.ts";
export { describeDifferences } from "./words/differences.ts";
export { createNameMatch } from "./words/matches-name.ts";
export { nearestNames } from "./words/nearest.ts";
export { elapsedMs, formatDuration, roundMs, sleep } from "./time.ts";
export { createWorld, type Log, type World } from "./world.ts";
