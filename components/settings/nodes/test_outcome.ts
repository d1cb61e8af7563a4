import type { Toasts } from "../../../lib/client/toasts.ts";
import type { NodeTest } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { latency, modelCount } from "./node_texts.ts";

/** Says in a toast what came of a node's test. */
export function tellOutcome(
  { ok, message, hint, models, latencyMs }: NodeTest,
  name: string,
  { toasts, t, language }: { toasts: Toasts; t: Translate; language: string },
): void {
  if (ok) {
    const values = {
      name,
      models: modelCount(models.length, t, language),
      time: latency(latencyMs, language),
    };
    toasts.show({ kind: "success", message: t("nodes.test.ok", values) });
  } else {
    const said = t("nodes.test.failed", { name, message });
    toasts.show({ kind: "error", message: said, ...(hint ? { hint } : {}) });
  }
}
