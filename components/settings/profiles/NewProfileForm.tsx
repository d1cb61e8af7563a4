import type { ErrorBody } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import { PasswordField } from "../../profiles/PasswordField.tsx";
import { TextField } from "../TextField.tsx";
import { RoleField } from "./RoleField.tsx";

/** Adds a profile; its avatar is chosen by whom it is for. */
export function NewProfileForm({ t, idempotencyKey, problem }: {
  t: Translate;
  idempotencyKey: string;
  problem: ErrorBody | null;
}) {
  return (
    <section aria-labelledby="new-profile">
      <h2 id="new-profile" class="settings-title">{t("profiles.new")}</h2>
      <form
        class="settings-form settings-card settings-card--padded"
        method="post"
        action="/settings/profiles"
      >
        <input type="hidden" name="intent" value="create" />
        <input type="hidden" name="key" value={idempotencyKey} />
        <TextField
          id="new-name"
          name="name"
          label={t("profiles.name")}
          value=""
          maxLength={60}
          problem={problem?.field === "name" ? problem.message : undefined}
          required
          onInput={() => {}}
        />
        <RoleField t={t} role="member" />
        <PasswordField
          id="new-password"
          name="password"
          label={t("profiles.password.optional")}
          hint={t("profiles.password.optional.hint")}
          autocomplete="new-password"
          problem={problem?.field === "password" ? problem.message : undefined}
        />
        <div class="settings-form__buttons">
          <button type="submit" class="button button--primary">
            <Icon name="plus" />
            {t("profiles.create")}
          </button>
        </div>
      </form>
    </section>
  );
}
