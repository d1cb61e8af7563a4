import { useState } from "preact/hooks";
import { Icon } from "../Icon.tsx";
import { useModels } from "./context.ts";
import { DownloadItem } from "./DownloadItem.tsx";

/** What is downloaded, and the form for another model. */
export function DownloadPanel({ wanted, hasForm = true }: {
  /** What was typed before. */
  wanted: string;
  /** False where models are chosen elsewhere on the page. */
  hasForm?: boolean;
}) {
  const { downloads, installed, canManage, t } = useModels();
  const list = downloads.list.value;
  const hasTarget = installed.targets.value.length > 0;
  if ((!canManage || (!hasForm && hasTarget)) && list.length === 0) return null;
  return (
    <section class="downloads" aria-labelledby="downloads">
      <h2 id="downloads">{t("models.downloads")}</h2>
      {canManage && hasForm && hasTarget && <DownloadForm wanted={wanted} />}
      {canManage && !hasTarget && <p class="muted">{t("models.download.noTarget")}</p>}
      {list.length > 0 && (
        <ul class="downloads__list" aria-label={t("models.downloads")}>
          {list.map((download) => <DownloadItem key={download.id} download={download} />)}
        </ul>
      )}
    </section>
  );
}

function DownloadForm({ wanted }: { wanted: string }) {
  const { downloads, installed, toasts, t } = useModels();
  const [model, setModel] = useState(wanted);
  const [nodeId, setNodeId] = useState("");
  const [isBusy, setBusy] = useState(false);
  const targets = installed.targets.value;
  const target = targets.find((one) => one.nodeId === nodeId) ?? targets[0];
  const start = async () => {
    if (!target || isBusy || model.trim() === "") return;
    setBusy(true);
    const isStarted = await downloads.start({ nodeId: target.nodeId, model: model.trim() });
    setBusy(false);
    if (!isStarted) return;
    toasts.show({
      kind: "success",
      message: t("models.download.started", { model: model.trim(), node: target.name }),
    });
    setModel("");
  };
  return (
    <form
      class="download-form"
      method="post"
      action="/models"
      aria-label={t("models.download.new")}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <input type="hidden" name="intent" value="download" />
      <label class="field download-form__name">
        <span class="field__label">{t("models.download.name")}</span>
        <input
          type="text"
          name="model"
          class="field__control"
          placeholder="qwen3:8b"
          maxLength={300}
          required
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby="download-hint"
          value={model}
          onInput={(event) => setModel(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span class="field__label">{t("models.download.node")}</span>
        <select
          name="node"
          class="field__control"
          value={target?.nodeId}
          onChange={(event) => setNodeId(event.currentTarget.value)}
        >
          {targets.map((one) => <option key={one.nodeId} value={one.nodeId}>{one.name}</option>)}
        </select>
      </label>
      <button type="submit" class="button button--primary">
        <Icon name={isBusy ? "loader-circle" : "download"} class={isBusy ? "spin" : ""} />
        {t("models.download.start")}
      </button>
      <p id="download-hint" class="field__hint download-form__hint">{t("models.download.nameHint")}</p>
    </form>
  );
}
