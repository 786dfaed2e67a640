import { delimitedFormat } from './delimited-format'

/** Tab-separated values; without a header also the tables of CC3M and CC12M. */
export const tsv = delimitedFormat({ id: 'tsv', label: 'TSV', delimiter: '\t' })
