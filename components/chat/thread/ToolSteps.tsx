import type { ToolStep } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { toolWords } from "../tool_words.ts";

/** What a model did with tools, step by step, folded. */
export function ToolSteps({ steps }: { steps: readonly ToolStep[] }) {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <li key={step.call.id}>
          <Step step={step} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step: { call, result } }: { step: ToolStep }) {
  const { t, data } = usePage();
  const tool = data.tools.find(({ name }) => name === call.name);
  const title = tool ? toolWords(tool, t).title : call.name;
  const state = !result ? "running" : result.isError ? "failed" : "done";
  return (
    <details class={`step step--${state}`}>
      <summary>
        <Icon
          name={state === "running" ? "loader-circle" : state === "failed" ? "circle-alert" : "wrench"}
          class={state === "running" ? "spin" : ""}
        />
        <span>{title}</span>
        <span class="step__state">{t(`step.${state}`)}</span>
        <Icon name="chevron-right" class="reasoning__arrow" />
      </summary>
      <div class="step__detail">
        <p class="step__label">{t("step.arguments")}</p>
        <pre tabIndex={0}><code>{prettyJson(call.arguments)}</code></pre>
        {result && (
          <>
            <p class="step__label">{t(result.isError ? "step.error" : "step.result")}</p>
            <pre tabIndex={0}><code>{prettyJson(result.content)}</code></pre>
          </>
        )}
      </div>
    </details>
  );
}

/** JSON with line breaks; anything else as it is. */
function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Results are often plain text, and arguments may still be half written.
    return text;
  }
}
