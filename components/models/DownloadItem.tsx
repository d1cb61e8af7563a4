import { type ModelDownload, QUEUED_PHASE } from "../../lib/shared/mod.ts";
import { Icon, type IconName } from "../Icon.tsx";
import { useModels } from "./context.ts";
import { progressWords, stateWords } from "./model_words.ts";

const ENDED = new Set<ModelDownload["state"]>(["done", "failed"]);

/** A download: how far it is, and what can be done with it. */
export function DownloadItem({ download }: { download: ModelDownload }) {
  const { downloads, canManage, t, language } = useModels();
  const { id, model, nodeName, state, totalBytes, completedBytes, error } = download;
  const isUnderWay = state === "running" || state === "waiting";
  /** Servers that go on by themselves pause only what they are at. */
  const isQueued = state === "running" && download.phase === QUEUED_PHASE;
  const isEnded = ENDED.has(state);
  const progress = progressWords(download, t, language);
  return (
    <li class={`download download--${state}`}>
      <div class="download__text">
        <p class="download__name">
          <strong>{model}</strong> <span class="muted">{t("models.download.to", { node: nodeName })}</span>
        </p>
        {!isEnded && (
          <progress
            class="download__bar"
            aria-label={model}
            aria-valuetext={progress || stateWords(download, t)}
            {...(totalBytes > 0 ? { value: completedBytes, max: totalBytes } : {})}
          />
        )}
        <p class="download__state">
          <span role="status">{stateWords(download, t)}</span>
          {progress && <span class="muted">{progress}</span>}
          {isUnderWay && download.cannotPause && <span class="muted">{t("models.download.serverSide")}</span>}
        </p>
        {error && state !== "running" && (
          <p class="download__error">{error.message}{error.hint && `. ${error.hint}`}</p>
        )}
      </div>
      {canManage && (
        <div class="download__actions">
          {isUnderWay && !download.cannotPause && !isQueued && (
            <Action
              id={id}
              intent="pause"
              icon="pause"
              label={t("models.download.pause", { model })}
              run={() => downloads.pause(id)}
            />
          )}
          {(state === "paused" || state === "failed") && (
            <Action
              id={id}
              intent="resume"
              icon="play"
              label={t("models.download.resume", { model })}
              run={() => downloads.resume(id)}
            />
          )}
          <Action
            id={id}
            intent="remove"
            icon="x"
            label={t(isEnded ? "models.download.remove" : "models.download.cancel", { model })}
            run={() => downloads.remove(id)}
          />
        </div>
      )}
    </li>
  );
}

function Action({ id, intent, icon, label, run }: {
  id: string;
  /** As the form says it. */
  intent: string;
  icon: IconName;
  label: string;
  run: () => Promise<unknown>;
}) {
  return (
    <form
      method="post"
      action="/models"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="id" value={id} />
      <button type="submit" class="icon-button" aria-label={label}>
        <Icon name={icon} />
      </button>
    </form>
  );
}
