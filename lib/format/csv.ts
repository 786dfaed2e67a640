import { delimitedFormat } from './delimited-format'

/** Comma-separated values after RFC 4180. */
export const csv = delimitedFormat({ id: 'csv', label: 'CSV', delimiter: ',' })
