import type { InstalledModel } from "../../lib/shared/mod.ts";
import { configPath } from "./config/config_path.ts";
import { useModels } from "./context.ts";

const VIEWS = ["configuration", "versions", "digests"] as const;

/** The way from a model's details to its configuration, versions and changes; in words where there is none. */
export function ModelViews({ model }: { model: InstalledModel }) {
  const { canManage, t } = useModels();
  const nodeId = model.holders.find(({ can, isOnline }) => can.includes("create") && isOnline)?.nodeId;
  if (!canManage) return null;
  if (nodeId === undefined) return <p class="muted model-holder__only">{t("models.panel.only")}</p>;
  return (
    <nav class="page-views page-views--panel" aria-label={t("models.panel.views")}>
      <a
        class="page-views__view"
        href={`/models?${new URLSearchParams({ model: model.id })}`}
        aria-current="page"
        onClick={(event) => event.preventDefault()}
      >
        {t("models.panel.details")}
      </a>
      {VIEWS.map((view) => (
        <a key={view} class="page-views__view" href={configPath(model.id, nodeId, view)}>
          {t(`models.panel.${view}`)}
        </a>
      ))}
    </nav>
  );
}
