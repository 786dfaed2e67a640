import { describeFormat } from './contract'
import { tsv } from './tsv'

describeFormat(tsv)
