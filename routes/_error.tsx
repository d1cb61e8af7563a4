import { HttpError } from "fresh";
import { define } from "../lib/app/mod.ts";
import { translator } from "../lib/shared/texts/mod.ts";

export default define.page(({ error, state }) => {
  const status = error instanceof HttpError ? error.status : 500;
  const t = state.t ?? translator("en");
  return (
    <main class="error-page">
      <p class="error-page__status">{status}</p>
      <h1>{status === 404 ? t("error.notFound") : t("error.failed")}</h1>
      <p>{status === 404 ? t("error.notFoundHint") : hintOf(error, t("error.failedHint"))}</p>
      <a class="button button--primary" href="/">{t("error.home")}</a>
    </main>
  );
});

/** What an error of a request says itself; of others nothing is told but where to look. */
function hintOf(error: unknown, otherwise: string): string {
  return error instanceof HttpError && error.status < 500 && error.message ? error.message : otherwise;
}
