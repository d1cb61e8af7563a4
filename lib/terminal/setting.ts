import type { TerminalSetting } from "../shared/terminal/mod.ts";
import type { Clock } from "../host/mod.ts";
import { keys, recordType, type Store } from "../store/mod.ts";

const SETTING = recordType<TerminalSetting>("setting of terminals");

/** As it is until a person changes it. */
const DEFAULT: TerminalSetting = { isOn: false, idleMinutes: 120, sessionsMax: 8 };

/** Whether a profile has terminals. */
export class SettingStore {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  async get(profileId: string): Promise<TerminalSetting> {
    return (await this.#store.get(SETTING, keys.terminalSetting(profileId)))?.value ?? DEFAULT;
  }

  async update(
    profileId: string,
    changes: Partial<Omit<TerminalSetting, "changedAt">>,
  ): Promise<TerminalSetting> {
    const setting = { ...await this.get(profileId), ...changes, changedAt: this.#clock.now() };
    await this.#store.kv.set(keys.terminalSetting(profileId), this.#store.encode(SETTING, setting));
    return setting;
  }
}
