import type { RunModel } from "../../lib/client/studio/run/run_model.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";

/** What can be asked: the routes of the API, and the requests that were kept. A click fills them in. */
export function RunRoutes({ t, model }: { t: Translate; model: RunModel }) {
  const { routes, reason } = model.routes.value;
  const saved = model.saved.list.value;
  return (
    <div class="run__offers">
      <h2 class="run__heading">{t("run.routes")}</h2>
      {routes.length === 0 && <p class="run__empty">{reason ?? t("run.routes.empty")}</p>}
      <ul class="run__list">
        {routes.map((route) => (
          <li key={`${route.method} ${route.path}`}>
            <button
              type="button"
              class="route"
              aria-label={t("run.routes.use", { method: route.method, path: route.path })}
              onClick={() => model.draft.useRoute(route)}
            >
              <Method method={route.method} />
              <span class="route__path">{route.path}</span>
            </button>
          </li>
        ))}
      </ul>
      <h2 class="run__heading">{t("run.saved")}</h2>
      {saved.length === 0 && <p class="run__empty">{t("run.saved.empty")}</p>}
      <ul class="run__list">
        {saved.map((request) => (
          <li key={request.id} class="run__saved">
            <button
              type="button"
              class="route"
              title={request.body}
              aria-label={t("run.routes.use", { method: request.method, path: request.path })}
              onClick={() => model.draft.use(request)}
            >
              <Method method={request.method} />
              <span class="route__path">{request.path}</span>
            </button>
            <button
              type="button"
              class="icon-button icon-button--small"
              title={t("run.saved.remove", { name: request.name })}
              aria-label={t("run.saved.remove", { name: request.name })}
              onClick={() => model.saved.remove(request.id)}
            >
              <Icon name="trash-2" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Method({ method }: { method: string }) {
  return <span class={`method method--${method.toLowerCase()}`}>{method}</span>;
}
