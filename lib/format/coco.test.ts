import { describeFormat } from './contract'
import { coco } from './coco'

describeFormat(coco)
