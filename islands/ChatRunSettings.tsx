import { type ChatIslandProps, PageScope } from "../components/chat/PageScope.tsx";
import { RunSettingsPanel } from "../components/chat/settings/RunSettingsPanel.tsx";

/** How the answers of the chat are made. */
export default function ChatRunSettings(props: ChatIslandProps) {
  return (
    <PageScope {...props}>
      <RunSettingsPanel />
    </PageScope>
  );
}
