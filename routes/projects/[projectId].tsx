import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { Header } from "../../components/layout/Header.tsx";
import Project from "../../islands/studio/Project.tsx";
import { define, formText } from "../../lib/app/mod.ts";
import { isLanguage, textsOf, translateWith } from "../../lib/shared/texts/mod.ts";
import { projectPageData } from "./(_project)/page_data.ts";

const STYLESHEETS = ["studio-chat", "studio-code", "studio", "preview", "run", "diff", "drawing"];

/** The chat starts at its newest message, before any script of ours has loaded. */
const TO_END = 'var t=document.getElementById("studio-thread");t.scrollTop=t.scrollHeight';

/** A project: its chat, and the code of the version that `?version=` names, else of the newest. */
export const handler = define.handlers({
  async GET(ctx) {
    const data = await projectPageData(ctx.state, ctx.params.projectId ?? "", ctx.url.searchParams);
    ctx.state.title = `${data.page.project.name} · Freshet`;
    return page(data);
  },
  /** A prompt posted without JavaScript. */
  async POST(ctx) {
    const { services, principal } = ctx.state;
    const projectId = ctx.params.projectId ?? "";
    const text = await formText(ctx.req, "text");
    await services.studio.createVersion(principal, projectId, { origin: "prompt", text, queue: true }, null);
    return ctx.redirect(`/projects/${projectId}`, 303);
  },
});

export default define.page<typeof handler>(({ data }) => {
  const language = isLanguage(data.language) ? data.language : "en";
  const { "code.copy": copy = "", "code.task": task = "" } = textsOf(language, ["chat"]);
  const texts = {
    ...textsOf(language, ["common", "studio", "preview", "drawing"]),
    "code.copy": copy,
    "code.task": task,
  };
  const t = translateWith(texts);
  return (
    <>
      <Head>
        {STYLESHEETS.map((name) => <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />)}
      </Head>
      {data.running.length > 0 && (
        // Without scripts the page is asked for again until the version is made.
        <noscript>
          <meta http-equiv="refresh" content="3" />
        </noscript>
      )}
      <a class="skip-link" href="#prompt-text">{t("skipToContent")}</a>
      <div class="app app--plain app--studio">
        <Header t={t} area="projects" />
        <main class="main studio-main">
          <Project data={data} texts={texts} />
        </main>
      </div>
      <script dangerouslySetInnerHTML={{ __html: TO_END }} />
    </>
  );
});
