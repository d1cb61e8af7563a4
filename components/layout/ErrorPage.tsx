import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "./Header.tsx";

/** The page for what is not there and what went wrong; `hint` says more than we could. */
export function ErrorPage({ t, status, hint }: { t: Translate; status: number; hint?: string | undefined }) {
  const isMissing = status === 404;
  return (
    <div class="app app--plain">
      <Header t={t} area="" />
      <main class="main error-page">
        <p class="error-page__status">{status}</p>
        <h1>{t(isMissing ? "error.notFound" : status === 403 ? "profile.forbidden" : "error.failed")}</h1>
        <p class="muted">{hint ?? t(isMissing ? "error.notFoundHint" : "error.failedHint")}</p>
        <a class="button button--primary" href="/">{t("error.home")}</a>
      </main>
    </div>
  );
}
