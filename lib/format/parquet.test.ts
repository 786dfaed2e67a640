import { describeFormat } from './contract'
import { parquet } from './parquet'

describeFormat(parquet)
