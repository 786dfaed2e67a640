import { excerpt } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

const CAMERA = /^(?:img|dsc|dscn|dscf|mvimg|pxl|image|photo|screenshot)[-_ ]?\d+/i
const EXTENSION = /[^\s.]\.(?:jpe?g|png|gif|webp|avif|heic|bmp|tiff?|svg|pdf)$/i

export const filename: FlagRule = {
  ...named('filename'),
  on: 'alt',
  check({ text = '' }) {
    const bare = text.slice(0, 1000).trim()
    if (EXTENSION.test(bare)) return { evidence: /\s/.test(bare) ? `the text ends like a file name: “${excerpt(bare.split(/\s+/).at(-1) ?? '')}”` : `the text is a file name: “${excerpt(bare)}”` }
    const camera = CAMERA.exec(bare)
    return camera ? { evidence: `“${excerpt(camera[0])}” is how cameras and programs name files` } : null
  },
}
