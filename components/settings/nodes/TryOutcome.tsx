import type { TryResult } from "../../../lib/client/settings/node_form.ts";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { latency, modelCount } from "./node_texts.ts";

/** What came of trying a server out. */
export function TryOutcome({ result }: { result: TryResult }) {
  const { t, language } = useSettings();
  if (result === null || result === "running") return null;
  if (result === "kept") return <Notice kind="warning">{t("nodes.try.kept")}</Notice>;
  const { ok, message, hint, models, latencyMs } = result;
  if (!ok) {
    return (
      <Notice kind="error">
        {t("nodes.try.failed", { message })}
        {hint && <span class="notice__hint">{hint}</span>}
      </Notice>
    );
  }
  const text = t("nodes.try.ok", {
    models: modelCount(models.length, t, language),
    time: latency(latencyMs, language),
  });
  return (
    <Notice kind="success">
      {models.length === 0 ? text : (
        <details>
          <summary>{text}</summary>
          <ul class="node__model-list">{models.map((id) => <li key={id}>{id}</li>)}</ul>
        </details>
      )}
    </Notice>
  );
}
