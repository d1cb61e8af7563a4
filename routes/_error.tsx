import { HttpError } from "fresh";
import { ErrorPage } from "../components/layout/ErrorPage.tsx";
import { define } from "../lib/app/mod.ts";
import { translator } from "../lib/shared/texts/mod.ts";

export default define.page(({ error, state }) => {
  const status = error instanceof HttpError ? error.status : 500;
  // An error may come before anybody knows who asks.
  return <ErrorPage t={state.t ?? translator("en")} status={status} hint={hintOf(error)} />;
});

/** What an error of a request says itself; of others nothing is told but where to look. */
function hintOf(error: unknown): string | undefined {
  if (!(error instanceof HttpError) || error.status === 404 || error.status >= 500) return undefined;
  return error.message || undefined;
}
