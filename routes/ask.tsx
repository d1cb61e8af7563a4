import { HttpError, page } from "fresh";
import type { AskPageData } from "../components/ask/AskPage.tsx";
import { ProjectsFrame } from "../components/projects/ProjectsFrame.tsx";
import AskProject from "../islands/ask/AskProject.tsx";
import { define, operations, readForm, type State, validate } from "../lib/app/mod.ts";
import { type AskDraft, bodyOf, isAskKind, isExample } from "../lib/client/projects/ask_draft.ts";
import { type ErrorBody, FreshetError, newId } from "../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../lib/shared/texts/mod.ts";

const EMPTY: AskDraft = { prompt: "", kind: "auto", model: "" };

export const handler = define.handlers({
  async GET({ state, url }) {
    requireStudio(state);
    const example = url.searchParams.get("example");
    const prompt = isExample(example) ? state.t(`ask.example.${example}.prompt`) : "";
    return page(await askData(state, { ...EMPTY, prompt }));
  },
  /** The form, posted without JavaScript. */
  async POST(ctx) {
    const { state } = ctx;
    requireStudio(state);
    const form = await readForm(ctx.req);
    const draft = draftOf(form);
    try {
      const { project } = await create(state, draft, form.get("key"));
      return ctx.redirect(`/projects/${project.id}`, 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page(await askData(state, draft, error.toBody()), { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <ProjectsFrame t={t} area="build" styles={["ask", "drawing"]}>
    <AskProject
      data={data}
      texts={textsOf(isLanguage(language) ? language : "en", ["common", "projects", "drawing"])}
      language={language}
    />
  </ProjectsFrame>
));

function requireStudio({ services }: State): void {
  if (!services.config.features.studio) throw new HttpError(404);
}

async function askData(
  state: State,
  draft: AskDraft,
  problem: ErrorBody | null = null,
): Promise<AskPageData> {
  const { services, principal, settings, t } = state;
  state.title = `${t("area.build")} · ${t("app.name")}`;
  const { models, defaultModel } = await services.nodes.models(principal, settings.defaultModel);
  return {
    draft,
    problem,
    models,
    bestModel: defaultModel,
    key: newId(),
    canAttach: services.config.features.attachments,
    canConnect: principal.scopes.has("admin"),
  };
}

async function create({ services, principal, t }: State, draft: AskDraft, key: string | null) {
  if (draft.prompt.trim() === "") {
    throw new FreshetError("invalid_request", t("ask.empty"), { field: "prompt" });
  }
  const { body: schema } = operations.createProject;
  if (!schema) throw new Error("Cannot check a project: the operation has no schema");
  return await services.studio.create(principal, validate(schema, bodyOf(draft)), key);
}

function draftOf(form: URLSearchParams): AskDraft {
  const kind = form.get("kind");
  return {
    // Forms send line ends as two characters.
    prompt: (form.get("prompt") ?? "").replaceAll("\r\n", "\n"),
    kind: isAskKind(kind) ? kind : "auto",
    model: form.get("model") ?? "",
  };
}
