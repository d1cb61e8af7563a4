/** Counts the calls that are under way, by the model that was asked for. */
export class ActiveCalls {
  readonly #profiles = new Map<string, Map<string, number>>();

  /** A call has begun. */
  begin(profileId: string, model: string): void {
    const models = this.#profiles.get(profileId) ?? new Map<string, number>();
    this.#profiles.set(profileId, models);
    models.set(model, (models.get(model) ?? 0) + 1);
  }

  /** A call has ended, whatever came of it. */
  end(profileId: string, model: string): void {
    const models = this.#profiles.get(profileId);
    const left = (models?.get(model) ?? 1) - 1;
    if (left > 0) models?.set(model, left);
    else models?.delete(model);
  }

  /** The calls of a profile by model, the most first. */
  of(profileId: string): { model: string; calls: number }[] {
    const models = [...this.#profiles.get(profileId) ?? []].map(([model, calls]) => ({ model, calls }));
    return models.sort((a, b) => b.calls - a.calls || a.model.localeCompare(b.model));
  }
}
