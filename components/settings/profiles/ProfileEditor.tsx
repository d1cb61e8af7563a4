import { type ErrorBody, HOUSE_PROFILE, type Profile } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { PasswordField } from "../../profiles/PasswordField.tsx";
import { ProfileFields } from "../../profiles/ProfileFields.tsx";
import { RoleField } from "./RoleField.tsx";

/** Changes a profile. */
export function ProfileEditor({ t, profile, isOwn, problem }: {
  t: Translate;
  profile: Profile;
  /** The own password is changed at a place of its own, with the one until now. */
  isOwn: boolean;
  problem: ErrorBody | null;
}) {
  const { id, name, avatar, role, hasPassword } = profile;
  return (
    <form
      class="key__editor"
      method="post"
      action="/settings/profiles"
      aria-label={t("profiles.editOne", { name })}
    >
      <input type="hidden" name="intent" value="update" />
      <input type="hidden" name="id" value={id} />
      <ProfileFields t={t} prefix={id} name={name} avatar={avatar} problem={problem} />
      {id === HOUSE_PROFILE
        ? <p class="field__hint">{t("profiles.role.first")}</p>
        : <RoleField t={t} role={role} />}
      {!isOwn && (
        <PasswordField
          id={`${id}-password`}
          name="password"
          label={t("profiles.password.new")}
          hint={t("profiles.password.hint")}
          autocomplete="new-password"
          problem={problem?.field === "password" ? problem.message : undefined}
        />
      )}
      {!isOwn && hasPassword && (
        <label class="check">
          <input type="checkbox" name="removePassword" />
          {t("profiles.password.remove")}
        </label>
      )}
      <p class="field__hint">
        {isOwn ? <a href="/settings/profile">{t("profiles.ownPassword")}</a> : t("profiles.rightsHint")}
      </p>
      <div class="settings-form__buttons">
        <button type="submit" class="button button--primary">{t("profiles.save")}</button>
        <a class="button" href="/settings/profiles">{t("cancel")}</a>
      </div>
    </form>
  );
}
