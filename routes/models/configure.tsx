import { page } from "fresh";
import { ConfigProblem } from "../../components/models/config/ConfigProblem.tsx";
import { ModelsFrame } from "../../components/models/ModelsFrame.tsx";
import Configure from "../../islands/models/Configure.tsx";
import { requireScope } from "../../lib/access/mod.ts";
import { define, requireFeature } from "../../lib/app/mod.ts";
import { ERROR_STATUS } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";
import { configData } from "./(_models)/config_data.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    requireFeature(state.services, "models");
    requireScope(state.principal, "admin");
    const data = await configData(state, url.searchParams);
    state.title = `${state.t("modelConfig.title", { model: data.model })} · ${state.t("app.name")}`;
    return page(data, { status: data.problem ? ERROR_STATUS[data.problem.code] : 200 });
  },
});

/** `preview` has the words of the comparison. */
const TEXTS = ["common", "models", "modelConfigs", "preview"] as const;

export default define.page<typeof handler>(({ data, state: { t, language } }) => {
  const { draft } = data;
  return (
    <ModelsFrame t={t} styles={["model-config", "diff"]}>
      {draft
        ? (
          <Configure
            data={{ ...data, draft }}
            texts={textsOf(isLanguage(language) ? language : "en", TEXTS)}
            language={language}
          />
        )
        : <ConfigProblem t={t} data={data} />}
    </ModelsFrame>
  );
});
