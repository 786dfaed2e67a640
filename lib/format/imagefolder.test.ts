import { describeFormat } from './contract'
import { imagefolder } from './imagefolder'

describeFormat(imagefolder)
