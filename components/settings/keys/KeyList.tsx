import { useEffect, useMemo } from "preact/hooks";
import { KeysModel } from "../../../lib/client/settings/keys_model.ts";
import { listen } from "../../../lib/client/settings/listen.ts";
import type { MadeKey } from "../../../lib/client/settings/settings_api.ts";
import type { ApiKeyView, ErrorBody, RateLimits } from "../../../lib/shared/mod.ts";
import { ConfirmDialog } from "../../ConfirmDialog.tsx";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { SectionHeader } from "../SectionHeader.tsx";
import { HowTo } from "./HowTo.tsx";
import { KeyRow } from "./KeyRow.tsx";
import { limitTexts } from "./limit_texts.ts";
import { MadeKeyCard } from "./MadeKey.tsx";
import { NewKeyForm } from "./NewKeyForm.tsx";

/** What the page of API keys is rendered from. */
export interface KeyListData {
  keys: ApiKeyView[];
  scopes: string[];
  /** The answer to a posted form: the key that was made. */
  made: MadeKey | null;
  /** The key that the page asks about revoking. */
  revoking: string | null;
  /** The key that the page asks about giving a new secret. */
  renewing: string | null;
  /** The key that the page is about to change. */
  editing: string | null;
  /** What everybody together may use. */
  profileLimits: RateLimits;
  problem: ErrorBody | null;
  /** Of the gateway. */
  baseUrl: string;
  /** A model for the examples. */
  model: string;
  hasGateway: boolean;
  /** Whether programs on this machine get in by a key alone. */
  needsLogin: boolean;
}

/** The API keys, how to make one and how to use it. */
export function KeyList({ data }: { data: KeyListData }) {
  const { t, language, api, toasts, report } = useSettings();
  const model = useMemo(() => {
    const { keys, made, revoking: confirming, renewing, editing, problem } = data;
    return new KeysModel({ keys, made, confirming, renewing, editing, problem, api, onError: report });
  }, []);
  useEffect(() => listen({}), []);
  const keys = model.keys.value;
  const together = limitTexts(data.profileLimits, t, language);
  const revoking = model.find(model.confirming.value);
  const renewing = model.find(model.renewing.value);
  const renew = async (id: string) => {
    if (await model.renew(id)) document.getElementById("made-key")?.focus();
  };
  const revoke = async (id: string, name: string) => {
    if (!await model.delete(id)) return;
    toasts.show({ kind: "success", message: t("keys.deleted", { name }) });
    document.getElementById("key-list")?.focus();
  };
  return (
    <>
      <SectionHeader title={t("settings.keys")} about={t("keys.intro")} />
      {!data.hasGateway && <Notice kind="warning">{t("keys.gatewayOff")}</Notice>}
      {!data.needsLogin && <Notice kind="info">{t("keys.open")}</Notice>}
      {together.length > 0 && (
        <Notice kind="info">{t("keys.limits.together", { limits: together.join(", ") })}</Notice>
      )}
      <MadeKeyCard model={model} />
      <h2 id="key-list" class="settings-title" tabIndex={-1}>{t("keys.list")}</h2>
      {keys.length === 0
        ? <p class="muted">{t("keys.none")}</p>
        : (
          <ul class="settings-card keys" aria-labelledby="key-list">
            {keys.map((entry) => <KeyRow key={entry.id} entry={entry} model={model} />)}
          </ul>
        )}
      <h2 class="settings-title">{t("keys.new")}</h2>
      <NewKeyForm model={model} scopes={data.scopes} />
      {data.hasGateway && (
        <HowTo baseUrl={data.baseUrl} secret={model.made.value?.secret} model={data.model} />
      )}
      {renewing && (
        <ConfirmDialog
          title={t("keys.renew.title", { name: renewing.name })}
          text={t("keys.renew.text")}
          confirm={t("keys.renew")}
          cancel={t("cancel")}
          cancelHref="/settings/keys"
          action="/settings/keys"
          fields={{ intent: "renew", id: renewing.id }}
          onConfirm={() => renew(renewing.id)}
          onCancel={() => void (model.renewing.value = null)}
        />
      )}
      {revoking && (
        <ConfirmDialog
          title={t("keys.delete.title", { name: revoking.name })}
          text={t("keys.delete.text")}
          confirm={t("keys.delete")}
          cancel={t("cancel")}
          cancelHref="/settings/keys"
          action="/settings/keys"
          fields={{ intent: "revoke", id: revoking.id }}
          onConfirm={() => revoke(revoking.id, revoking.name)}
          onCancel={() => void (model.confirming.value = null)}
        />
      )}
    </>
  );
}
