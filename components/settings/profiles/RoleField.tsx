import type { ProfileRole } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";

const ROLES: readonly ProfileRole[] = ["member", "administrator"];

/** What a profile may do. */
export function RoleField({ t, role }: { t: Translate; role: ProfileRole }) {
  return (
    <fieldset class="field">
      <legend class="field__label">{t("profiles.role")}</legend>
      <div class="scopes">
        {ROLES.map((each) => (
          <label key={each} class="scope">
            <input type="radio" name="role" value={each} checked={each === role} />
            <span class="scope__text">
              {t(`profile.role.${each}`)}
              <span class="field__hint">{t(`profiles.role.${each}.hint`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
