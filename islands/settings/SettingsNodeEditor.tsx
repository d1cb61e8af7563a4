import { NodeEditor, type NodeEditorData } from "../../components/settings/nodes/NodeEditor.tsx";
import { type SettingsIslandProps, SettingsScope } from "../../components/settings/SettingsScope.tsx";

/** The form for a model server. */
export default function SettingsNodeEditor(
  { data, ...scope }: SettingsIslandProps & { data: NodeEditorData },
) {
  return (
    <SettingsScope {...scope}>
      <NodeEditor data={data} />
    </SettingsScope>
  );
}
