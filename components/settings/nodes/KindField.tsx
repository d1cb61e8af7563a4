import type { NodeForm } from "../../../lib/client/settings/node_form.ts";
import { PROVIDER_KINDS } from "../../../lib/shared/mod.ts";
import { useSettings } from "../context.ts";
import { kindLabel } from "./node_texts.ts";

/** The protocol that a server speaks. */
export function KindField({ form }: { form: NodeForm }) {
  const { t } = useSettings();
  const value = form.draft.value.kind;
  return (
    <div class="field">
      <label class="field__label" for="field-kind">{t("nodes.field.kind")}</label>
      <select
        id="field-kind"
        name="kind"
        class="field__control"
        value={value}
        onChange={(event) => form.change({ kind: event.currentTarget.value })}
      >
        {PROVIDER_KINDS.filter((kind) => kind !== "sketch").map((kind) => (
          <option key={kind} value={kind} selected={kind === value}>{t(kindLabel(kind))}</option>
        ))}
      </select>
    </div>
  );
}
