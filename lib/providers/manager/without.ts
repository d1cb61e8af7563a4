import { FreshetError, type ProviderKind, withTag } from "../../shared/mod.ts";
import { serverName } from "../catalog.ts";
import type { ModelManager } from "../manager.ts";
import type { Endpoint } from "../provider.ts";

/** A manager that can do nothing, to be told what its kind can. */
export function managerWithout(kind: ProviderKind): ModelManager {
  const refuse = (endpoint: Endpoint): Promise<never> => Promise.reject(cannot(kind, endpoint));
  return {
    kind,
    can: new Set(),
    pullName: withTag,
    pull: (endpoint) => ({ [Symbol.asyncIterator]: () => ({ next: () => refuse(endpoint) }) }),
    cancelPull: refuse,
    create: refuse,
    delete: refuse,
    copy: refuse,
    load: refuse,
    unload: refuse,
    show: refuse,
  };
}

/** The error for what no version of a kind has a call for. */
export function cannot(kind: ProviderKind, endpoint: Endpoint): FreshetError {
  return new FreshetError("unsupported", `${serverName(kind, endpoint.baseUrl)} has no call for that`, {
    hint: "It is done in that server itself",
  });
}
