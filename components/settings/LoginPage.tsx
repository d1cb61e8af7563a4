import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { Logo } from "../Logo.tsx";

/** Asks for the token. It needs no script. */
export function LoginPage({ t, to, problem }: {
  t: Translate;
  /** Where to go afterwards. */
  to: string;
  /** What was wrong with the last try. */
  problem: string | null;
}) {
  return (
    <>
      <Head>
        <link key="access" rel="stylesheet" href={asset("/css/access.css")} />
      </Head>
      <main class="login">
        <form class="login__card" method="post" action="/login">
          <Logo class="login__logo" />
          <h1 class="login__title">{t("app.name")}</h1>
          <p class="muted">{t("login.text")}</p>
          <input type="hidden" name="to" value={to} />
          <div class="field">
            <label class="field__label" for="token">{t("login.token")}</label>
            <input
              id="token"
              name="token"
              class="field__control"
              type="password"
              autocomplete="current-password"
              required
              autofocus
              aria-invalid={ariaState(problem !== null)}
              aria-describedby={problem === null ? "token-hint" : "token-problem token-hint"}
            />
            {problem !== null && (
              <p id="token-problem" class="field__problem" role="alert">
                <Icon name="circle-alert" />
                {problem}
              </p>
            )}
            <p id="token-hint" class="field__hint">{t("login.hint")}</p>
          </div>
          <button type="submit" class="button button--primary">{t("login.submit")}</button>
        </form>
      </main>
    </>
  );
}
