import { useState } from "preact/hooks";
import type { KeptBase } from "../../../lib/shared/mod.ts";
import { ConfirmDialog } from "../../ConfirmDialog.tsx";
import { Icon } from "../../Icon.tsx";
import { ConfigButton } from "./ConfigButton.tsx";
import { configPath } from "./config_path.ts";
import { agoWords } from "./config_words.ts";
import { useConfig } from "./context.ts";
import { DigestEntry } from "./DigestEntry.tsx";
import { PinList } from "./PinList.tsx";

/** Which models the name led to on this node, and what is kept of them. */
export function DigestPanel() {
  const { model, now, t, language } = useConfig();
  const digests = model.digests.value;
  const name = model.at.model;
  if (!digests?.digest && !digests?.entries.length) {
    return <p class="muted">{t("modelConfig.digest.none", { model: name })}</p>;
  }
  const { digest, entries, changedAt, bases } = digests;
  return (
    <div class="config-versions">
      {changedAt !== null && (
        <div class="problem model-config__changed" role="status">
          <Icon name="triangle-alert" />
          <div>
            <p class="problem__message">
              {t("modelConfig.changedAt", { ago: agoWords(changedAt, now, t, language) })}
            </p>
            <ConfigButton icon="check" label={t("modelConfig.noted")} onClick={() => void model.noted()} />
          </div>
        </div>
      )}
      <section class="config-card" aria-labelledby="config-history">
        <h2 id="config-history">{t("modelConfig.history")}</h2>
        <p class="muted">{t("modelConfig.digests.about")}</p>
        <ol class="config-history" aria-label={t("modelConfig.history")}>
          {entries.map(({ digest: one, at, by }) => (
            <DigestEntry
              key={`${at} ${one}`}
              digest={one}
              at={at}
              isNow={one === digest && at === entries[0]?.at}
              words={t(`modelConfig.by.${by}`)}
            />
          ))}
        </ol>
      </section>
      <PinList digests={digests} />
      {bases.length > 0 && <Bases bases={bases} />}
    </div>
  );
}

function Bases({ bases }: { bases: readonly KeptBase[] }) {
  const { model, t } = useConfig();
  const [deleting, setDeleting] = useState<string | null>(null);
  return (
    <section class="config-card" aria-labelledby="config-bases">
      <h2 id="config-bases">{t("modelConfig.bases")}</h2>
      <p class="muted">{t("modelConfig.bases.about")}</p>
      <ul class="config-history">
        {bases.map(({ name }) => (
          <li key={name} class="config-history__entry">
            <code>{name}</code>
            <button
              type="button"
              class="icon-button"
              aria-label={t("modelConfig.base.delete", { name })}
              onClick={() => setDeleting(name)}
            >
              <Icon name="trash-2" />
            </button>
          </li>
        ))}
      </ul>
      {deleting !== null && (
        <ConfirmDialog
          title={t("modelConfig.base.delete.title", { name: deleting })}
          text={t("modelConfig.base.delete.text")}
          confirm={t("models.delete")}
          cancel={t("cancel")}
          cancelHref={configPath(model.at.model, model.at.nodeId, "digests")}
          action="/models/configure"
          fields={{}}
          onConfirm={() => {
            setDeleting(null);
            void model.deleteBase(deleting);
          }}
          onCancel={() => setDeleting(null)}
        />
      )}
    </section>
  );
}
