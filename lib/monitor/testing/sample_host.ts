import type { Clock } from "../../host/mod.ts";
import type { CoreTimes, SystemHost } from "../mod.ts";

const GB = 1_000_000_000;
const CORES = 8;

/** A machine that answers at once: its figures stay the same, and its counters go on evenly. Any of its parts may be replaced. */
export function sampleHost(clock: Clock, changes: Partial<SystemHost> = {}): SystemHost {
  const start = clock.now();
  const seconds = () => (clock.now() - start) / 1000;
  return {
    identity: () => ({ name: "workstation", os: "linux", arch: "x86_64" }),
    cpu: () => {
      // The first core does most, the last one nothing.
      const cores = Array.from({ length: CORES }, (_, i): CoreTimes => {
        const total = 1_000 + seconds() * 1000;
        return { busy: total * (CORES - 1 - i) / CORES, total };
      });
      return Promise.resolve({ model: "Sample CPU 8-Core", cores, load: [1.5, 1.25, 0.75] });
    },
    memory: () => Promise.resolve({ total: 64 * GB, used: 24 * GB, swapTotal: 8 * GB, swapUsed: GB }),
    gpu: () =>
      Promise.resolve([
        {
          name: "NVIDIA GeForce RTX 4090",
          busy: 72,
          memoryUsed: 18 * GB,
          memoryTotal: 24 * GB,
          temperature: 64,
          power: 310,
        },
        {
          name: "NVIDIA GeForce RTX 3060",
          busy: null,
          memoryUsed: null,
          memoryTotal: 12 * GB,
          temperature: 41,
          power: null,
        },
      ]),
    disks: () =>
      Promise.resolve([
        { mount: "/", device: "/dev/nvme0n1p2", total: 500 * GB, used: 210 * GB },
        { mount: "/mnt/models", device: "/dev/nvme1n1p1", total: 2_000 * GB, used: 1_720 * GB },
      ]),
    network: () =>
      Promise.resolve([{ name: "eth0", received: seconds() * 250_000, sent: seconds() * 40_000 }]),
    processes: () =>
      Promise.resolve([
        {
          pid: 4_211,
          server: "Ollama",
          command:
            "/usr/local/bin/ollama runner --model /usr/share/ollama/blobs/sha256-6a0746a1ec1a --port 36411",
          cpu: 121,
          memory: 9 * GB,
          elapsed: "02:11:45",
        },
        {
          pid: 998,
          server: "Ollama",
          command: "/usr/local/bin/ollama serve",
          cpu: 0.4,
          memory: 0.06 * GB,
          elapsed: "3-04:10:02",
        },
      ]),
    ...changes,
  };
}
