import { effect, signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { applyAppearance } from "../../lib/client/appearance.ts";
import { browserClock } from "../../lib/client/clock.ts";
import { listen } from "../../lib/client/settings/listen.ts";
import { SettingsModel } from "../../lib/client/settings/settings_model.ts";
import {
  type ModelEntry,
  SETTING_GROUPS,
  type SettingGroup,
  type SettingKey,
  type UiSettings,
} from "../../lib/shared/mod.ts";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { Icon } from "../Icon.tsx";
import { useSettings } from "./context.ts";
import { FieldsContext, type FieldsValue } from "./fields/context.ts";
import { FieldRow } from "./fields/FieldRow.tsx";
import { Notice } from "./Notice.tsx";
import { SaveStatus } from "./SaveStatus.tsx";
import { SectionHeader } from "./SectionHeader.tsx";

/** What a group of settings is rendered from. */
export interface GroupData {
  group: SettingGroup;
  settings: UiSettings;
  models: ModelEntry[];
  /** The model that answers when nobody chose. */
  bestModel: string;
  /** Whether the list of sections, which has the page's heading, is the page. */
  isList: boolean;
  /** Whether the page was opened with the question about the defaults. */
  confirming: boolean;
  /** The page is the answer to a form: it was saved, or not for this reason. */
  outcome: { saved: true } | { problem: string } | null;
}

/** A group of settings. Changes are kept at once; without a script the form is posted. */
export function GroupForm({ data }: { data: GroupData }) {
  const { group, isList } = data;
  const { t, toasts } = useSettings();
  const fields = useGroup(data);
  const [confirming, setConfirming] = useState(data.confirming);
  const path = `/settings/${group}`;
  const reset = async () => {
    setConfirming(false);
    if (await fields.model.reset()) toasts.show({ kind: "success", message: t("settings.reset.done") });
  };
  return (
    <FieldsContext.Provider value={fields}>
      <SectionHeader
        title={t(`settings.${group}`)}
        about={t(`settings.${group}.about`)}
        level={isList ? 2 : 1}
      >
        <SaveStatus state={fields.model.state} />
      </SectionHeader>
      {data.outcome && <Outcome outcome={data.outcome} />}
      <form method="post" action={path} onSubmit={(event) => event.preventDefault()}>
        <div class="settings-card">
          {(Object.keys(SETTING_GROUPS[group]) as SettingKey[]).map((name) => (
            <FieldRow key={name} name={name} />
          ))}
        </div>
        <button type="submit" class="button button--primary without-script">{t("settings.save")}</button>
      </form>
      <form
        class="settings-reset"
        method="get"
        action={path}
        onSubmit={(event) => {
          event.preventDefault();
          setConfirming(true);
        }}
      >
        <button type="submit" class="button button--quiet" name="ask" value="reset">
          <Icon name="rotate-ccw" />
          {t("settings.reset")}
        </button>
      </form>
      {confirming && (
        <ConfirmDialog
          title={t("settings.reset.title")}
          text={t("settings.reset.text")}
          confirm={t("settings.reset")}
          cancel={t("cancel")}
          cancelHref={path}
          action={path}
          fields={{ intent: "reset" }}
          onConfirm={reset}
          onCancel={() => setConfirming(false)}
        />
      )}
    </FieldsContext.Provider>
  );
}

function Outcome({ outcome }: { outcome: NonNullable<GroupData["outcome"]> }) {
  const { t } = useSettings();
  return "problem" in outcome
    ? <Notice kind="error">{t("settings.invalid", { message: outcome.problem })}</Notice>
    : <Notice kind="success">{t("settings.saved")}</Notice>;
}

/** The group's model, shown on the page at once and kept up to date with other tabs. */
function useGroup(data: GroupData): FieldsValue {
  const { api, report } = useSettings();
  const { fields, reloadModels } = useMemo(() => {
    const models = signal<readonly ModelEntry[]>(data.models);
    const model = new SettingsModel({
      values: data.settings,
      api,
      clock: browserClock,
      onError: report,
      // The texts of another language come from the server.
      onSaved: ({ language }) => language !== data.settings.language && location.reload(),
    });
    const reloadModels = async () => {
      if (data.group === "chat") models.value = (await api.models()).models;
    };
    return { fields: { model, models, bestModel: data.bestModel }, reloadModels };
  }, []);
  useEffect(() => {
    const { model } = fields;
    const stopShowing = effect(() => applyAppearance(document.documentElement, model.values.value));
    const stopListening = listen({
      onEvent(event) {
        if (event.type === "settings:changed") model.receive(event.settings);
        else if (event.type === "nodes:changed") reloadModels().catch(report);
      },
      onCatchUp: () => void reloadModels().catch(report),
      onLeave: () => void model.flush(),
    });
    return () => {
      stopShowing();
      stopListening();
    };
  }, []);
  return fields;
}
