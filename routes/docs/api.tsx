import { page } from "fresh";
import { ApiPage } from "../../components/docs/ApiPage.tsx";
import ApiTrials from "../../islands/docs/ApiTrials.tsx";
import { define, openApiDocument } from "../../lib/app/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";
import project from "../../deno.json" with { type: "json" };
import type { Document } from "./(_api)/document.ts";
import { readReference } from "./(_api)/read_reference.ts";

const QUERY_MAX_CHARS = 200;

export const handler = define.handlers({
  GET({ state, url }) {
    state.title = `${state.t("docs.title")} · ${state.t("app.name")}`;
    const query = (url.searchParams.get("q") ?? "").trim().slice(0, QUERY_MAX_CHARS);
    const document = openApiDocument(project.version) as unknown as Document;
    return page(readReference(document, url.origin, query));
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <ApiPage t={t} reference={data}>
    <ApiTrials
      texts={textsOf(isLanguage(language) ? language : "en", ["common", "docs"])}
      language={language}
    />
  </ApiPage>
));
