import { useEffect, useMemo } from "preact/hooks";
import { listen } from "../../../lib/client/settings/listen.ts";
import { type ImportState, TransferModel } from "../../../lib/client/settings/transfer_model.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { SectionHeader } from "../SectionHeader.tsx";
import { ImportForm } from "./ImportForm.tsx";
import { ImportOutcome } from "./ImportOutcome.tsx";

/** What the page is rendered from. */
export interface TransferData {
  /** The answer to a posted form, or idle. */
  state: ImportState;
}

/** Chats come in from other programs, and go out. */
export function TransferPage({ data }: { data: TransferData }) {
  const { t, api, report } = useSettings();
  const model = useMemo(() => new TransferModel({ api, initial: data.state, onError: report }), []);
  useEffect(() => listen({ onLeave: () => model.cancel() }), []);
  return (
    <>
      <SectionHeader title={t("settings.transfer")} about={t("transfer.intro")} />
      <h2 class="settings-title">{t("transfer.import")}</h2>
      <p class="muted settings-text">{t("transfer.import.text")}</p>
      <ImportForm model={model} />
      <ImportOutcome state={model.state.value} />
      <h2 class="settings-title">{t("transfer.export")}</h2>
      <p class="muted settings-text">{t("transfer.export.text")}</p>
      <p>
        <a class="button" href="/api/chat/export" download>
          <Icon name="download" />
          {t("transfer.export.all")}
        </a>
      </p>
    </>
  );
}
