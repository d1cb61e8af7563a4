import type { DiskState } from "../../shared/mod.ts";

/** What holds no files of anybody: memory, devices, images that are always full. */
const NO_DISK = /^(tmpfs|devtmpfs|udev|none|shm|overlay|efivarfs|rootfs|squashfs|map |\/dev\/loop\d)/;
/** Parts of the system that no person can tidy up. */
const NO_MOUNT =
  /^\/(dev|proc|sys|run|boot|snap|System\/Volumes\/(?!Data(?:\/|$))[^/]+|private\/var\/vm|Library\/Developer)(\/|$)/;
/** What is smaller was not made for files of a person. */
const LEAST_BYTES = 32 * 1024 * 1024;

/**
 * Reads what `df -kP` writes (POSIX format: blocks of 1,024 bytes). A device that is mounted several times counts once; where
 * nothing else is left, as in a container, the root is taken whatever holds it.
 */
export function parseDf(text: string): DiskState[] {
  const all = text.split("\n").slice(1).flatMap((line) => rowOf(line) ?? []);
  const seen = new Set<string>();
  const disks = all.filter(({ device, mount }) => {
    if (NO_DISK.test(device) || NO_MOUNT.test(mount) || seen.has(device)) return false;
    seen.add(device);
    return true;
  });
  return disks.length > 0 ? disks : all.filter(({ mount }) => mount === "/");
}

function rowOf(line: string): DiskState | undefined {
  const match = line.match(/^(.+?)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(?:\d+%|-)\s+(\/.*)$/);
  if (!match) return undefined;
  const [, device = "", , used = "", available = "", mount = ""] = match;
  // What is kept for the administrator is neither used nor to be had: as df's own percentage has it.
  const usedBytes = Number(used) * 1024;
  const total = usedBytes + Math.max(0, Number(available)) * 1024;
  return total >= LEAST_BYTES ? { mount, device, total, used: usedBytes } : undefined;
}
