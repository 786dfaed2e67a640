export type PickedFile = { path: string; file: File }
/** What a person chose or dropped: files with paths relative to what they chose, and a name for the dataset. */
export type Picked = { name: string; files: PickedFile[]; bytes: number }

/** What operating systems leave lying about. */
const LITTER = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX)(\/|$)|(^|\/)\._[^/]*$/i

/** A dataset name out of a file or folder name: what a name may hold, at most 80 characters. */
export function nameFrom(text: string): string {
  const stem = text.replace(/\.(zip|tar|tar\.gz|tgz|csv|tsv|jsonl|parquet|txt)$/i, '')
  const name = stem.normalize('NFC').replace(/[^\p{L}\p{N} ._-]+/gu, '-').replace(/^[^\p{L}\p{N}]+/u, '').slice(0, 80).trim()
  return name || 'my-pictures'
}

/** The folder that holds every path, '' when there is none. */
export function commonFolder(paths: readonly string[]): string {
  const [first] = paths
  const folder = first?.includes('/') ? first.slice(0, first.indexOf('/')) : ''
  return folder && paths.every((path) => path.startsWith(`${folder}/`)) ? folder : ''
}

/** Takes files with their paths; the one folder around all of them gives its name and falls away. */
export function pick(all: readonly PickedFile[]): Picked {
  const files = all.filter(({ path }) => !LITTER.test(path))
  const folder = commonFolder(files.map(({ path }) => path))
  const stripped = files.map(({ path, file }) => ({ path: folder ? path.slice(folder.length + 1) : path, file }))
  return { name: nameFrom(folder || (files.length === 1 ? files[0].path : '')), files: stripped, bytes: files.reduce((sum, { file }) => sum + file.size, 0) }
}

/** What a file field holds; a chosen folder gives relative paths. */
export const filesOf = (files: readonly File[]): Picked => pick(files.map((file) => ({ path: file.webkitRelativePath || file.name, file })))

async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  // A browser gives at most 100 entries at a time and an empty list at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return found
    found.push(...some)
  }
}

async function walk(entry: FileSystemEntry, before: string): Promise<PickedFile[]> {
  const path = before + entry.name
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return [{ path, file }]
  }
  const inside: PickedFile[] = []
  for (const one of await entriesIn(entry as FileSystemDirectoryEntry)) inside.push(...(await walk(one, `${path}/`)))
  return inside
}

/** What was dropped, folders walked to their ends. Call it in the drop event itself: afterwards the list is empty. */
export async function droppedFiles(transfer: DataTransfer): Promise<Picked> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const plain = [...transfer.files]
  if (entries.length === 0) return filesOf(plain)
  const found: PickedFile[] = []
  for (const entry of entries) found.push(...(await walk(entry, '')))
  return pick(found)
}
