import type { KeyDraft } from "../../../lib/client/settings/key_draft.ts";
import { useSettings } from "../context.ts";
import { TextField } from "../TextField.tsx";

const MOST = 1_000_000_000;

/** How much may be used in a minute. */
export function LimitFields({ prefix, draft, onInput }: {
  /** Of the fields' ids. */
  prefix: string;
  draft: KeyDraft;
  onInput: (draft: KeyDraft) => void;
}) {
  const { t } = useSettings();
  return (
    <fieldset class="field limits">
      <legend class="field__label">{t("keys.limits")}</legend>
      <div class="limits__fields">
        <TextField
          id={`${prefix}-requests`}
          name="requestsPerMinute"
          type="number"
          min={0}
          max={MOST}
          label={t("keys.limits.requests")}
          hint={t("keys.limits.requests.hint")}
          value={draft.requestsPerMinute}
          onInput={(requestsPerMinute) => onInput({ ...draft, requestsPerMinute })}
        />
        <TextField
          id={`${prefix}-tokens`}
          name="tokensPerMinute"
          type="number"
          min={0}
          max={MOST}
          label={t("keys.limits.tokens")}
          hint={t("keys.limits.tokens.hint")}
          value={draft.tokensPerMinute}
          onInput={(tokensPerMinute) => onInput({ ...draft, tokensPerMinute })}
        />
      </div>
    </fieldset>
  );
}
