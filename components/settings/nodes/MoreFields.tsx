import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { NodeDraft } from "../../../lib/client/settings/node_draft.ts";
import type { NodeForm } from "../../../lib/client/settings/node_form.ts";
import { useSettings } from "../context.ts";
import { TextField } from "../TextField.tsx";

const MOST = 10_000;

/** What of a node is seldom changed. It opens by itself where something in it is wrong. */
export function MoreFields({ form, problemOf, children }: {
  form: NodeForm;
  problemOf: (field: keyof NodeDraft) => string | undefined;
  children: ComponentChildren;
}) {
  const { t } = useSettings();
  const { kind, priority, concurrency, inferenceProvider } = form.draft.value;
  const hasProblem = (["priority", "concurrency", "inferenceProvider"] as const).some(problemOf) ||
    (Boolean(children) && problemOf("baseUrl") !== undefined);
  const [isOpen, setOpen] = useState(hasProblem);
  useEffect(() => {
    if (hasProblem) setOpen(true);
  }, [hasProblem]);
  return (
    <details class="more-fields" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("nodes.field.more")}</summary>
      <div class="more-fields__body">
        {children}
        {kind === "huggingface" && (
          <TextField
            name="inferenceProvider"
            label={t("nodes.field.inferenceProvider")}
            hint={t("nodes.field.inferenceProvider.hint")}
            value={inferenceProvider}
            problem={problemOf("inferenceProvider")}
            onInput={(inferenceProvider) => form.change({ inferenceProvider })}
          />
        )}
        <TextField
          name="priority"
          type="number"
          min={0}
          max={MOST}
          label={t("nodes.field.priority")}
          hint={t("nodes.field.priority.hint")}
          value={priority}
          problem={problemOf("priority")}
          onInput={(priority) => form.change({ priority })}
        />
        <TextField
          name="concurrency"
          type="number"
          min={0}
          max={MOST}
          label={t("nodes.field.concurrency")}
          hint={t("nodes.field.concurrency.hint")}
          value={concurrency}
          problem={problemOf("concurrency")}
          onInput={(concurrency) => form.change({ concurrency })}
        />
      </div>
    </details>
  );
}
