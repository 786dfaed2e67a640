import { describeFormat } from './contract'
import { kohya } from './kohya'

describeFormat(kohya)
