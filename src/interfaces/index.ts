// Interfaces' front door: the ways in. They carry no logic; each hands over to the rooms below.
export { runCli, type CliHost } from "./cli/index.ts";
export { interfacesConfigSchema, type InterfacesConfig } from "./config.ts";
export { interfacesErrors } from "./errors.ts";
export { createGrpcServer, type GrpcServer } from "./grpc/otlp-server.ts";
export { createHttpServer, type HttpServer } from "./http/server.ts";
export { createSettings } from "./settings.ts";
