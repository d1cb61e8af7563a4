import { type GroupData, GroupForm } from "../../components/settings/GroupForm.tsx";
import { type SettingsIslandProps, SettingsScope } from "../../components/settings/SettingsScope.tsx";

/** A group of settings, kept as they are changed. */
export default function SettingsGroup({ data, ...scope }: SettingsIslandProps & { data: GroupData }) {
  return (
    <SettingsScope {...scope}>
      <GroupForm data={data} />
    </SettingsScope>
  );
}
