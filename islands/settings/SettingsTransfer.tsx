import { type SettingsIslandProps, SettingsScope } from "../../components/settings/SettingsScope.tsx";
import { type TransferData, TransferPage } from "../../components/settings/transfer/TransferPage.tsx";

/** The import and export of chats. */
export default function SettingsTransfer({ data, ...scope }: SettingsIslandProps & { data: TransferData }) {
  return (
    <SettingsScope {...scope}>
      <TransferPage data={data} />
    </SettingsScope>
  );
}
