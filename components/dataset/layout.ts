/** Two lines of caption, a line of marks, and their padding, in px. */
const BELOW_PICTURE = 36 + 16 + 14
const NARROW = 560
const LIST_ROW = 114

/** How many stand side by side and how high a row is, for a width in px. On a narrow screen three across. */
export function layoutOf(view: 'grid' | 'list', width: number): { columns: number; height: number; gap: number } {
  if (view === 'list') return { columns: 1, height: LIST_ROW, gap: 0 }
  const gap = width < NARROW ? 6 : 12
  const columns = width < NARROW ? 3 : Math.max(3, Math.floor((width - gap) / 180))
  const cell = (width - gap * (columns + 1)) / columns
  return { columns, height: Math.max(1, Math.round(cell + BELOW_PICTURE + gap)), gap }
}
