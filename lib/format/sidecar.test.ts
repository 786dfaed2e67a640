import { describeFormat } from './contract'
import { sidecar } from './sidecar'

describeFormat(sidecar)
