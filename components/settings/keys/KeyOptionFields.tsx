import type { KeyDraft } from "../../../lib/client/settings/key_draft.ts";
import { useSettings } from "../context.ts";
import { TextField } from "../TextField.tsx";
import { BudgetFields } from "./BudgetFields.tsx";
import { LimitFields } from "./LimitFields.tsx";

/** What may be chosen for a key, and changed later. */
export function KeyOptionFields({ prefix, draft, onInput }: {
  /** Of the fields' ids. */
  prefix: string;
  draft: KeyDraft;
  onInput: (draft: KeyDraft) => void;
}) {
  const { t } = useSettings();
  return (
    <>
      <LimitFields prefix={prefix} draft={draft} onInput={onInput} />
      <BudgetFields prefix={prefix} draft={draft} onInput={onInput} />
      <div class="limits__fields">
        <TextField
          id={`${prefix}-last-day`}
          name="lastDay"
          type="date"
          max="9999-12-31"
          label={t("keys.lastDay")}
          hint={t("keys.lastDay.hint")}
          value={draft.lastDay}
          onInput={(lastDay) => onInput({ ...draft, lastDay })}
        />
      </div>
      <label class="scope">
        <input
          type="checkbox"
          name="continuesAnswers"
          checked={draft.continuesAnswers}
          onChange={(event) => onInput({ ...draft, continuesAnswers: event.currentTarget.checked })}
        />
        <span class="scope__text">
          {t("keys.continue")}
          <span class="field__hint">{t("keys.continue.hint")}</span>
        </span>
      </label>
    </>
  );
}
