import { ApiClient } from "../../api_client.ts";

/** Where a version's preview is, for a while. */
export interface PreviewAddress {
  /** On another host name than this page; its last part is the token, which is also the nonce of the bridge. */
  url: string;
  /** ms since 1970. */
  expiresAt: number;
}

/** The server's endpoint of previews. */
export class PreviewApi {
  readonly #client: ApiClient;

  constructor(client: ApiClient = new ApiClient()) {
    this.#client = client;
  }

  address(projectId: string, versionId: string): Promise<PreviewAddress> {
    return this.#client.get(`/api/projects/${projectId}/versions/${versionId}/preview`);
  }
}

/** What the bridge in a preview signs its messages with: the token of its address. */
export function nonceOf({ url }: PreviewAddress): string {
  return new URL(url).pathname.split("/").filter((part) => part !== "").at(-1) ?? "";
}
