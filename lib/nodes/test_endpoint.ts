import { type NodeTest, type ProviderKind, toFreshetError } from "../shared/mod.ts";
import { type Clock, sleep } from "../host/mod.ts";
import type { Endpoint, Provider } from "../providers/mod.ts";
import { providerOf } from "./catalog.ts";

const TEST_TIMEOUT_MS = 15_000;

/** Tries out a server: whether it answers, takes the key, and which models it has. Never rejects for what the server does. */
export async function testEndpoint(
  kind: ProviderKind,
  endpoint: Endpoint,
  { clock, providers }: { clock: Clock; providers: ReadonlyMap<ProviderKind, Provider> },
): Promise<NodeTest> {
  const controller = new AbortController();
  const startedAt = clock.now();
  const late = sleep(clock, TEST_TIMEOUT_MS, controller.signal).then(() => {
    throw new DOMException("No answer in time", "TimeoutError");
  });
  try {
    const provider = providerOf(providers, kind);
    const asked = provider.probe(endpoint, controller.signal)
      .then(() => provider.models(endpoint, controller.signal));
    const models = await Promise.race([asked, late]);
    const latencyMs = clock.now() - startedAt;
    return { ok: true, message: `${models.length} models`, latencyMs, models: models.map(({ id }) => id) };
  } catch (cause) {
    const isLate = cause instanceof DOMException && cause.name === "TimeoutError";
    const { message, hint } = isLate
      ? { message: "The server did not answer within 15 s", hint: undefined }
      : toFreshetError(cause);
    const told = hint === undefined ? { message } : { message, hint };
    return { ok: false, ...told, latencyMs: clock.now() - startedAt, models: [] };
  } finally {
    late.catch(() => "the answer came first");
    controller.abort();
  }
}
