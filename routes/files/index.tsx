import { HttpError, page } from "fresh";
import { FilesFrame } from "../../components/files/FilesFrame.tsx";
import FileManager from "../../islands/files/FileManager.tsx";
import { requireScope } from "../../lib/access/mod.ts";
import { define, readForm, type State } from "../../lib/app/mod.ts";
import { filesHref, TRASH_HREF } from "../../lib/client/files/addresses.ts";
import { ERROR_STATUS, FreshetError } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";
import { pageData } from "./(_files)/page_data.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    begin(state);
    const data = await pageData(state, url.searchParams);
    return page(data, { status: data.problem ? ERROR_STATUS[data.problem.code] : 200 });
  },
  /** Adding a folder and bringing something back, for browsers without a script. */
  async POST(ctx) {
    const { state, url } = ctx;
    begin(state);
    const { services: { files }, principal } = state;
    const form = await readForm(ctx.req);
    const path = form.get("path") ?? "";
    try {
      if (form.get("intent") === "restore") {
        await files.trash.restore(principal, form.get("id") ?? "");
        return ctx.redirect(TRASH_HREF, 303);
      }
      const folder = await files.folders.add(principal, { path, confirmed: form.has("confirmed") });
      return ctx.redirect(filesHref({ folderId: folder.id }), 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      const data = await pageData(state, url.searchParams, { path, problem: error.toBody() });
      return page(data, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <FilesFrame t={t}>
    <FileManager
      data={data}
      texts={textsOf(isLanguage(language) ? language : "en", ["common", "filesPage"])}
      language={language}
    />
  </FilesFrame>
));

function begin(state: State): void {
  const { t, services, principal } = state;
  if (!services.config.features.files) throw new HttpError(404);
  requireScope(principal, "files");
  state.title = `${t("filesPage.title")} · ${t("app.name")}`;
}
