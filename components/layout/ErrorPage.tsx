import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "./Header.tsx";

/** The page for what is not there and what went wrong. */
export function ErrorPage({ t, status }: { t: Translate; status: number }) {
  const isMissing = status === 404;
  return (
    <div class="app app--plain">
      <Header t={t} area="" />
      <main class="main error-page">
        <p class="error-page__status">{status}</p>
        <h1>{t(isMissing ? "error.notFound" : "error.failed")}</h1>
        <p class="muted">{t(isMissing ? "error.notFoundHint" : "error.failedHint")}</p>
        <a class="button button--primary" href="/">{t("error.home")}</a>
      </main>
    </div>
  );
}
