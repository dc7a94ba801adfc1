// The control-plane API under /api/v1: each route of the contract, bound to the room that answers it.
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import type { Audit } from "../../../audit/index.ts";
import type { Approvals } from "../../../approvals/index.ts";
import type { Alerts } from "../../../alerts/index.ts";
import type { Compliance } from "../../../compliance/index.ts";
import type { Drift } from "../../../drift/index.ts";
import type { TargetHealth } from "../../../gateway/contract.ts";
import type { Gateway } from "../../../gateway/index.ts";
import type { Guardrails } from "../../../guardrails/index.ts";
import type { Identity } from "../../../identity/index.ts";
import type { World } from "../../../kernel/index.ts";
import type { Ledger } from "../../../ledger/index.ts";
import type { Providers } from "../../../providers/index.ts";
import type { Views } from "../../../views/index.ts";
import type { Vault } from "../../../vault/index.ts";
import type { Peers } from "../../../workers/index.ts";
import type { InterfacesConfig } from "../../config.ts";
import type { Settings, Status } from "../../contract.ts";
import type { ControlCallers } from "../credential.ts";
import { auditHandlers } from "../audit/handlers.ts";
import { directoryHandlers } from "./directory-handlers.ts";
import { createDoors } from "./doors.ts";
import { figureHandlers, type FigureRooms } from "./figure-handlers.ts";
import { gatewayHandlers } from "./gateway-handlers.ts";
import { approvalHandlers } from "./oversight/approval-handlers.ts";
import { switchHandlers } from "./oversight/switch-handlers.ts";
import { type BoundaryDoor, noticeHandlers } from "./notice-handlers.ts";
import { viewHandlers } from "./pages/view-handlers.ts";
import { identityHandlers } from "./people/identity-handlers.ts";
import { policyHandlers, type PolicyRooms } from "./policies/policy-handlers.ts";
import { callHandlers, recordHandlers } from "./record-handlers.ts";
import { complianceHandlers } from "./safekeeping/compliance-handlers.ts";
import { vaultHandlers } from "./safekeeping/vault-handlers.ts";

export interface ControlPlaneDeps
  extends FigureRooms, Omit<ControlCallers, "identity">, Omit<PolicyRooms, "governance"> {
  config: InterfacesConfig;
  world: World;
  identity: Identity;
  ledger: Ledger;
  /** Who else listens on the port. */
  peers: Peers;
  gateway: Gateway;
  guardrails: Guardrails;
  alerts: Alerts;
  approvals: Approvals;
  providers: Providers;
  drift: Drift;
  vault: Vault;
  views: Views;
  audit: Audit;
  compliance: Compliance;
  /** Of all processes that share the port. */
  status(): Promise<Status>;
  settings(): Settings;
  targets(): Promise<TargetHealth[]>;
  boundary: BoundaryDoor;
  /** Aborts when the server closes: then those who watch live are let go first. */
  closing: AbortSignal;
}

/** Answers a request below /api/v1; undefined when no route of the contract fits. */
export function createControlPlane(deps: ControlPlaneDeps): (request: Request) => Promise<Response | undefined> {
  const handler = new OpenAPIHandler(createRouter(deps));
  return async (request) => {
    const { response } = await handler.handle(request, { prefix: "/api/v1", context: { request } });
    return response;
  };
}

function createRouter(deps: ControlPlaneDeps) {
  const doors = createDoors(deps);
  return doors.router({
    status: doors.status.handler(() => deps.status()),
    config: doors.config.handler(() => deps.settings()),
    calls: callHandlers(doors, deps),
    ...recordHandlers(doors, deps),
    ...gatewayHandlers(doors, deps),
    ...directoryHandlers(doors, deps.governance),
    ...policyHandlers(doors, deps),
    ...noticeHandlers(doors, deps),
    ...switchHandlers(doors, deps.governance),
    approvals: approvalHandlers(doors, deps.approvals),
    ...figureHandlers(doors, deps),
    ...identityHandlers(doors, deps),
    views: viewHandlers(doors, deps.views),
    vault: vaultHandlers(doors, deps),
    audit: auditHandlers(doors, deps.audit),
    compliance: complianceHandlers(doors, deps.compliance),
  });
}
