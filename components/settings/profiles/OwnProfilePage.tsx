import type { ErrorBody, LoginSession, Profile } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { PasswordField } from "../../profiles/PasswordField.tsx";
import { ProfileFields } from "../../profiles/ProfileFields.tsx";
import { Notice } from "../Notice.tsx";
import { SectionHeader } from "../SectionHeader.tsx";
import { SessionList } from "./SessionList.tsx";

/** What the page of the own profile is rendered from. */
export interface OwnProfileData {
  profile: Profile;
  /** Whether the password until now is asked for before there is a new one. */
  asksPassword: boolean;
  sessions: LoginSession[];
  /** What was just done. */
  done: string | null;
  problem: ErrorBody | null;
}

const PATH = "/settings/profile";

/** Name, password and browsers of who asks. It needs no script. */
export function OwnProfilePage(
  { t, language, data }: { t: Translate; language: string; data: OwnProfileData },
) {
  const { profile, asksPassword, sessions, done, problem } = data;
  return (
    <>
      <SectionHeader title={t("settings.profile")} about={t("profile.intro")} />
      {done && <Notice kind="success">{done}</Notice>}
      {problem && <Notice kind="error">{problem.message}</Notice>}
      <section aria-labelledby="details">
        <h2 id="details" class="settings-title">{t("profile.details")}</h2>
        <form class="settings-form settings-card settings-card--padded" method="post" action={PATH}>
          <input type="hidden" name="intent" value="details" />
          <ProfileFields
            t={t}
            prefix="own"
            name={profile.name}
            avatar={profile.avatar}
            problem={problem}
          />
          <div class="settings-form__buttons">
            <button type="submit" class="button button--primary">{t("profiles.save")}</button>
          </div>
        </form>
      </section>
      <PasswordForm t={t} profile={profile} asksPassword={asksPassword} problem={problem} />
      <SessionList t={t} language={language} sessions={sessions} action={PATH} />
    </>
  );
}

function PasswordForm({ t, profile: { name, hasPassword }, asksPassword, problem }: {
  t: Translate;
  profile: Profile;
  asksPassword: boolean;
  problem: ErrorBody | null;
}) {
  const problemOf = (field: string) => problem?.field === field ? problem.message : undefined;
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title" class="settings-title">{t("profile.password")}</h2>
      <form class="settings-form settings-card settings-card--padded" method="post" action={PATH}>
        <p>
          {t(hasPassword ? "profile.password.has" : "profile.password.none")} {t("profile.password.others")}
        </p>
        <input type="hidden" name="intent" value="password" />
        <input
          type="text"
          name="username"
          class="visually-hidden"
          value={name}
          autocomplete="username"
          tabIndex={-1}
          aria-hidden="true"
          readOnly
        />
        {asksPassword && (
          <PasswordField
            name="oldPassword"
            label={t("profile.password.old")}
            autocomplete="current-password"
            problem={problemOf("oldPassword")}
            required
          />
        )}
        <PasswordField
          name="password"
          label={t("profiles.password.new")}
          autocomplete="new-password"
          problem={problemOf("password")}
          required={!hasPassword}
        />
        {hasPassword && (
          <label class="check">
            <input type="checkbox" name="removePassword" />
            {t("profiles.password.remove")}
          </label>
        )}
        <div class="settings-form__buttons">
          <button type="submit" class="button button--primary">
            {t(hasPassword ? "profile.password.change" : "profile.password.set")}
          </button>
        </div>
      </form>
    </section>
  );
}
