import { describeFormat } from './contract'
import { csv } from './csv'

describeFormat(csv)
describeFormat(csv, { profile: 'spreadsheet' })
