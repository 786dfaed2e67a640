import { ImportRequest } from '@/lib/import/schema'
import { PageQuery } from '@/lib/sample/schema'
import type { Door } from './types'

export const dataDoors: readonly Door[] = [
  { method: 'get', path: '/datasets', says: 'The datasets with their counts.' },
  { method: 'get', path: '/datasets/{dataset}', says: 'A dataset with its settings.' },
  { method: 'patch', path: '/datasets/{dataset}', says: 'Changes note, licence or settings.' },
  { method: 'get', path: '/datasets/{dataset}/activity', says: 'What is going on in a dataset now.' },
  { method: 'post', path: '/datasets/{dataset}/checks', says: 'Runs every rule and looks at every picture, in the background.', status: 202 },
  { method: 'get', path: '/datasets/{dataset}/count', says: 'How many samples match, exactly; the facets count at most 10,000 and come sooner.' },
  { method: 'get', path: '/datasets/{dataset}/duplicates', says: 'Groups of duplicates, the largest first; the first page says how many groups there are of each sort, and whether pictures were compared.' },
  { method: 'get', path: '/datasets/{dataset}/facets', says: 'Counts beside the grid; capped at 10,000 unless `exact`.' },
  { method: 'get', path: '/datasets/{dataset}/fetch', says: 'How many pictures behind URLs are here, and those that could not be fetched with why.' },
  { method: 'post', path: '/datasets/{dataset}/fetch', says: 'Fetches all pictures behind URLs, in the background.', status: 202 },
  { method: 'delete', path: '/datasets/{dataset}/filters', says: 'Forgets a saved filter.' },
  { method: 'get', path: '/datasets/{dataset}/filters', says: 'Saved filters.' },
  { method: 'post', path: '/datasets/{dataset}/filters', says: 'Saves a filter by name.', status: 201 },
  { method: 'get', path: '/datasets/{dataset}/imports', says: 'Imports of the dataset, newest first.' },
  { method: 'post', path: '/datasets/{dataset}/imports', says: 'Starts an import; a worker does it.', body: ImportRequest.omit({ dataset: true }), status: 202 },
  { method: 'post', path: '/datasets/{dataset}/imports/preview', says: 'How a source would be read: format, guessed mapping, ten rows and samples, problems so far. Nothing is written.' },
  { method: 'get', path: '/datasets/{dataset}/overview', says: 'What is in a dataset, at one look: counts, sizes, lengths, languages, file types, licences, and what was done with it.' },
  { method: 'get', path: '/datasets/{dataset}/problems', says: 'What imports could not read, a page at a time with its counts; with `download` all of it as a file.' },
  { method: 'get', path: '/datasets/{dataset}/samples', says: 'Samples with captions and flags, a page by key.', query: PageQuery },
  { method: 'get', path: '/datasets/{dataset}/samples/{key}', says: 'One sample; its captions with their verdicts, and its history.' },
  { method: 'get', path: '/datasets/{dataset}/sidecars', says: 'Caption files that were changed or removed since they were read, with both texts.' },
  { method: 'post', path: '/datasets/{dataset}/sidecars/{id}', says: "Decides one conflict: `theirs` takes the file's text as a further caption, `ours` lets the next writing back replace the file." },
  { method: 'post', path: '/datasets/{dataset}/write-back', says: 'Writes approved captions of a kind back to the caption files they belong to, never over one that changed since it was read.' },
  { method: 'delete', path: '/imports/{id}', says: 'Undoes an import whole, unless somebody decided on its samples.' },
  { method: 'get', path: '/imports/{id}', says: 'How far an import is, with its problems.' },
  { method: 'get', path: '/openapi.json', says: 'This description.' },
  { method: 'post', path: '/uploads', says: 'A place for the files that a browser sends before they are imported.', status: 201 },
  { method: 'put', path: '/uploads/{id}/files', says: 'One file, as the raw body, under its relative path.' },
]
