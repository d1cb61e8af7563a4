import { NodeList, type NodeListData } from "../../components/settings/nodes/NodeList.tsx";
import { type SettingsIslandProps, SettingsScope } from "../../components/settings/SettingsScope.tsx";

/** The list of model servers. */
export default function SettingsNodes({ data, ...scope }: SettingsIslandProps & { data: NodeListData }) {
  return (
    <SettingsScope {...scope}>
      <NodeList data={data} />
    </SettingsScope>
  );
}
