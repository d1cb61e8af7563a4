import { page } from "fresh";
import { type OwnProfileData, OwnProfilePage } from "../../components/settings/profiles/OwnProfilePage.tsx";
import { SettingsFrame } from "../../components/settings/SettingsFrame.tsx";
import {
  define,
  endSession,
  formId,
  keepSession,
  operations,
  readForm,
  type State,
  validate,
} from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import type { TextKey } from "../../lib/shared/texts/mod.ts";
import { avatarIn } from "./(_settings)/profile_form.ts";

const PATH = "/settings/profile";
/** What the page tells after a form, by what its address says. */
const DONE: Readonly<Record<string, TextKey>> = {
  password: "profile.password.saved",
  removed: "profile.password.removed",
  revoked: "profile.sessions.revoked",
};

export const handler = define.handlers({
  async GET({ state, url }) {
    const done = DONE[url.searchParams.get("done") ?? ""];
    return page(await dataOf(state, url.searchParams.has("saved"), done), {
      headers: { "cache-control": "no-store" },
    });
  },
  async POST(ctx) {
    const { state } = ctx;
    const form = await readForm(ctx.req);
    try {
      switch (form.get("intent")) {
        case "details":
          await saveDetails(state, form);
          return ctx.redirect(`${PATH}?saved`, 303);
        case "password":
          return await savePassword(ctx, form);
        case "revoke":
          return await revoke(ctx, formId(form));
        case "revoke-others":
          await state.services.sessions.revokeOthers(state.principal);
          return ctx.redirect(`${PATH}?done=revoked`, 303);
        default:
          throw new FreshetError("invalid_request", "The form does not say what to do");
      }
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page({ ...await dataOf(state), problem: error.toBody() }, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <SettingsFrame t={t} section="profile">
    <OwnProfilePage t={t} language={language} data={data} />
  </SettingsFrame>
));

interface Call {
  state: State;
  req: Request;
  redirect(path: string, status: number): Response;
}

async function dataOf(state: State, isSaved = false, done?: TextKey): Promise<OwnProfileData> {
  const { services, principal, t } = state;
  state.title = `${t("settings.profile")} · ${t("app.name")}`;
  const profile = await services.profiles.own(principal);
  return {
    profile,
    asksPassword: profile.hasPassword && !principal.hasToken,
    sessions: await services.sessions.list(principal),
    done: isSaved ? t("profiles.saved", { name: profile.name }) : done ? t(done) : null,
    problem: null,
  };
}

function changesIn(values: unknown) {
  const { body: schema } = operations.updateOwnProfile;
  if (!schema) throw new Error("Cannot check the changes of a profile: the operation has no schema");
  return validate(schema, values);
}

async function saveDetails({ services, principal }: State, form: URLSearchParams): Promise<void> {
  const changes = changesIn({ name: form.get("name") ?? "", avatar: avatarIn(form) });
  await services.profiles.updateOwn(principal, changes);
}

/** The browser gets a session of its own by the new password: the one until now ends with all others. */
async function savePassword(
  { state, req, redirect }: Call,
  form: URLSearchParams,
): Promise<Response> {
  const { services, principal: { sessionId, ...principal } } = state;
  const isRemoved = form.has("removePassword");
  const password = isRemoved ? null : form.get("password") ?? "";
  const changes = changesIn({ password, oldPassword: form.get("oldPassword") ?? "" });
  // Without the session's id none is kept.
  await services.profiles.updateOwn(principal, changes);
  const response = redirect(`${PATH}?done=${isRemoved ? "removed" : "password"}`, 303);
  if (password === null && (sessionId === undefined || services.needsLogin)) {
    endSession(response, req, state);
    return response;
  }
  const agent = req.headers.get("user-agent") ?? undefined;
  const proof = password === null ? "click" : "password";
  const { secret } = await services.sessions.create(principal.profileId, proof, {
    address: state.source.address,
    agent,
  });
  keepSession(response, secret, state);
  return response;
}

/** Logging out this very browser here leads to the login. */
async function revoke({ state, req, redirect }: Call, id: string): Promise<Response> {
  const { services, principal } = state;
  await services.sessions.revoke(principal, id);
  if (id !== principal.sessionId) return redirect(`${PATH}?done=revoked`, 303);
  const response = redirect("/login?switch", 303);
  endSession(response, req, state);
  return response;
}
