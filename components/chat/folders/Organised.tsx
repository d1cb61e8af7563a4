import { useEffect } from "preact/hooks";
import { usePage } from "../context.ts";
import { RenderedAnew } from "../Menu.tsx";
import { loadOrganised, organised } from "./organised.ts";

/** Folders and tags above the list of chats. Their code is loaded where there are any; until then stands what the server rendered. */
export function Organised() {
  const { folders, tags } = usePage();
  const isWanted = folders.value.length + tags.value.length > 0;
  const OrganisedChats = organised.value?.OrganisedChats;
  useEffect(() => {
    if (isWanted) loadOrganised().catch(reportError);
  }, [isWanted]);
  if (!isWanted) return null;
  if (OrganisedChats) {
    return (
      <div key="loaded" class="organised">
        <RenderedAnew.Provider value>
          <OrganisedChats />
        </RenderedAnew.Provider>
      </div>
    );
  }
  return <div class="organised" dangerouslySetInnerHTML={{ __html: "" }} />;
}
