/** Running code that nobody trusts: checks of a project, API projects as processes, their routes. */
export { DEFAULT_LIMITS, type SandboxLimits } from "./limits.ts";
export { E2bSandbox } from "./e2b/e2b_sandbox.ts";
export type { E2bSandboxOptions } from "./e2b/options.ts";
export { LocalSandbox, type LocalSandboxOptions } from "./local_sandbox.ts";
export type {
  ApiRoute,
  Availability,
  CheckOptions,
  LogLine,
  ProcessExit,
  ProcessState,
  RouteList,
  Sandbox,
  SandboxProcess,
} from "./sandbox.ts";
