import type { ServerBackend } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import { Notice } from "../../settings/Notice.tsx";
import type { ServerPageData } from "./page_data.ts";

/** The programs of a server that run models, what could be installed, and how far that is. */
export function BackendsSection({ data, path, t }: { data: ServerPageData; path: string; t: Translate }) {
  const { backends, job } = data;
  return (
    <section id="backends" class="server-section" aria-labelledby="server-backends">
      <h2 id="server-backends">{t("models.servers.backends")}</h2>
      <p class="muted">{t("models.servers.backendsAbout")}</p>
      {job && <JobNotice {...job} path={path} t={t} />}
      {!backends && (
        <a class="button" href={`${path}?backends=1#backends`}>{t("models.servers.showBackends")}</a>
      )}
      {backends?.length === 0 && <p class="muted">{t("models.servers.noBackends")}</p>}
      {backends && backends.length > 0 && (
        <ul class="server-models">
          {backends.map((backend) => <Backend key={backend.name} backend={backend} path={path} t={t} />)}
        </ul>
      )}
    </section>
  );
}

function JobNotice(
  { name, job, path, t }: NonNullable<ServerPageData["job"]> & { path: string; t: Translate },
) {
  if (!job) return <Notice kind="warning">{t("models.servers.job.unknown", { name })}</Notice>;
  const { state, message, percent } = job;
  return (
    <Notice kind={state === "failed" ? "error" : state === "done" ? "success" : "info"}>
      {t(`models.servers.job.${state}`, { name, percent, message })}
      {state === "running" && (
        <>
          {" "}
          <progress class="download__bar server-job__bar" aria-label={name} value={percent} max={100} />{" "}
          <a href={`${path}?${new URLSearchParams({ backends: "1", job: job.id, name })}#backends`}>
            {t("models.servers.again")}
          </a>
        </>
      )}
    </Notice>
  );
}

function Backend({ backend, path, t }: { backend: ServerBackend; path: string; t: Translate }) {
  const { name, description, isInstalled, isSystem } = backend;
  return (
    <li class="server-model" aria-label={name}>
      <div class="server-model__head">
        <h3 class="server-model__title">{name}</h3>
        {isInstalled && (
          <span class="badge badge--healthy">
            {t(isSystem ? "models.servers.backendSystem" : "models.servers.backendInstalled")}
          </span>
        )}
      </div>
      {description && <p class="server-model__about">{description}</p>}
      {!isSystem && !isInstalled && (
        <form method="post" action={path} class="server-model__actions">
          <input type="hidden" name="intent" value="install-backend" />
          <input type="hidden" name="backend" value={name} />
          <button type="submit" class="button button--small">
            <Icon name="download" />
            {t("models.servers.backendInstall", { name })}
          </button>
        </form>
      )}
      {!isSystem && isInstalled && (
        <details class="server-model__settings">
          <summary>{t("models.servers.backendDelete", { name })}</summary>
          <form method="post" action={path} class="server-model__actions">
            <input type="hidden" name="intent" value="delete-backend" />
            <input type="hidden" name="backend" value={name} />
            <p class="muted">{t("models.servers.backendDeleteText")}</p>
            <button
              type="submit"
              class="button button--small button--danger"
              aria-label={`${t("models.servers.backendDeleteNow")}: ${name}`}
            >
              <Icon name="trash-2" />
              {t("models.servers.backendDeleteNow")}
            </button>
          </form>
        </details>
      )}
    </li>
  );
}
