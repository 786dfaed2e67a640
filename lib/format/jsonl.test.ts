import { describeFormat } from './contract'
import { jsonl } from './jsonl'

describeFormat(jsonl)
