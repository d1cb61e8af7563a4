import { useState } from "preact/hooks";
import type { ConfigVersion } from "../../../lib/shared/mod.ts";
import { ConfirmDialog } from "../../ConfirmDialog.tsx";
import { Icon } from "../../Icon.tsx";
import { configPath } from "./config_path.ts";
import { useConfig } from "./context.ts";
import { VersionCompare } from "./VersionCompare.tsx";
import { VersionItem } from "./VersionItem.tsx";

/** All versions, newest first, and two of them side by side. */
export function VersionPanel({ onEdit }: { onEdit: () => void }) {
  const { model, form, report, t } = useConfig();
  const [compared, setCompared] = useState<[number, number] | null>(null);
  const [isForgetting, setForgetting] = useState(false);
  const config = model.config.value;
  if (!config) {
    return (
      <section class="models-empty" aria-labelledby="no-versions">
        <Icon name="history" />
        <h2 id="no-versions">{t("modelConfig.versions.none")}</h2>
        <p class="muted">{t("modelConfig.versions.noneText")}</p>
      </section>
    );
  }
  const { versions } = config;
  const edit = ({ content }: ConfigVersion) => {
    form.take(content).catch(report);
    onEdit();
  };
  const [before, after] = compared ?? [];
  const a = versions.find(({ number }) => number === before);
  const b = versions.find(({ number }) => number === after);
  return (
    <div class="config-versions">
      {a && b && <VersionCompare before={a} after={b} onClose={() => setCompared(null)} />}
      <ol class="config-versions__list" aria-label={t("modelConfig.tab.versions")}>
        {versions.map((version, i) => (
          <VersionItem
            key={version.number}
            version={version}
            previous={versions[i + 1]}
            versions={versions}
            isLatest={i === 0}
            onEdit={() => edit(version)}
            onCompare={(other) =>
              setCompared(other < version.number ? [other, version.number] : [version.number, other])}
          />
        ))}
      </ol>
      <button type="button" class="button button--small button--danger" onClick={() => setForgetting(true)}>
        <Icon name="trash-2" />
        {t("modelConfig.forget")}
      </button>
      {isForgetting && (
        <ConfirmDialog
          title={t("modelConfig.forget.title", { model: config.name })}
          text={t("modelConfig.forget.text")}
          confirm={t("modelConfig.forget")}
          cancel={t("cancel")}
          cancelHref={configPath(model.at.model, model.at.nodeId, "versions")}
          action="/models/configure"
          fields={{}}
          onConfirm={() => {
            setForgetting(false);
            void model.forget();
          }}
          onCancel={() => setForgetting(false)}
        />
      )}
    </div>
  );
}
