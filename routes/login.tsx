import { page } from "fresh";
import { type LoginData, LoginPage } from "../components/settings/LoginPage.tsx";
import type { LoginPlace } from "../lib/access/mod.ts";
import { define, keepSession, readForm, type State } from "../lib/app/mod.ts";
import { FreshetError } from "../lib/shared/mod.ts";
import type { Translate } from "../lib/shared/texts/mod.ts";
import { safePath } from "./(_login)/safe_path.ts";

export const handler = define.handlers({
  async GET({ state, url, redirect }) {
    const { searchParams: query } = url;
    const to = safePath(query.get("to"), url);
    // Who is logged in comes here to change to another profile only.
    if (state.profile && !query.has("switch")) return redirect(to, 303);
    const asked = {
      to,
      profileId: query.get("profile"),
      byToken: query.has("token"),
      isFree: query.has("choose"),
    };
    return loginPage(state, await dataOf(state, asked));
  },
  async POST(ctx) {
    const { state, req, url } = ctx;
    const { services, t } = state;
    const form = await readForm(req);
    const to = safePath(form.get("to"), url);
    const profileId = form.get("profile");
    // There is nothing that could be shown.
    if (profileId === null && services.config.token === undefined) return ctx.redirect(to, 303);
    const place: LoginPlace = {
      ...state.source,
      agent: req.headers.get("user-agent") ?? undefined,
    };
    try {
      const secret = profileId === null
        ? await services.login.enterByToken(form.get("token")?.trim() ?? "", place)
        : await services.login.enter(profileId, form.get("password") ?? "", place);
      await endOldSession(state);
      const response = ctx.redirect(to, 303);
      keepSession(response, secret, state);
      return response;
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      const data = await dataOf(state, { to, profileId, byToken: profileId === null, isFree: true });
      return loginPage(state, { ...data, problem: problemOf(error, form, t) }, error);
    }
  },
});

export default define.page<typeof handler>(({ data, state }) => <LoginPage t={state.t} data={data} />);

/** What is asked for: a password where one profile is meant, the token where there is nothing else, else who it is. */
async function dataOf(
  { services, source }: State,
  { to, profileId, byToken, isFree }: {
    to: string;
    profileId: string | null;
    byToken: boolean;
    isFree: boolean;
  },
): Promise<LoginData> {
  const { login, config } = services;
  const profiles = await login.choices(source);
  const hasToken = config.token !== undefined;
  const meant = profiles.find(({ id }) => id === profileId);
  const [only] = isFree || profiles.length > 1 ? [] : profiles;
  const isTokenOnly = hasToken && (byToken || profiles.length === 0);
  const chosen = isTokenOnly ? undefined : meant ?? only;
  return {
    profiles,
    chosen: chosen?.hasPassword ? chosen : null,
    hasToken,
    byToken: isTokenOnly,
    to,
    problem: null,
  };
}

function loginPage(state: State, data: LoginData, error?: FreshetError) {
  state.title = `${state.t("login.title")} · ${state.t("app.name")}`;
  return page(data, {
    status: error?.status ?? 200,
    headers: {
      "cache-control": "no-store",
      ...(error?.retryAfter === undefined ? {} : { "retry-after": String(error.retryAfter) }),
    },
  });
}

function problemOf(error: FreshetError, form: URLSearchParams, t: Translate): LoginData["problem"] {
  switch (error.code) {
    case "rate_limited":
      return { text: t("login.slow", { seconds: error.retryAfter ?? 1 }), isOfField: false };
    case "not_found":
      return { text: t("login.gone"), isOfField: false };
    case "forbidden":
      return { text: t("login.noPassword"), isOfField: false };
    case "unauthorized":
      return { text: wrongText(form, t), isOfField: true };
    default:
      throw error;
  }
}

function wrongText(form: URLSearchParams, t: Translate): string {
  if (form.get("profile") !== null) return t("login.wrongPassword");
  return t(form.get("token")?.trim() ? "login.wrong" : "login.empty");
}

/** The one that the new one takes the place of in this browser. */
async function endOldSession({ services, profile, principal }: State): Promise<void> {
  if (!profile || principal.sessionId === undefined) return;
  await services.sessions.revoke(principal, principal.sessionId).catch((error) => {
    // It was revoked from elsewhere meanwhile.
    if (!(error instanceof FreshetError && error.code === "not_found")) throw error;
  });
}
