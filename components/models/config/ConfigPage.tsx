import { BackLink } from "../../layout/BackLink.tsx";
import { configPath } from "./config_path.ts";
import { ConfigFields } from "./ConfigFields.tsx";
import { useConfig } from "./context.ts";
import { DigestPanel } from "./DigestPanel.tsx";
import { CONFIG_TABS, type ConfigTab } from "./page_data.ts";
import { VersionPanel } from "./VersionPanel.tsx";

/** A model's configuration, its versions, and which models its name led to. */
export function ConfigPage({ tab, onTab }: { tab: ConfigTab; onTab: (tab: ConfigTab) => void }) {
  const { model, t } = useConfig();
  const { nodeId, model: name } = model.at;
  const open = (tab: ConfigTab) => {
    history.replaceState(history.state, "", configPath(name, nodeId, tab));
    onTab(tab);
  };
  return (
    <div class="nodes-page model-config">
      <header class="nodes-head">
        <BackLink href={`/models?${new URLSearchParams({ model: name })}`} label={t("modelConfig.back")} />
        <h1 id="nodes-title" class="model-config__title" tabIndex={-1}>
          {t("modelConfig.title", { model: name })}
        </h1>
        <nav class="page-views model-config__tabs" aria-label={t("modelConfig.views")}>
          {CONFIG_TABS.map((one) => (
            <a
              key={one}
              class="page-views__view"
              href={configPath(name, nodeId, one)}
              aria-current={one === tab ? "page" : undefined}
              onClick={(event) => {
                event.preventDefault();
                open(one);
              }}
            >
              {t(`modelConfig.tab.${one}`)}
            </a>
          ))}
        </nav>
      </header>
      {/* What is typed stays where another view is looked at. */}
      <div hidden={tab !== "configuration"}>
        <ConfigFields />
      </div>
      {tab === "versions" && <VersionPanel onEdit={() => open("configuration")} />}
      {tab === "digests" && <DigestPanel />}
    </div>
  );
}
