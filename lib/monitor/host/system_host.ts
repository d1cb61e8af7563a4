import type { DiskState, GpuState, MemoryState, ServerProcess } from "../../shared/mod.ts";

/** What a core has done since the machine started, in ms. */
export interface CoreTimes {
  busy: number;
  total: number;
}

/** What a network interface has moved since the machine started, in bytes. */
export interface NetworkCounter {
  name: string;
  received: number;
  sent: number;
}

/** What can be asked of a machine. Each answer may be a `MissingError`. */
export interface SystemHost {
  /** What it is called, and what it is. */
  identity(): { name: string; os: string; arch: string };
  cpu(): Promise<{ model: string; cores: CoreTimes[]; load: number[] | null }>;
  memory(): Promise<MemoryState>;
  gpu(): Promise<GpuState[]>;
  disks(): Promise<DiskState[]>;
  network(): Promise<NetworkCounter[]>;
  processes(): Promise<ServerProcess[]>;
}
