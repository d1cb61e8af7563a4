import { HttpError, page } from "fresh";
import { ProjectsFrame } from "../../components/projects/ProjectsFrame.tsx";
import type { ProjectsPageData } from "../../components/projects/ProjectsPage.tsx";
import Projects from "../../islands/projects/Projects.tsx";
import { define, type State } from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";

/** Projects in the first rendering, and in each page after it. */
const PAGE_SIZE = 50;

export const handler = define.handlers({
  async GET({ state, url }) {
    const { t, services } = state;
    if (!services.config.features.studio) throw new HttpError(404);
    state.title = `${t("projects.title")} · ${t("app.name")}`;
    const data = await listData(state, url);
    return page(data, { status: data.problem ? 503 : 200 });
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <ProjectsFrame t={t} area="projects" styles={["projects"]}>
    <Projects
      data={data}
      texts={textsOf(isLanguage(language) ? language : "en", ["common", "projects"])}
      language={language}
    />
  </ProjectsFrame>
));

async function listData({ services, principal }: State, url: URL): Promise<ProjectsPageData> {
  const query = url.searchParams.get("q")?.trim() ?? "";
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const data: ProjectsPageData = {
    list: { projects: [] },
    query,
    ...(cursor === undefined ? {} : { cursor }),
    problem: null,
    now: services.clock.now(),
  };
  try {
    const list = await services.studio.list(principal, {
      query,
      limit: PAGE_SIZE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return { ...data, list };
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return { ...data, problem: error.toBody() };
  }
}
