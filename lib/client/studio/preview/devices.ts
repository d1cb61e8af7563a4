/** The sizes in which a preview can be seen. */
export const DEVICES = ["responsive", "phone", "tablet", "desktop"] as const;

/** One of `DEVICES`. */
export type Device = typeof DEVICES[number];

/** A size in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Where and how large a frame is shown: laid out at `width` × `height`, then drawn smaller by `scale`. */
export interface FrameLayout extends Size {
  scale: number;
}

const SIZES: Readonly<Record<Exclude<Device, "responsive">, Size>> = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
};
/** Free room (px) around a frame that is smaller than its stage. */
const MARGIN = 16;

/** How a device's screen fits on a stage: never larger than it is, and by its width, since one can scroll down. */
export function frameLayout(device: Device, stage: Size): FrameLayout {
  if (device === "responsive") return { ...stage, scale: 1 };
  const size = SIZES[device];
  const scale = Math.min(1, Math.max(0.1, (stage.width - 2 * MARGIN) / size.width));
  return { ...size, scale };
}
