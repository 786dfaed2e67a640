import { createHash } from 'node:crypto'
import { isPicture, stemOf } from './paths'

const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i
/** bytes of a name, so that an extension and a temporary ending still fit into the 255 of most file systems */
const longest = 200

const hex = (text: string, digits: number): string => createHash('sha256').update(text).digest('hex').slice(0, digits)
const percent = (text: string): string => [...Buffer.from(text.toWellFormed())].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

function safePart(part: string): string {
  const escaped = part
    .replace(/[\u0000-\u001f\u007f-\u009f"*/:<>?\\|%~\u200b-\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff](?![\udc00-\udfff])(?<![\ud800-\udbff][\udc00-\udfff])/g, percent)
    .replace(/^[-. ]/, percent)
    .replace(/[. ]$/, percent)
  const named = reserved.test(escaped) ? percent(escaped[0]) + escaped.slice(1) : escaped
  if (Buffer.byteLength(named) <= longest) return named || '%'
  let cut = Buffer.from(named).subarray(0, longest - 18).toString('utf8').replace(/�+$/, '')
  cut = cut.replace(/%[0-9A-F]?$/, '')
  return `${cut}~${hex(part, 16)}`
}

/** A folder of a key that is named like a file: `a.jpg/b` must not lie where the picture of `a.jpg` does. */
function safeFolder(part: string): string {
  const safe = safePart(part)
  return isPicture(safe) || /\.(txt|caption|json)$/i.test(safe) ? safe.replace(/\.(?=[^.]*$)/, percent) : safe
}

/**
 * A relative path that every file system and archive can hold, made of a key; different keys give different paths.
 * Plain keys stay as they are, slashes included; everything else is percent-coded, and a part too long is cut and hashed.
 */
export function safePath(key: string): string {
  const parts = key.split('/')
  // a key with empty parts or steps up is one odd name rather than a path
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return safePart(key)
  const path = [...parts.slice(0, -1).map(safeFolder), ...parts.slice(-1).map(safePart)].join('/')
  return Buffer.byteLength(path) <= 900 ? path : `${safePart(parts.at(-1) ?? '')}~${hex(key, 16)}`
}

/**
 * Names for the files of one release: the key as a path, without a picture's extension. Names that would meet on a file
 * system that folds case or accents (`A`/`a`, composed/decomposed), or that differ in the extension only, get a mark.
 */
export function fileNames(): (key: string) => string {
  const taken = new Set<string>()
  return (key) => {
    const path = safePath(key)
    const stem = isPicture(path) ? stemOf(path) : path
    const fold = stem.normalize('NFC').toLowerCase()
    if (!taken.has(fold)) {
      taken.add(fold)
      return stem
    }
    const marked = `${stem}~${hex(key, 16)}`
    taken.add(marked.normalize('NFC').toLowerCase())
    return marked
  }
}
