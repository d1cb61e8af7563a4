import type { ModelEntry } from "../../shared/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import { type ModelForm, studioRecords } from "../records.ts";
import { size } from "./coding_model.ts";

const ANSWERS_ENOUGH = 5;
const WELL_FORMED_ENOUGH = 0.9;
const EDITS_APPLIED_ENOUGH = 0.85;
/** Before anything was measured: models of this size and hosted ones keep to search-and-replace blocks well enough. */
const LARGE_PARAMETERS_B = 60;
const TRIES = 5;

/** What an answer showed of its model. */
export interface AnswerForm {
  isWellFormed: boolean;
  edits: number;
  editsApplied: number;
}

/** How well models keep to the studio's format, as measured here; it decides who may answer with edits. */
export class ModelForms {
  #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether a model may change files by edits in place of whole files. */
  async mayEdit(profileId: string, model: ModelEntry): Promise<boolean> {
    const stored = await this.#store.get(studioRecords.modelForm, keys.modelForm(profileId, model.id));
    if (stored && stored.value.answers >= ANSWERS_ENOUGH) return isGood(stored.value);
    return size(model) >= LARGE_PARAMETERS_B || model.nodes.every(({ local }) => !local);
  }

  /** Drops what was measured of a model that is another one now. */
  async forget(profileId: string, model: string): Promise<void> {
    await this.#store.kv.delete(keys.modelForm(profileId, model));
  }

  /** Adds what an answer showed. */
  async record(profileId: string, model: string, form: AnswerForm): Promise<void> {
    const key = keys.modelForm(profileId, model);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const stored = await this.#store.get(studioRecords.modelForm, key);
      const old = stored?.value ?? { answers: 0, wellFormed: 0, edits: 0, editsApplied: 0 };
      const next: ModelForm = {
        answers: old.answers + 1,
        wellFormed: old.wellFormed + (form.isWellFormed ? 1 : 0),
        edits: old.edits + form.edits,
        editsApplied: old.editsApplied + form.editsApplied,
      };
      const commit = await this.#store.kv.atomic()
        .check(stored ?? { key, versionstamp: null })
        .set(key, this.#store.encode(studioRecords.modelForm, next))
        .commit();
      if (commit.ok) return;
    }
  }
}

function isGood({ answers, wellFormed, edits, editsApplied }: ModelForm): boolean {
  if (wellFormed / answers < WELL_FORMED_ENOUGH) return false;
  return edits === 0 || editsApplied / edits >= EDITS_APPLIED_ENOUGH;
}
