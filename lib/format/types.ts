/** What may survive a round trip through a format. */
export type Field = 'key' | 'text' | 'kind' | 'origin' | 'model' | 'standing' | 'size' | 'meta' | 'candidates' | 'image' | 'url' | 'split'

/**
 * Where a picture's bytes are. `path` is absolute: of the file, or of the tar or zip that holds the member. A member's
 * bytes are `length` bytes at `offset` of that file; with `inflate` they are raw deflate and become `inflate` bytes.
 */
export type ImageRef =
  | { place: 'file'; path: string }
  | { place: 'member'; path: string; member: string; offset: number; length: number; inflate?: number }
  | { place: 'url'; url: string }
  | { place: 'bytes'; bytes: Uint8Array; name?: string }

export type ImportedCaption = { text: string; kind: string; origin: 'source' | 'model' | 'human'; model?: string }
export type ImportedSample = {
  /** unique in the source; by habit the file's relative path or the row's own key */
  key: string
  image?: ImageRef
  captions: readonly ImportedCaption[]
  /** source columns that are not understood: carried to the export */
  meta?: Readonly<Record<string, unknown>>
  width?: number
  height?: number
  /** an alt text stood there and was empty: no caption, but the flag `empty` */
  emptyAlt?: boolean
  /** the path the source gave for the picture, when nothing is there */
  missing?: string
  /** the place in the source: file and line, for problems found later */
  at?: { path: string; line?: number }
}
/** A row or file that could not be read. The rest goes on. */
export type ImportProblem = { problem: string; path: string; line?: number }
/** Up to 1,000 a batch. */
export type ImportBatch = readonly (ImportedSample | ImportProblem)[]
export const isProblem = (one: ImportedSample | ImportProblem): one is ImportProblem => 'problem' in one

/** A column that holds captions. `from` names columns whose value in the same row takes the place of kind, origin or model. */
export type CaptionColumn = {
  column: string
  kind: string
  origin: 'source' | 'model' | 'human'
  model?: string
  from?: { kind?: string; origin?: string; model?: string }
}
/** What a person may correct; whatever is absent is guessed. */
export type Mapping = {
  /** the path or URL column */
  image?: string
  key?: string
  captions?: readonly CaptionColumn[]
  /** what stands between several captions in one sidecar file, e.g. `\n`; absent: one caption a file */
  separator?: string
  /** whether the first line of a csv or tsv names the columns */
  header?: boolean
}

/** One dataset on disk, as formats see it. Paths inside are relative, '/'-separated, already checked to lie below the root. */
export interface Source {
  /** absolute path of the folder, or of the folder that holds the single file */
  readonly root: string
  /** the relative paths there are; for a single-file source just that one */
  paths(): Promise<readonly string[]>
  read(path: string): Promise<Uint8Array>
  stream(path: string): AsyncIterable<Uint8Array>
  /** Where a path stands as a file of its own; undefined for a member of an archive. Throws like `image`. */
  file(path: string): Promise<string | undefined>
  /** The image at a relative path of the source; undefined when nothing is there. Throws AppError 'refused' for a path that leads out of the root. */
  image(path: string): Promise<ImageRef | undefined>
  /** members and files passed over when the source was opened or listed: outside names, bombs, links */
  readonly problems: readonly ImportProblem[]
  readonly mapping: Mapping
  close(): Promise<void>
}

export type ReleasedCandidate = { kind: string; origin: string; standing: string; text: string; model?: string | null; recipe?: string | null; p?: number }
export type ReleasedSample = {
  key: string
  chosen: { kind: string; origin: string; text: string }
  candidates: readonly ReleasedCandidate[]
  /** the original text, when there is one */
  alt?: string
  width?: number
  height?: number
  url?: string
  split?: string
  meta?: Readonly<Record<string, unknown>>
  /** the picture's bytes, when the release carries pictures; undefined when they could not be read */
  image?: { bytes: Uint8Array; mime: string; extension: string; sha256?: string }
  /** path as the source gave it, when pictures are referenced and not copied */
  reference?: string
}
export type WriteOptions = {
  /** csv and tsv: `exact` (default) is byte-true; `spreadsheet` puts `'` before cells a spreadsheet would run as a formula */
  profile?: 'exact' | 'spreadsheet'
  /** how pictures go along; `reference`: by the path the source gave, `relative`: by the path from the release's folder */
  images?: 'copy' | 'link' | 'reference' | 'relative'
}
/** Where a release is written. Paths are relative and '/'-separated; each is written once, in full or not at all. */
export interface Sink {
  write(path: string, chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>): Promise<void>
  /** absolute path for libraries that write files themselves */
  file(path: string): string
}

/** The shape of a dataset on disk; reading and writing in one file, so that they cannot drift. One file in lib/format/, one line in the registry, one in the README, the contract test. */
export interface Format {
  /** Stored; never renamed. */
  readonly id: string
  readonly label: string
  /** 0..1: how surely these relative paths are this format; 0 or absent = not. */
  detect?(paths: readonly string[], source: Source): Promise<number> | number
  /** What survives a round trip here. */
  readonly carries: readonly Field[]
  /** rows name their picture by a path, so that it may lie elsewhere */
  readonly references?: boolean
  /** Columns with ten rows, for the mapping sheet. Absent: nothing to map. */
  columns?(source: Source): Promise<{ columns: readonly string[]; rows: readonly (readonly unknown[])[]; guess: Mapping }>
  /** A bad row is a problem in the batch; only a source that cannot be opened at all throws. */
  read?(source: Source): AsyncIterable<ImportBatch>
  /** Keys are escaped injectively where the format forbids characters. Same samples in, same bytes out. */
  write?(batches: AsyncIterable<readonly ReleasedSample[]>, sink: Sink, options?: WriteOptions): Promise<void>
}
