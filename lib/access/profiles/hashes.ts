import { keys, records, type RecordType } from "../../store/mod.ts";
import { SESSION } from "../sessions/record.ts";

/** Secrets of a profile that are found by their hashes alone. */
interface Hashed {
  type: RecordType<{ hash: string }>;
  prefix: (profileId: string) => Deno.KvKey;
  byHash: (hash: string) => Deno.KvKey;
}

export const API_KEY_HASHES: Hashed = {
  type: records.apiKey as unknown as RecordType<{ hash: string }>,
  prefix: keys.apiKeys,
  byHash: keys.apiKeyByHash,
};

export const SESSION_HASHES: Hashed = {
  type: SESSION as unknown as RecordType<{ hash: string }>,
  prefix: keys.sessions,
  byHash: keys.sessionByHash,
};
