import { page } from "fresh";
import { serialize } from "hono/utils/cookie";
import { LoginPage } from "../components/settings/LoginPage.tsx";
import { TOKEN_COOKIE } from "../lib/access/mod.ts";
import { define, readForm, type State } from "../lib/app/mod.ts";
import { sleep } from "../lib/host/mod.ts";
import { FreshetError } from "../lib/shared/mod.ts";
import { safePath } from "./(_login)/safe_path.ts";

/** So long (ms) the answer to a wrong token takes, which makes guessing slow. */
const WRONG_DELAY_MS = 500;
/** Seconds for which a browser stays logged in. */
const STAY_SECONDS = 90 * 24 * 60 * 60;

export const handler = define.handlers({
  async GET(ctx) {
    const to = safePath(ctx.url.searchParams.get("to"), ctx.url);
    if (await isKnown(ctx.state, ctx.req.headers)) return ctx.redirect(to, 303);
    return loginPage(ctx.state, to, null);
  },
  async POST(ctx) {
    const { state, req, url } = ctx;
    const { services, t } = state;
    const form = await readForm(req);
    const to = safePath(form.get("to"), url);
    if (services.config.token === undefined) return ctx.redirect(to, 303);
    const token = form.get("token")?.trim() ?? "";
    if (!services.authenticator.isToken(token)) {
      await sleep(services.clock, WRONG_DELAY_MS);
      return loginPage(state, to, t(token === "" ? "login.empty" : "login.wrong"));
    }
    const response = ctx.redirect(to, 303);
    response.headers.append("set-cookie", tokenCookie(token, url));
    return response;
  },
});

export default define.page<typeof handler>(({ data, state }) => <LoginPage t={state.t} {...data} />);

function loginPage(state: State, to: string, problem: string | null) {
  state.title = `${state.t("login.title")} · ${state.t("app.name")}`;
  return page({ to, problem }, {
    status: problem === null ? 200 : 401,
    headers: { "cache-control": "no-store" },
  });
}

/** Whether there is nothing to log in to, or the browser is logged in already. */
async function isKnown({ services }: State, headers: Headers): Promise<boolean> {
  try {
    await services.authenticator.authenticate(headers);
    return true;
  } catch (error) {
    if (error instanceof FreshetError && error.code === "unauthorized") return false;
    throw error;
  }
}

function tokenCookie(token: string, url: URL): string {
  return serialize(TOKEN_COOKIE, token, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: url.protocol === "https:",
    maxAge: STAY_SECONDS,
  });
}
