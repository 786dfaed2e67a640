const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** 12345 → "12,345". The locale is fixed so that server and browser write the same. */
export const formatCount = (value: number): string => whole.format(value)

/** Part of a whole as a percentage; never "100 %" or "0 %" unless it is exactly that. */
export function formatShare(part: number, of: number): string {
  if (of === 0) return '–'
  const share = (100 * part) / of
  if (share > 0 && share < 1) return '<1 %'
  if (share > 99 && share < 100) return '>99 %'
  return `${Math.round(share)} %`
}

/** 12.345 → "12 %", 3.25 → "3.3 %"; never "0 %" or "100 %" unless it is exactly that. */
export const formatPercent = (percent: number): string => (percent > 0 && percent < 0.1 ? '<0.1 %' : percent >= 99.5 && percent < 100 ? '>99 %' : `${percent.toFixed(percent < 10 ? 1 : 0).replace(/\.0$/, '')} %`)

/** "1 sample", "212 samples". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${units[step]}`
}
