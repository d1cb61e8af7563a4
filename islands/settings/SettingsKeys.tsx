import { KeyList, type KeyListData } from "../../components/settings/keys/KeyList.tsx";
import { type SettingsIslandProps, SettingsScope } from "../../components/settings/SettingsScope.tsx";

/** The API keys. */
export default function SettingsKeys({ data, ...scope }: SettingsIslandProps & { data: KeyListData }) {
  return (
    <SettingsScope {...scope}>
      <KeyList data={data} />
    </SettingsScope>
  );
}
