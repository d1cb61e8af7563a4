import type { ProviderKind } from "../shared/mod.ts";
import type { Endpoint } from "./provider.ts";

/** Which server an error is about. */
export interface ErrorContext {
  kind: ProviderKind;
  endpoint: Endpoint;
  model?: string | undefined;
}
