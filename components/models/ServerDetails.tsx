import { useModels } from "./context.ts";

const PARTS = ["system", "parameters", "template", "modelfile", "license"] as const;

/** What the server tells of a model: each part folded, and only those that there are. */
export function ServerDetails() {
  const { open, canManage, t } = useModels();
  const details = open.details.value;
  const problem = open.problem.value;
  if (!canManage) return null;
  return (
    <section class="model-details" aria-labelledby="model-details">
      <h3 id="model-details">{t("models.details")}</h3>
      {problem && <p class="node-panel__reason node-panel__reason--offline" role="alert">{problem.message}
      </p>}
      {!details && !problem && <p class="muted" role="status">{t("models.details.loading")}</p>}
      {details && PARTS.every((part) => details[part] === "") && (
        <p class="muted">{t("models.details.none")}</p>
      )}
      {details && PARTS.map((part) =>
        details[part] !== "" && (
          <details key={part} class="model-details__part">
            <summary>{t(`models.details.${part}`)}</summary>
            <pre tabIndex={0}><code>{details[part]}</code></pre>
          </details>
        )
      )}
    </section>
  );
}
