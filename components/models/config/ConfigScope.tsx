import { useEffect, useMemo, useState } from "preact/hooks";
import { browserClock } from "../../../lib/client/clock.ts";
import { ConfigForm } from "../../../lib/client/models/config/config_form.ts";
import { ConfigModel } from "../../../lib/client/models/config/config_model.ts";
import { ConfigsApi } from "../../../lib/client/models/config/configs_api.ts";
import { listen } from "../../../lib/client/settings/listen.ts";
import { Toasts } from "../../../lib/client/toasts.ts";
import { type ConfigDraft, FreshetError } from "../../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../../layout/ErrorBoundary.tsx";
import { ToastList } from "../../ToastList.tsx";
import { ConfigPage } from "./ConfigPage.tsx";
import { ConfigContext, type ConfigScopeValue } from "./context.ts";
import { configPath } from "./config_path.ts";
import type { ConfigPageData } from "./page_data.ts";

/** What the island of the page is given. */
export interface ConfigIslandProps {
  /** With a draft. */
  data: ConfigPageData & { draft: ConfigDraft };
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** The inside of the island: the page's models, messages, and a fence around what breaks. */
export function ConfigScope(props: ConfigIslandProps) {
  const scope = useMemo(() => scopeOf(props), []);
  const [tab, setTab] = useState(props.data.tab);
  useEffect(() => {
    // That the server is away shows by itself: the page tries again until it is back.
    const quietly = (work: Promise<unknown>) =>
      void work.catch((error) => error instanceof FreshetError || scope.report(error));
    return listen({
      onEvent: (event) => quietly(scope.model.receive(event)),
      onCatchUp: () => quietly(scope.model.reload()),
    });
  }, [scope]);
  return (
    <ConfigContext.Provider value={scope}>
      <ErrorBoundary t={scope.t}>
        <ConfigPage tab={tab} onTab={setTab} />
      </ErrorBoundary>
      <ToastList toasts={scope.toasts} t={scope.t} />
    </ConfigContext.Provider>
  );
}

function scopeOf({ data, texts, language }: ConfigIslandProps): ConfigScopeValue {
  const { model: name, nodeId, draft, digests, nodes, now } = data;
  const { config, content, inherited } = draft;
  const t = translateWith(texts);
  const toasts = new Toasts(browserClock);
  const report = (error: unknown) => {
    if (error instanceof FreshetError) toasts.error(error);
    else reportError(error);
  };
  const api = new ConfigsApi();
  const model = new ConfigModel({
    at: { nodeId, model: name },
    config,
    digests,
    api,
    onConfig: (config) => form.follow(config),
    onError: report,
  });
  const hadLatest = config?.versions[0]?.creations.map(({ nodeId }) => nodeId) ?? [];
  const form: ConfigForm = new ConfigForm({
    nodeId,
    name,
    content,
    inherited,
    nodeIds: hadLatest.length > 0 ? hadLatest : [nodeId],
    latest: config?.latest ?? 0,
    api,
    onSaved: (saved) => {
      toasts.show({ kind: "success", message: t("modelConfig.saved", { number: saved.latest }) });
      if (saved.name === name) model.put(saved);
      else location.assign(configPath(saved.name, nodeId, "versions"));
    },
    onError: report,
  });
  return { t, language, model, form, nodes, toasts, now, report };
}
