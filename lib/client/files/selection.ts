import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** How an entry was chosen: alone, with those that are chosen, or with all up to it. */
export interface ChoiceKeys {
  toggle?: boolean;
  range?: boolean;
}

/** A pause (ms) after which typed letters begin a new name. */
const TYPE_AHEAD_MS = 800;

/** Which entries of a list are chosen, and which one has the focus, by name. */
export class Selection {
  readonly #chosen: Signal<ReadonlySet<string>> = signal(new Set<string>());
  readonly #focused: Signal<string | null> = signal(null);
  #names: readonly string[] = [];
  /** Where a range begins. */
  #anchor: string | null = null;
  #typed = "";
  #typedAt = 0;

  get chosen(): ReadonlySignal<ReadonlySet<string>> {
    return this.#chosen;
  }

  /** The entry that the Tab key leads to. */
  get focused(): ReadonlySignal<string | null> {
    return this.#focused;
  }

  /** The list as it is shown; what is no longer in it is no longer chosen. */
  setNames(names: readonly string[]): void {
    this.#names = names;
    const there = new Set(names);
    batch(() => {
      const kept = [...this.#chosen.peek()].filter((name) => there.has(name));
      if (kept.length !== this.#chosen.peek().size) this.#chosen.value = new Set(kept);
      const focused = this.#focused.peek();
      if (focused === null || !there.has(focused)) this.#focused.value = names[0] ?? null;
      if (this.#anchor !== null && !there.has(this.#anchor)) this.#anchor = null;
    });
  }

  /** Chooses an entry, and gives it the focus. */
  choose(name: string, { toggle = false, range = false }: ChoiceKeys = {}): void {
    batch(() => {
      this.#focused.value = name;
      if (range) return this.#chooseTo(name);
      this.#anchor = name;
      if (!toggle) this.#chosen.value = new Set([name]);
      else {
        const chosen = new Set(this.#chosen.peek());
        if (!chosen.delete(name)) chosen.add(name);
        this.#chosen.value = chosen;
      }
    });
  }

  /** Gives an entry the focus without choosing it. */
  focus(name: string): void {
    this.#focused.value = name;
  }

  chooseAll(): void {
    this.#chosen.value = new Set(this.#names);
  }

  clear(): void {
    this.#chosen.value = new Set();
  }

  /** Moves the focus by so many places, as far as there are; with `range` it draws the choice along. */
  move(by: number, { range = false, toggle = false }: ChoiceKeys = {}): void {
    const at = this.#names.indexOf(this.#focused.peek() ?? "");
    const next = this.#names[Math.max(0, Math.min(this.#names.length - 1, at + by))];
    if (next === undefined) return;
    if (toggle && !range) this.focus(next);
    else this.choose(next, { range });
  }

  /** Goes to the next name that begins with what is being typed; one letter again and again goes through all of its names. */
  type(letter: string, now: number): void {
    this.#typed = now - this.#typedAt > TYPE_AHEAD_MS ? letter : this.#typed + letter;
    this.#typedAt = now;
    const isOneLetter = [...this.#typed].every((each) => each === letter);
    const sought = (isOneLetter ? letter : this.#typed).toLowerCase();
    const at = this.#names.indexOf(this.#focused.peek() ?? "");
    const from = isOneLetter ? at + 1 : Math.max(0, at);
    const inOrder = [...this.#names.slice(from), ...this.#names.slice(0, from)];
    const found = inOrder.find((name) => name.toLowerCase().startsWith(sought));
    if (found !== undefined) this.choose(found);
  }

  /** Whether a name is being typed, so that a space belongs to it. */
  isTyping(now: number): boolean {
    return this.#typed !== "" && now - this.#typedAt <= TYPE_AHEAD_MS;
  }

  #chooseTo(name: string): void {
    const from = this.#names.indexOf(this.#anchor ?? this.#names[0] ?? name);
    const to = this.#names.indexOf(name);
    this.#chosen.value = new Set(this.#names.slice(Math.min(from, to), Math.max(from, to) + 1));
  }
}
