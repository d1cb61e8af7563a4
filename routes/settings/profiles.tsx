import { page } from "fresh";
import { type ProfilesData, ProfilesPage } from "../../components/settings/profiles/ProfilesPage.tsx";
import { SettingsFrame } from "../../components/settings/SettingsFrame.tsx";
import { define, formId, operations, readForm, type State, validate } from "../../lib/app/mod.ts";
import { FreshetError, newId, type ProfileFields } from "../../lib/shared/mod.ts";
import { avatarIn } from "./(_settings)/profile_form.ts";

export const handler = define.handlers({
  async GET({ state, url: { searchParams: query } }) {
    const done = query.has("deleted")
      ? state.t("profiles.deleted")
      : await savedText(state, query.get("saved"));
    return page(
      await dataOf(state, { editingId: query.get("edit"), deletingId: query.get("delete"), done }),
      { headers: { "cache-control": "no-store" } },
    );
  },
  async POST(ctx) {
    const { state } = ctx;
    const form = await readForm(ctx.req);
    const editingId = form.get("intent") === "update" ? form.get("id") : null;
    try {
      return ctx.redirect(`/settings/profiles?${await act(state, form)}`, 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page(await dataOf(state, { editingId, problem: error.toBody() }), { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <SettingsFrame t={t} section="profiles">
    <ProfilesPage t={t} language={language} data={data} />
  </SettingsFrame>
));

async function dataOf(state: State, shown: Partial<ProfilesData>): Promise<ProfilesData> {
  const { services, principal, t } = state;
  state.title = `${t("settings.profiles")} · ${t("app.name")}`;
  const profiles = await services.profiles.list();
  return {
    profiles,
    ownId: principal.profileId,
    editingId: null,
    deletingId: null,
    done: null,
    problem: null,
    unguarded: profiles.length > 1 && !services.needsLogin
      ? profiles.find(({ role, hasPassword }) => role === "administrator" && !hasPassword) ?? null
      : null,
    newKey: newId(),
    ...shown,
  };
}

async function savedText({ services, t }: State, id: string | null): Promise<string | null> {
  const profile = id === null ? undefined : await services.profiles.find(id);
  return profile ? t("profiles.saved", { name: profile.name }) : null;
}

/** Does what a form says; what the page is to tell of it. */
async function act({ services: { profiles }, principal }: State, form: URLSearchParams): Promise<string> {
  switch (form.get("intent")) {
    case "create": {
      const made = await profiles.create(principal, newProfile(form), form.get("key"));
      return `saved=${made.id}`;
    }
    case "update": {
      const id = formId(form);
      await profiles.update(principal, id, changesIn(form));
      return `saved=${id}`;
    }
    case "delete":
      await profiles.delete(principal, formId(form));
      return "deleted";
    default:
      throw new FreshetError("invalid_request", "The form does not say what to do");
  }
}

function newProfile(form: URLSearchParams) {
  const { body: schema } = operations.createProfile;
  if (!schema) throw new Error("Cannot check a profile: the operation has no schema");
  return validate(schema, {
    name: form.get("name") ?? "",
    role: form.get("role") ?? "member",
    password: form.get("password") || null,
  });
}

function changesIn(form: URLSearchParams): Partial<ProfileFields> {
  const { body: schema } = operations.updateProfile;
  if (!schema) throw new Error("Cannot check the changes of a profile: the operation has no schema");
  const password = form.get("password");
  const role = form.get("role");
  return validate(schema, {
    name: form.get("name") ?? "",
    avatar: avatarIn(form),
    ...(role === null ? {} : { role }),
    ...(form.has("removePassword") ? { password: null } : password ? { password } : {}),
  });
}
