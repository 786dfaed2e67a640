export type Counted = { value: string; count: number }
/** `to` is exclusive; null: no end. */
export type Bin = { from: number; to: number | null; count: number }

/** What is in a dataset, counted from its rows. Captions are those in play; `sides` are the shorter sides in pixels. */
export type Overview = {
  samples: number
  dropped: number
  withoutPicture: number
  /** pictures that cannot be read */
  faulty: number
  captions: { kind: string; origin: string; standing: string; count: number }[]
  retired: number
  lengths: { kind: string; bins: Bin[] }[]
  sides: Bin[]
  ratios: Bin[]
  types: Counted[]
  places: Counted[]
  /** a guess from `of` captions spread over the dataset */
  languages: { of: number; values: Counted[] }
  /** source columns of the first samples, with how many different values they take there */
  columns: { name: string; samples: number; different: number; example: string | null }[]
  licences: { column: string; values: Counted[] }[]
  flags: Counted[]
  problems: number
  duplicates: { near: number; samples: number; /** pictures were looked at at all */ compared: boolean }
  imports: { id: number; source: string; format: string; status: string; added: number; problems: number; createdAt: string }[]
  runs: { id: number; recipe: string; model: string; kind: string; status: string; done: number; total: number; createdAt: string }[]
  releases: { id: number; format: string; status: string; samples: number; createdAt: string }[]
}

export const LENGTHS = [0, 1, 4, 8, 16, 32, 64, 128, 256] as const
export const SIDES = [0, 256, 512, 768, 1024, 1536, 2048] as const
export const RATIOS = [0, 0.5, 0.75, 1, 1.34, 2, 3] as const

export const upTo = (edges: readonly number[], at: number): number | null => edges[at + 1] ?? null
