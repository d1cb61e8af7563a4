/** A change that is shown before the server has made it. */
export interface Change {
  show(): void;
  /** Shows what was before. */
  takeBack(): void;
  save(): Promise<unknown>;
  onError(error: unknown): void;
}

/** Shows a change, saves it, and takes it back where the server refuses. */
export async function changeAtOnce({ show, takeBack, save, onError }: Change): Promise<void> {
  show();
  try {
    await save();
  } catch (error) {
    takeBack();
    onError(error);
  }
}
