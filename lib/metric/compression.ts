import { gzipSync } from 'node:zlib'
import { between, kindMetric } from './kind-metric'
import { spread } from './text'

const MOST = 5000

/** Raw bytes over gzip bytes: the higher, the more the texts repeat. Comparable within one Node version only. */
export const compression = kindMetric({
  id: 'compression', label: 'Compression ratio', unit: '×', bins: between(0, 1, 2, 3, 4, 6, 10),
  of: (texts) => {
    const raw = Buffer.from(spread(texts, MOST).join('\n'))
    return raw.length === 0 ? null : raw.length / gzipSync(raw).length
  },
})
