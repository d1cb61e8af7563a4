import type { ProviderKind } from "../shared/mod.ts";
import type { Call } from "./call.ts";
import { HttpFailure } from "./http_failure.ts";
import { isRecord } from "./prompt.ts";
import type { Endpoint } from "./provider.ts";

/** What only servers of a kind answer: an address, and a field of what it says. */
interface OwnAddress {
  path: string;
  field: string;
}

/**
 * https://lmstudio.ai/docs/developer/rest/endpoints, LocalAI's core/http/routes/localai.go and Text Generation WebUI's
 * modules/api/script.py. Absent for kinds that the probe tells already.
 */
export const OWN_ADDRESS: Partial<Record<ProviderKind, OwnAddress>> = {
  lmstudio: { path: "/api/v0/models", field: "data" },
  localai: { path: "/system", field: "loaded_models" },
  textgen: { path: "/v1/internal/model/info", field: "model_name" },
};

/** Whether a server that speaks OpenAI's protocol is the program that its kind names. */
export async function isOfKind(call: Call, endpoint: Endpoint): Promise<boolean> {
  const own = OWN_ADDRESS[call.context.kind];
  if (!own) return true;
  try {
    const response = await call.fetch(new URL(own.path, endpoint.baseUrl));
    const body: unknown = await response.json();
    // LM Studio answers 200 with an error to what it does not know.
    return isRecord(body) && own.field in body;
  } catch (error) {
    if (call.signal.aborted) throw error;
    if (error instanceof HttpFailure || error instanceof SyntaxError) return false;
    throw error;
  }
}
