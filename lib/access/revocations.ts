import type { Principal } from "./principal.ts";

type Credential = Pick<Principal, "profileId" | "keyId" | "sessionId">;

/** Who is at the machine needs neither; what ended for them may begin anew. */
const AT_THE_MACHINE = "at the machine: ";
const REMEMBERED = 1_000;

/** What wants to know of the keys and sessions with which something is open. */
export interface OpenWatcher {
  /** The first of it began. */
  opened(id: string): void;
  /** There is none any more. */
  closed(id: string): void;
}

interface Open {
  profileId: string;
  ends: Set<() => void>;
}

/** What was begun here with a key or a session and has no end of its own: streams, sockets. It ends with what it was begun with. */
export class Revocations {
  /** By the id of the key or session; the profile's own for who is at the machine without either. */
  readonly #open = new Map<string, Open>();
  /** What ended last, for who asks with it at that moment: their request was let in before. */
  readonly #ended = new Set<string>();
  readonly #watchers: OpenWatcher[] = [];

  watch(watcher: OpenWatcher): void {
    this.#watchers.push(watcher);
  }

  /** Calls `end` when the principal's key or session is revoked. The returned function calls it off. */
  on(credential: Credential, end: () => void): () => void {
    const { profileId } = credential;
    const id = idOf(credential);
    if (this.#ended.has(id)) queueMicrotask(end);
    const open = this.#open.get(id) ?? this.#begin(id, profileId);
    const { ends } = open;
    // One of its own: the same function may be given twice.
    const ending = () => end();
    ends.add(ending);
    return () => {
      ends.delete(ending);
      if (ends.size === 0 && this.#open.get(id) === open) this.#forget(id);
    };
  }

  /** Ends what was begun with a key or session that is revoked. */
  end(id: string): void {
    this.#remember(id);
    this.endOpen(id);
  }

  /** Ends what is open with a key or session that may live on: a key with a new secret, or one whose profile has a new role. */
  endOpen(id: string): void {
    const open = this.#open.get(id);
    if (!open) return;
    this.#forget(id);
    for (const end of open.ends) end();
  }

  /** Ends all that is open in the name of a profile, but for one session. Its keys live on, so nothing of it is remembered. */
  endAll(profileId: string, keptId?: string): void {
    for (const id of this.#idsOf(profileId)) if (id !== keptId) this.endOpen(id);
  }

  /** The ids of keys and sessions of a profile with which something is open here. */
  idsOf(profileId: string): string[] {
    return this.#idsOf(profileId).filter((id) => !id.startsWith(AT_THE_MACHINE));
  }

  #idsOf(profileId: string): string[] {
    return [...this.#open].flatMap(([id, open]) => open.profileId === profileId ? [id] : []);
  }

  #begin(id: string, profileId: string): Open {
    const open = { profileId, ends: new Set<() => void>() };
    this.#open.set(id, open);
    for (const watcher of this.#watchers) watcher.opened(id);
    return open;
  }

  #forget(id: string): void {
    this.#open.delete(id);
    for (const watcher of this.#watchers) watcher.closed(id);
  }

  #remember(id: string): void {
    this.#ended.add(id);
    const [oldest] = this.#ended;
    if (this.#ended.size > REMEMBERED && oldest !== undefined) this.#ended.delete(oldest);
  }
}

function idOf({ profileId, keyId, sessionId }: Credential): string {
  return keyId ?? sessionId ?? `${AT_THE_MACHINE}${profileId}`;
}
