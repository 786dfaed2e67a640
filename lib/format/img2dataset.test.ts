import { describeFormat } from './contract'
import { img2dataset } from './img2dataset'

describeFormat(img2dataset)
