import type { ServerPreset } from "../../../lib/client/settings/node_draft.ts";
import type { NodeForm } from "../../../lib/client/settings/node_form.ts";
import type { NodeInfo } from "../../../lib/shared/mod.ts";
import { ExternalLink } from "../../ExternalLink.tsx";
import { useSettings } from "../context.ts";
import { TextField } from "../TextField.tsx";

/** The key for a server. A kept one is never shown: it can be replaced or removed. */
export function KeyField({ form, node, preset, problem }: {
  form: NodeForm;
  node: NodeInfo | null;
  preset: ServerPreset | null;
  problem: string | undefined;
}) {
  const { t } = useSettings();
  const { apiKey, removeKey } = form.draft.value;
  const hasKey = node?.hasKey ?? false;
  const isNeeded = preset?.hosted ?? false;
  return (
    <>
      <TextField
        name="apiKey"
        type="password"
        label={t(isNeeded || hasKey ? "nodes.field.apiKey" : "nodes.field.apiKey.optional")}
        hint={t(hasKey ? "nodes.field.apiKey.kept" : "nodes.field.apiKey.safe")}
        value={apiKey}
        required={isNeeded}
        problem={problem}
        onInput={(apiKey) => form.change({ apiKey })}
      >
        {preset?.keyUrl && (
          <ExternalLink href={preset.keyUrl} newTab={t("settings.newTab")}>
            {t("nodes.field.apiKey.get", { name: preset.name })}
          </ExternalLink>
        )}
      </TextField>
      {hasKey && (
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            name="removeKey"
            checked={removeKey}
            onChange={(event) => form.change({ removeKey: event.currentTarget.checked })}
          />
          {t("nodes.field.apiKey.remove")}
        </label>
      )}
    </>
  );
}
