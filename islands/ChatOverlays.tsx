import { type ChatIslandProps, PageScope } from "../components/chat/PageScope.tsx";
import { Overlays } from "../components/chat/overlays/Overlays.tsx";

/** What lies over the page, and its keys. */
export default function ChatOverlays(props: ChatIslandProps) {
  return (
    <PageScope {...props}>
      <Overlays />
    </PageScope>
  );
}
