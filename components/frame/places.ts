export type Place = { id: string; label: string; keys: string; path: string }

/** The screens of a dataset, in the order of the road. `path` follows /datasets/<name>. */
export const PLACES: readonly Place[] = [
  { id: 'inspect', label: 'Inspect', keys: 'g i', path: '' },
  { id: 'review', label: 'Review', keys: 'g r', path: '/review' },
  { id: 'recaption', label: 'Recaption', keys: 'g c', path: '/recaption' },
  { id: 'insights', label: 'Insights', keys: 'g n', path: '/insights' },
  { id: 'blend', label: 'Blend', keys: 'g b', path: '/blend' },
  { id: 'releases', label: 'Releases', keys: 'g e', path: '/releases' },
]

/** What belongs to reviewing: the desk, and what is decided beside it. */
export const REVIEW_PLACES: readonly Omit<Place, 'keys'>[] = [
  { id: 'review', label: 'Desk', path: '/review' },
  { id: 'bulk', label: 'Bulk steps', path: '/bulk' },
  { id: 'certify', label: 'Certify', path: '/certify' },
  { id: 'compare', label: 'Compare', path: '/compare' },
  { id: 'people', label: 'Several people', path: '/people' },
  { id: 'report', label: 'Report card', path: '/report' },
]

export const datasetUrl = (dataset: string, path = '', query: Record<string, string> = {}): string => {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return `/datasets/${encodeURIComponent(dataset)}${path}${search && `?${search}`}`
}
export const sampleUrl = (dataset: string, key: string, query: Record<string, string> = {}) => datasetUrl(dataset, `/samples/${encodeURIComponent(key)}`, query)

/** Which place an address belongs to; a sample is part of inspecting. */
export function placeOf(pathname: string): string {
  const part = pathname.split('/')[3] ?? ''
  if (REVIEW_PLACES.some((place) => place.path === `/${part}`)) return 'review'
  return PLACES.find((place) => place.path === `/${part}`)?.id ?? (part === '' || part === 'samples' ? 'inspect' : '')
}
