import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import { BackLink } from "../../layout/BackLink.tsx";
import type { ConfigPageData } from "./page_data.ts";

/** Why a model cannot be configured. */
export function ConfigProblem({ t, data: { model, problem } }: { t: Translate; data: ConfigPageData }) {
  return (
    <div class="nodes-page model-config">
      <header class="nodes-head">
        <BackLink href="/models" label={t("modelConfig.back")} />
        <h1 id="nodes-title" class="model-config__title" tabIndex={-1}>
          {t("modelConfig.title", { model })}
        </h1>
      </header>
      <div class="problem nodes-page__problem" role="alert">
        <Icon name="circle-alert" />
        <div>
          <p class="problem__message">{t("modelConfig.failed")}</p>
          <p class="problem__hint">{problem?.message}{problem?.hint && `. ${problem.hint}`}</p>
          {problem?.code === "unsupported" && <p class="problem__hint">{t("modelConfig.only")}</p>}
        </div>
      </div>
    </div>
  );
}
