import { describeFormat } from './contract'
import { llava } from './llava'

describeFormat(llava)
