import { AppError } from '../errors'

const mac = /(^|\/)(__MACOSX(\/|$)|\._|\.DS_Store$)/

/** Whether a path is litter that archivers and desktops leave, or hidden; such paths are passed over without a word. */
export const isLitter = (path: string): boolean => mac.test(path) || path.split('/').some((part) => part.startsWith('.') && part !== '.' && part !== '..')

/** Why a relative path from a table, an archive or a folder may not be followed; undefined when it may. */
export function unsafePath(path: string): string | undefined {
  if (path.length === 0) return 'is empty'
  if (path.length > 4096) return 'is longer than 4,096 characters'
  if (path.includes('\0')) return 'contains a NUL character'
  if (!path.isWellFormed()) return 'contains characters that are not valid Unicode'
  if (path.startsWith('/')) return 'is an absolute path'
  if (path.startsWith('\\') || /(^|\\)\.\.(\\|$)/.test(path)) return 'is a path of Windows'
  if (/^[a-z]:/i.test(path)) return 'names a drive'
  if (path.split('/').includes('..')) return 'leads out of the folder'
  return undefined
}

/** The path without `.` steps and doubled slashes. Throws AppError 'refused' for one that may not be followed. */
export function insidePath(path: string): string {
  const why = unsafePath(path)
  if (why) throw new AppError('refused', `The path “${shown(path)}” ${why}. Use a path below the folder of the dataset.`)
  return path.split('/').filter((part) => part !== '' && part !== '.').join('/')
}

/** A path or text as an error may show it: short and on one line. */
export const shown = (text: string): string => {
  const flat = text.replace(/[\u0000-\u001f\u007f]/g, '�').toWellFormed()
  return flat.length > 120 ? `${flat.slice(0, 117)}…` : flat
}

export const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
/** Lower case, without the dot; '' when there is none. */
export const extensionOf = (path: string): string => {
  const base = baseOf(path)
  const dot = base.lastIndexOf('.')
  return dot > 0 ? base.slice(dot + 1).toLowerCase() : ''
}
/** The path without its last extension. */
export const stemOf = (path: string): string => {
  const extension = extensionOf(path)
  return extension ? path.slice(0, -extension.length - 1) : path
}
export const joined = (folder: string, path: string): string => (folder ? `${folder}/${path}` : path)

const pictures = new Set(['jpg', 'jpeg', 'png', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'avif', 'heic', 'jfif', 'svg'])
export const isPicture = (path: string): boolean => pictures.has(extensionOf(path))
