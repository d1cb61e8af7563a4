/** How wide pages may be, 1 being as wide as there is room. */
export const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
