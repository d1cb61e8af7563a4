import { HtmlDocument } from "../components/layout/HtmlDocument.tsx";
import SystemNotices from "../islands/system/SystemNotices.tsx";
import { define } from "../lib/app/mod.ts";
import { ALERT_FIGURES, defaultUiSettings } from "../lib/shared/mod.ts";
import type { TextKey, Texts, Translate } from "../lib/shared/texts/mod.ts";

const NOTICE_TEXTS: readonly TextKey[] = [
  "close",
  "alert.title",
  "alert.raised",
  "alert.cleared",
  ...ALERT_FIGURES.map((figure) => `alert.${figure}` as const),
];

/** These listen to the profile's events themselves; nobody is known at the login. */
const WITHOUT_NOTICES = /^\/($|chat(\/|$)|projects\/|login$)/;

export default define.page(({ Component, state, url }) => (
  // An error may come before anybody knows who asks.
  <HtmlDocument
    settings={state.settings ?? defaultUiSettings()}
    language={state.language ?? "en"}
    title={state.title ?? "Freshet"}
  >
    <Component />
    {state.settings && state.services.config.features.system && !WITHOUT_NOTICES.test(url.pathname) && (
      <SystemNotices texts={noticeTexts(state.t)} />
    )}
  </HtmlDocument>
));

/** Without values, the placeholders stay in. */
function noticeTexts(t: Translate): Texts {
  return Object.fromEntries(NOTICE_TEXTS.map((key) => [key, t(key)]));
}
