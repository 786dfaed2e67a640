import { describeFormat } from './contract'
import { webdataset } from './webdataset'

describeFormat(webdataset)
