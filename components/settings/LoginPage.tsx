import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Profile } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Logo } from "../Logo.tsx";
import { Avatar } from "../profiles/Avatar.tsx";
import { PasswordField } from "../profiles/PasswordField.tsx";
import { Notice } from "./Notice.tsx";

/** What the login is rendered from. */
export interface LoginData {
  /** The profiles that can be entered. */
  profiles: Profile[];
  /** The one whose password is asked for. */
  chosen: Profile | null;
  hasToken: boolean;
  /** Whether the token is asked for. */
  byToken: boolean;
  /** Where to go afterwards. */
  to: string;
  /** What was wrong with the last try, at the field or as a whole. */
  problem: { text: string; isOfField: boolean } | null;
}

/** Asks who somebody is: by a profile with its password, or by the token. It needs no script. */
export function LoginPage({ t, data }: { t: Translate; data: LoginData }) {
  const { profiles, chosen, hasToken, byToken, problem } = data;
  return (
    <>
      <Head>
        <link key="settings" rel="stylesheet" href={asset("/css/settings.css")} />
        <link key="access" rel="stylesheet" href={asset("/css/access.css")} />
        <link key="profiles" rel="stylesheet" href={asset("/css/profiles.css")} />
      </Head>
      <main class="login">
        <div class="login__card">
          <Logo class="login__logo" />
          <h1 class="login__title">{t("app.name")}</h1>
          {problem && !problem.isOfField && <Notice kind="error">{problem.text}</Notice>}
          {chosen
            ? <PasswordForm t={t} data={data} profile={chosen} />
            : byToken
            ? <TokenForm t={t} data={data} />
            : <Choice t={t} data={data} />}
          {!chosen && !byToken && profiles.length === 0 && !hasToken && (
            <Notice kind="warning">{t("login.nobody")}</Notice>
          )}
          <OtherWays t={t} data={data} />
        </div>
      </main>
    </>
  );
}

interface Part {
  t: Translate;
  data: LoginData;
}

function Choice({ t, data: { profiles, to } }: Part) {
  if (profiles.length === 0) return null;
  return (
    <>
      <p class="muted" id="who">{t("login.who")}</p>
      <ul class="login__profiles" aria-labelledby="who">
        {profiles.map((profile) => (
          <li key={profile.id}>
            {profile.hasPassword
              ? (
                <a class="login__profile" href={address(to, { profile: profile.id })}>
                  <Face t={t} profile={profile} label={t("login.choose", { name: profile.name })} />
                </a>
              )
              : (
                <form method="post" action="/login">
                  <input type="hidden" name="to" value={to} />
                  <button type="submit" name="profile" value={profile.id} class="login__profile">
                    <Face t={t} profile={profile} label={t("login.enter", { name: profile.name })} />
                  </button>
                </form>
              )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Face({ t, profile, label }: { t: Translate; profile: Profile; label: string }) {
  return (
    <>
      <Avatar profile={profile} size="large" />
      <span class="visually-hidden">{label}</span>
      <span class="login__name" aria-hidden="true">
        {profile.name}
        {profile.hasPassword && <span class="muted">{t("login.asks")}</span>}
      </span>
    </>
  );
}

function PasswordForm({ t, data, profile }: Part & { profile: Profile }) {
  return (
    <LoginForm t={t} to={data.to}>
      <p class="login__who">
        <Avatar profile={profile} size="large" />
        <span class="login__name">{profile.name}</span>
      </p>
      <input type="hidden" name="profile" value={profile.id} />
      {/* Password managers keep passwords by this name. */}
      <input
        type="text"
        name="username"
        class="visually-hidden"
        value={profile.name}
        autocomplete="username"
        tabIndex={-1}
        aria-hidden="true"
        readOnly
      />
      <PasswordField
        name="password"
        label={t("login.password")}
        autocomplete="current-password"
        problem={fieldProblem(data)}
        required
        autofocus
      />
      <details class="muted">
        <summary>{t("login.forgot")}</summary>
        <p>{t("login.forgot.text")}</p>
      </details>
    </LoginForm>
  );
}

function TokenForm({ t, data }: Part) {
  return (
    <LoginForm t={t} to={data.to}>
      <p class="muted">{t("login.text")}</p>
      <PasswordField
        name="token"
        label={t("login.token")}
        hint={t("login.hint")}
        autocomplete="current-password"
        problem={fieldProblem(data)}
        required
        autofocus
      />
    </LoginForm>
  );
}

function LoginForm({ t, to, children }: { t: Translate; to: string; children: ComponentChildren }) {
  return (
    <form class="login__form" method="post" action="/login">
      <input type="hidden" name="to" value={to} />
      {children}
      <button type="submit" class="button button--primary">{t("login.submit")}</button>
    </form>
  );
}

/** The ways that are not the one shown. */
function OtherWays({ t, data: { profiles, chosen, byToken, hasToken, to } }: Part) {
  const hasOthers = byToken ? profiles.length > 0 : chosen !== null && profiles.length > 1;
  if (!hasOthers && (byToken || !hasToken)) return null;
  return (
    <p class="login__ways">
      {hasOthers && <a href={address(to, { choose: "1" })}>{t("login.others")}</a>}
      {hasToken && !byToken && <a href={address(to, { token: "1" })}>{t("login.byToken")}</a>}
    </p>
  );
}

function address(to: string, query: Record<string, string>): string {
  return `/login?${new URLSearchParams({ ...query, to, switch: "1" })}`;
}

function fieldProblem({ problem }: LoginData): string | undefined {
  return problem?.isOfField ? problem.text : undefined;
}
