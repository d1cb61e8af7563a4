import { resolve } from "node:path";
import { FreshetError } from "../../shared/mod.ts";
import { keys } from "../keys.ts";
import { LAYOUT, setLayout } from "../layout.ts";
import type { Store } from "../store.ts";
import { Archive } from "./archive.ts";
import { placeTrees, removeStaging } from "./files/place_tree.ts";
import { type FilesReport, stageTrees } from "./files/restore_trees.ts";
import type { TreePlan } from "./files/tree_place.ts";
import { type FilesTarget, planTrees } from "./files/tree_plan.ts";
import {
  refuseLostSecrets,
  refuseOtherInstances,
  refuseUnlessEmpty,
  type RestoreOptions,
  type RestoreReport,
  wipe,
  writeAll,
} from "./restore_archive.ts";

/** What a restore is done with. */
export interface RestoreInput extends RestoreOptions {
  /** The archive; it has to stay until the restore is over. */
  path: string;
  password?: string | undefined;
  /** The passphrase of the store, for archives of another store with the same. */
  passphrase?: string | undefined;
  /** ms since 1970. */
  now: number;
  /** Where the files of folders and of the trash come; they are left in the archive where absent. */
  files?: FilesTarget | undefined;
  /** Told when all is checked and files are on the disk: from now on nobody else may write. */
  onReady?: () => void;
  /** Told when the first record is about to be written. */
  onWriting?: () => void;
}

/** Kept from before the first record is written until the last was compared. */
interface RestoreState {
  /** `checking`: nothing was written so far. */
  status: "checking" | "writing";
  path: string;
  startedAt: number;
  withoutSecrets: boolean;
  /** Sealed with the store's key, in base64. */
  sealedPassword?: string;
  /** Where files wait, or are by now. */
  trees?: TreePlan[];
}

/** What the start found of a restore that was cut off. */
export type ResumedRestore =
  | { outcome: "finished"; path: string; report: RestoreReport }
  /** The archive is gone or can no longer be read: the store is empty again. */
  | { outcome: "undone"; path: string; problem: string };

/**
 * Restores an archive into an empty store, and compares. All of the archive is read and checked before the first record is
 * written. A process that dies in between leaves a record of that, which `resumeRestore` finds, or the next restore. Throws `conflict` where the store
 * is not empty, and `invalid_request` where something is wrong with the archive; nothing was written then.
 */
export async function restore(store: Store, input: RestoreInput): Promise<RestoreReport> {
  const { path, password, now, withoutSecrets = false } = input;
  await refuseOtherInstances(store, now);
  await takeBack(store);
  await refuseUnlessEmpty(store);
  using archive = await open(store, input);
  await archive.verify(input.signal);
  await refuseLostSecrets(archive, input);
  const plans = input.files ? await planTrees(archive, input.files) : [];
  const state: RestoreState = {
    status: "checking",
    path: resolve(path),
    startedAt: now,
    withoutSecrets,
    ...(password ? { sealedPassword: sealed(store, password) } : {}),
    ...(plans.length > 0 ? { trees: plans } : {}),
  };
  try {
    await begin(store, state);
  } catch (error) {
    await removeStaging(plans);
    throw error;
  }
  let files: FilesReport | undefined;
  try {
    files = await stageTrees(archive, plans, input.signal);
    input.onReady?.();
    // Again, now that nobody else can begin one.
    await refuseUnlessEmpty(store);
    await store.kv.set(keys.restoreState(), { ...state, status: "writing" } satisfies RestoreState);
  } catch (error) {
    await forget(store, state);
    throw error;
  }
  try {
    input.onWriting?.();
    return { ...await writeAndFinish(store, archive, input, plans), ...(files ? { files } : {}) };
  } catch (error) {
    await undo(store, state);
    throw error;
  }
}

/** Finishes a restore that was cut off, or takes it back where its archive is gone. Undefined where there was none. */
export async function resumeRestore(
  store: Store,
  options: { passphrase?: string | undefined; signal?: AbortSignal },
): Promise<ResumedRestore | undefined> {
  const { value: state } = await store.kv.get<RestoreState>(keys.restoreState());
  if (!state) return undefined;
  if (state.status === "checking") {
    await forget(store, state);
    return undefined;
  }
  const { path, withoutSecrets, trees = [] } = state;
  try {
    const password = state.sealedPassword === undefined ? undefined : unsealed(store, state.sealedPassword);
    using archive = await open(store, { path, password, passphrase: options.passphrase });
    await archive.verify(options.signal);
    const how = { withoutSecrets, signal: options.signal };
    const report = await writeAndFinish(store, archive, how, trees);
    return { outcome: "finished", path, report };
  } catch (error) {
    if (!(error instanceof FreshetError || error instanceof Deno.errors.NotFound)) throw error;
    await undo(store, state);
    const problem = error instanceof FreshetError ? error.message : `${path} is gone`;
    return { outcome: "undone", path, problem };
  }
}

/** What an earlier restore left that was cut off. */
async function takeBack(store: Store): Promise<void> {
  const { value: state } = await store.kv.get<RestoreState>(keys.restoreState());
  if (state?.status === "writing") await wipe(store);
  if (state) await forget(store, state);
}

async function open(
  store: Store,
  { path, password, passphrase }: Pick<RestoreInput, "path" | "password" | "passphrase">,
): Promise<Archive> {
  return await Archive.open(path, { cipher: store.cipher, password, passphrase, layout: LAYOUT });
}

async function begin(store: Store, state: RestoreState): Promise<void> {
  const key = keys.restoreState();
  const { ok } = await store.kv.atomic().check({ key, versionstamp: null }).set(key, state).commit();
  if (!ok) throw new FreshetError("conflict", "Cannot restore: another restore is under way");
}

async function writeAndFinish(
  store: Store,
  archive: Archive,
  options: RestoreOptions,
  plans: readonly TreePlan[],
): Promise<RestoreReport> {
  await wipe(store);
  const report = await writeAll(store, archive, options);
  await placeTrees(store, plans);
  await setLayout(store, archive.header.layout);
  await store.kv.delete(keys.restoreState());
  return report;
}

/** Empties the store again: all that is in it is of the archive. Files that are at their places stay there. */
async function undo(store: Store, state: RestoreState): Promise<void> {
  await wipe(store);
  await forget(store, state);
}

async function forget(store: Store, { trees = [] }: RestoreState): Promise<void> {
  await removeStaging(trees);
  await store.kv.delete(keys.restoreState());
}

function sealed(store: Store, password: string): string {
  return store.cipher.seal(new TextEncoder().encode(password)).toBase64();
}

function unsealed(store: Store, password: string): string {
  return new TextDecoder().decode(store.cipher.open(Uint8Array.fromBase64(password)));
}
