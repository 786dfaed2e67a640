import type { ClaimSort } from './schema'

/** A check of one sort of claim, as it is graded and switched: its stored id, and the reject reasons that say it was right. */
export type ClaimCheck = { readonly id: string; readonly sort: ClaimSort; readonly label: string; readonly hint: string; readonly reasons: readonly string[] }

const check = (sort: ClaimSort, label: string, hint: string, ...reasons: string[]): ClaimCheck => ({ id: `claims:${sort}`, sort, label, hint, reasons })

export const claimChecks: readonly ClaimCheck[] = [
  check('object', 'Claims: things', 'A thing that the caption names is not found on the picture.', 'wrong-object', 'invented', 'unrelated'),
  check('count', 'Claims: counts', 'Another number is found.', 'wrong-count'),
  check('attribute', 'Claims: attributes', 'The thing has another colour or property.', 'wrong-attribute'),
  check('relation', 'Claims: relations', 'Things stand to each other in another way.', 'wrong-relation'),
  check('text', 'Claims: text', 'The quoted text does not stand on the picture.', 'wrong-text'),
  check('name', 'Claims: names', 'A name stands neither in the alt text nor on the picture.', 'unsupported-name'),
]

/** The sorts of claims whose check is switched off in a dataset. */
export const sortsOff = (rulesOff: readonly string[]): ReadonlySet<ClaimSort> => new Set(claimChecks.filter((one) => rulesOff.includes(one.id)).map((one) => one.sort))
