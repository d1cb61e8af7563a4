import { page } from "fresh";
import { SettingsFrame } from "../../components/settings/SettingsFrame.tsx";
import type { TransferData } from "../../components/settings/transfer/TransferPage.tsx";
import SettingsTransfer from "../../islands/settings/SettingsTransfer.tsx";
import { define, operations, type State, uploadedFile } from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { islandProps } from "./(_settings)/texts.ts";

export const handler = define.handlers({
  GET({ state }) {
    nameOf(state);
    return page<TransferData>({ state: { type: "idle" } });
  },
  /** The import, for browsers without a script. */
  async POST({ state, req }) {
    nameOf(state);
    try {
      const file = await uploadedFile(req, operations.importChats.maxBytes ?? 0);
      const report = await state.services.chats.transfers.importAll(state.principal, file);
      return page<TransferData>({ state: { type: "done", report } });
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page<TransferData>({ state: { type: "failed", problem: error.toBody() } }, {
        status: error.status,
      });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <SettingsFrame t={t} section="transfer">
    <SettingsTransfer data={data} {...islandProps(language, "transfer")} />
  </SettingsFrame>
));

function nameOf(state: State): void {
  state.title = `${state.t("settings.transfer")} · ${state.t("app.name")}`;
}
