import type { Translate } from "../../lib/shared/texts/mod.ts";
import type { ApiOperation } from "./reference.ts";
import { SchemaView } from "./SchemaView.tsx";

/** One operation, folded until it is looked at. */
export function OperationView({ operation, isOpen, t }: {
  operation: ApiOperation;
  isOpen: boolean;
  t: Translate;
}) {
  const { id, method, path, summary, scope, parameters, body, answers, curl, trial } = operation;
  return (
    <details class="operation" open={isOpen}>
      <summary class="operation__head">
        <span class={`operation__method operation__method--${method.toLowerCase()}`}>{method}</span>
        <code class="operation__path">{path}</code>
        <span class="operation__summary" lang="en">{summary}</span>
      </summary>
      {/* Inside, so that an address with its name opens it. */}
      <div class="operation__body" id={id}>
        {scope && (
          <p class="muted">
            {t("docs.scope")} <code>{scope}</code>
          </p>
        )}
        {parameters.length > 0 && (
          <>
            <h3>{t("docs.parameters")}</h3>
            <ul class="schema">
              {parameters.map(({ name, place, isRequired, schema }) => (
                <li key={`${place} ${name}`}>
                  <code class="schema__name">{name}</code>{" "}
                  <span class="muted">{t(`docs.parameter.${place}`)}</span>
                  {isRequired && <span class="schema__required">{t("docs.required")}</span>}{" "}
                  <SchemaView schema={schema} t={t} />
                </li>
              ))}
            </ul>
          </>
        )}
        {body && (
          <>
            <h3>{t("docs.body")}</h3>
            <SchemaView schema={body} t={t} />
          </>
        )}
        <h3>{t("docs.answers")}</h3>
        <ul class="schema">
          {answers.map(({ status, description, mediaType, schema }) => (
            <li key={status}>
              <code class="schema__name">{status}</code> <span lang="en">{description}</span>
              {mediaType && <span class="muted">, {mediaType}</span>}{" "}
              {schema && <SchemaView schema={schema} t={t} />}
            </li>
          ))}
        </ul>
        <div class="operation__example">
          <h3>{t("docs.example")}</h3>
          <span data-copy-place />
        </div>
        <pre class="snippet__code" tabIndex={0} data-curl><code>{curl}</code></pre>
        <div class="needs-script" data-trial={JSON.stringify(trial)} />
      </div>
    </details>
  );
}
