import { asset } from "fresh/runtime";
import { HtmlDocument } from "../components/layout/HtmlDocument.tsx";
import { type Visitor, VisitorContext } from "../components/layout/visitor.ts";
import type { NoticeTexts } from "../components/system/NoticeList.tsx";
import SystemNotices from "../islands/system/SystemNotices.tsx";
import { define, type State } from "../lib/app/mod.ts";
import { defaultUiSettings, HOUSE_PROFILE } from "../lib/shared/mod.ts";
import type { Translate } from "../lib/shared/texts/mod.ts";

/** These listen to the profile's events themselves; nobody is known at the login. */
const WITHOUT_NOTICES = /^\/($|chat(\/|$)|projects\/|login$)/;

export default define.page(({ Component, state, url, error }) => (
  // An error may come before anybody knows who asks.
  <HtmlDocument
    settings={state.settings ?? defaultUiSettings()}
    language={state.language ?? "en"}
    title={state.title ?? "Freshet"}
    profileId={state.profile?.id === HOUSE_PROFILE ? undefined : state.profile?.id}
  >
    <VisitorContext.Provider value={visitorOf(state)}>
      <Component />
    </VisitorContext.Provider>
    {hasNotices(state, url, error) && (
      <SystemNotices texts={noticeTexts(state.t)} icons={asset("/icons.svg")} />
    )}
  </HtmlDocument>
));

/** Null where nobody is known, as at the login. */
function visitorOf({ profile, principal, services, t, canSwitch }: State): Visitor | null {
  if (!profile) return null;
  const { scopes, sessionId } = principal;
  const { features } = services.config;
  return { t, profile, scopes, features, canLogOut: sessionId !== undefined, canSwitch: canSwitch === true };
}

/** Error pages run no scripts. */
function hasNotices({ settings, services, principal }: State, { pathname }: URL, error: unknown): boolean {
  const { system, gateway } = services.config.features;
  if (!settings || error || !(system || gateway) || WITHOUT_NOTICES.test(pathname)) return false;
  // They tell of the machine, and of the own keys.
  return principal.scopes.has("account");
}

/** Without values, the placeholders stay in. */
function noticeTexts(t: Translate): NoticeTexts {
  return {
    title: t("alert.title"),
    close: t("close"),
    raised: t("alert.raised"),
    cleared: t("alert.cleared"),
    "backup.raised": t("alert.backup.raised"),
    "backup.cleared": t("alert.backup.cleared"),
    spent: t("alert.spent"),
    budget: t("alert.budget"),
    cpu: t("alert.cpu"),
    memory: t("alert.memory"),
    disk: t("alert.disk"),
    gpu: t("alert.gpu"),
    gpuMemory: t("alert.gpuMemory"),
  };
}
