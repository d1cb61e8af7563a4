import { FreshetError } from "../shared/mod.ts";
import { type Clock, sleep } from "../host/mod.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** The layout of the keys that this Freshet has. It counts up when keys change, with an upgrade in `LAYOUT_UPGRADES`. */
export const LAYOUT = 1;

const LEASE_MS = 60_000;
const WAIT_MS = 1_000;

/** Brings the keys of one layout into the next one. */
export interface LayoutUpgrade {
  /** The layout that it leads to. */
  to: number;
  /**
   * Does the next part and adds it to the operation, with what to go on from: each part is one commit, so that a process that is
   * killed goes on where it was. Returns undefined when nothing is left.
   */
  step(store: Store, operation: Deno.AtomicOperation, from: unknown): Promise<unknown>;
}

/** The upgrades so far, in their order. */
export const LAYOUT_UPGRADES: readonly LayoutUpgrade[] = [];

/** How far a store is. */
interface LayoutState {
  layout: number;
  /** Where the upgrade to the next layout goes on. */
  from?: unknown;
}

/** What upgrading needs. */
export interface UpgradeOptions {
  clock: Clock;
  /** Makes a backup; called once before anything is changed. */
  backup: (layout: number) => Promise<void>;
  upgrades?: readonly LayoutUpgrade[];
  signal?: AbortSignal;
}

/**
 * Brings a store to the newest layout of keys: after a backup, resumable, and by one process at a time, for which the others
 * wait. Does nothing for a store that has it. Throws `storage` for one of a newer Freshet.
 */
export async function upgradeLayout(store: Store, options: UpgradeOptions): Promise<void> {
  const { upgrades = LAYOUT_UPGRADES, clock } = options;
  const newest = upgrades.at(-1)?.to ?? LAYOUT;
  for (;;) {
    const { layout } = (await readState(store)).value;
    if (layout > newest) throw tooNew(layout);
    if (layout === newest) return;
    const lease = await takeLease(store, clock.now());
    if (lease) return await upgradeAll(store, upgrades, options, lease);
    await sleep(clock, WAIT_MS, options.signal);
  }
}

/** Says in which layout the keys are: of a restored store, that of its backup. */
export async function setLayout(store: Store, layout: number): Promise<void> {
  await store.kv.set(keys.layout(), { layout } satisfies LayoutState);
}

async function upgradeAll(
  store: Store,
  upgrades: readonly LayoutUpgrade[],
  { backup, clock, signal }: UpgradeOptions,
  lease: Lease,
): Promise<void> {
  // Read again: who had the lease before may have gone on meanwhile.
  let stored = await readState(store);
  if (stored.value.from === undefined) await backup(stored.value.layout);
  for (const { to, step } of upgrades) {
    while (stored.value.layout < to) {
      signal?.throwIfAborted();
      const operation = store.kv.atomic();
      const from = await step(store, operation, stored.value.from);
      const state: LayoutState = from === undefined ? { layout: to } : { layout: stored.value.layout, from };
      const { ok } = await operation.check(stored.entry, lease.entry).set(keys.layout(), state)
        .set(keys.layoutLease(), leaseOf(store, clock.now())).commit();
      if (!ok) throw new FreshetError("conflict", "Cannot upgrade the store: another process does");
      stored = await readState(store);
      lease.entry = await store.kv.get(keys.layoutLease());
    }
  }
  await store.kv.delete(keys.layoutLease());
}

async function readState(
  store: Store,
): Promise<{ value: LayoutState; entry: Deno.KvEntryMaybe<LayoutState> }> {
  const entry = await store.kv.get<LayoutState>(keys.layout());
  // A store of before layouts were counted has the first.
  return { value: entry.value ?? { layout: 1 }, entry };
}

interface Lease {
  entry: Deno.KvEntryMaybe<unknown>;
}

function leaseOf(store: Store, now: number): { processId: string; until: number } {
  return { processId: store.processId, until: now + LEASE_MS };
}

async function takeLease(store: Store, now: number): Promise<Lease | undefined> {
  const key = keys.layoutLease();
  const entry = await store.kv.get<{ processId: string; until: number }>(key);
  // Where the store is not shared, whoever held it is dead.
  if (entry.value && store.shared && entry.value.until > now) return undefined;
  const { ok } = await store.kv.atomic().check(entry).set(key, leaseOf(store, now)).commit();
  return ok ? { entry: await store.kv.get(key) } : undefined;
}

function tooNew(layout: number): FreshetError {
  return new FreshetError(
    "storage",
    `Cannot open the store: it was written by a newer Freshet (layout ${layout})`,
    {
      hint: "Update Freshet, or restore a backup that was made with this version",
    },
  );
}
