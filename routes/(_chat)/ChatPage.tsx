import { asset, Head } from "fresh/runtime";
import { Header } from "../../components/layout/Header.tsx";
import ChatComposer from "../../islands/ChatComposer.tsx";
import ChatHeaderTools from "../../islands/ChatHeaderTools.tsx";
import ChatOverlays from "../../islands/ChatOverlays.tsx";
import ChatRunSettings from "../../islands/ChatRunSettings.tsx";
import ChatSidebar from "../../islands/ChatSidebar.tsx";
import ChatSidebarToggle from "../../islands/ChatSidebarToggle.tsx";
import ChatStatus from "../../islands/ChatStatus.tsx";
import ChatThread from "../../islands/ChatThread.tsx";
import ChatTop from "../../islands/ChatTop.tsx";
import type { ChatPageData } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf, translateWith } from "../../lib/shared/texts/mod.ts";

/** The scroller starts at the newest message, before any script of ours has loaded. */
const TO_END = 'var t=document.getElementById("thread");t.scrollTop=t.scrollHeight';

/** The chat page: its frame is static, every part that does something is an island. */
export function ChatPage({ data }: { data: ChatPageData }) {
  const texts = textsOf(isLanguage(data.language) ? data.language : "en", ["common", "chat", "chatFolders"]);
  const t = translateWith(texts);
  const { sidebar, runSettingsPanel, statusBar } = data.settings;
  const props = { data, texts };
  return (
    <>
      <Head>
        <link key="organise" rel="stylesheet" href={asset("/css/organise.css")} />
      </Head>
      {data.running && (
        // Without scripts the page is asked for again until the answer is whole.
        <noscript>
          <meta http-equiv="refresh" content="2" />
        </noscript>
      )}
      <a class="skip-link" href="#composer-text">{t("skipToComposer")}</a>
      <div
        id="app"
        class="app"
        data-sidebar={sidebar ? "open" : "closed"}
        data-panel={runSettingsPanel ? "open" : "closed"}
      >
        <Header t={t} area="chat" start={<ChatSidebarToggle {...props} />}>
          <ChatHeaderTools {...props} />
        </Header>
        <aside id="sidebar" class="sidebar" data-part="sidebar" aria-label={t("chats")}>
          <ChatSidebar {...props} />
        </aside>
        <main class="main" data-part="main">
          <div class="main__top">
            <ChatTop {...props} />
          </div>
          <div class="main__thread">
            <ChatThread {...props} />
          </div>
          <div class="main__composer">
            <ChatComposer {...props} />
          </div>
          {data.page.messages.length > 0 && <script dangerouslySetInnerHTML={{ __html: TO_END }} />}
        </main>
        <aside id="run-settings" class="settings-panel" data-part="panel" aria-label={t("panel.title")}>
          <ChatRunSettings {...props} />
        </aside>
        <footer class={statusBar ? "statusbar" : "statusbar statusbar--hidden"} data-part="status">
          <ChatStatus {...props} />
        </footer>
        <div class="overlays" data-part="overlays">
          <ChatOverlays {...props} />
        </div>
      </div>
    </>
  );
}
