import { BlendSpec } from '@/lib/blend/schema'
import { CutsAsked } from '@/lib/caption/schema'
import { FilesQuery, ReleaseRequest } from '@/lib/export/schema'
import type { Door } from './types'

export const releaseDoors: readonly Door[] = [
  { method: 'post', path: '/cuts', says: 'Where text encoders stop reading each of at most 100 texts: a position by the id of the limit, where it is known exactly. Nothing is written.', body: CutsAsked },
  { method: 'post', path: '/datasets/{dataset}/blend/counts', says: 'The counts a release of this blend would have, sample by sample.', body: BlendSpec },
  { method: 'post', path: '/datasets/{dataset}/blend/lengths', says: 'The lengths of the captions a blend may choose from: as stored (null when never measured), or measured now.' },
  { method: 'post', path: '/datasets/{dataset}/blend/samples', says: 'Twenty samples as a trainer will see them, with the places at which its text encoder stops reading.', body: BlendSpec },
  { method: 'get', path: '/datasets/{dataset}/blends', says: 'Saved blends.' },
  { method: 'post', path: '/datasets/{dataset}/blends', says: 'Saves a blend by name.', status: 201 },
  { method: 'get', path: '/datasets/{dataset}/insights', says: 'What a model would learn from the captions, as last measured; `POST` measures anew.' },
  { method: 'post', path: '/datasets/{dataset}/insights', says: 'Measures the captions anew, in the background.', status: 202 },
  { method: 'get', path: '/datasets/{dataset}/releases', says: 'Releases of the dataset, newest first, with their manifests but not the list of files: how many and how large they are stands in “files”.' },
  { method: 'post', path: '/datasets/{dataset}/releases', says: 'Asks for a release; a worker writes and proves it.', body: ReleaseRequest.omit({ dataset: true }), status: 202 },
  { method: 'get', path: '/formats', says: 'Formats, and what each carries.' },
  { method: 'get', path: '/metrics', says: 'What is measured of captions, and of kinds of captions; whether text encoders count by their own tokenizer.' },
  { method: 'get', path: '/releases/{id}', says: 'A release with its manifest, but for the list of files: how many and how large they are stands in “files”.' },
  { method: 'get', path: '/releases/{id}/files', says: 'The files of a release in the order of its manifest, each with path, bytes and sha256: at most “limit” behind the first “after”; “next” is the “after” that leads on.', query: FilesQuery },
  { method: 'get', path: '/releases/{id}/card', says: "The dataset card as it stands in the release's folder; null when the folder was moved or removed." },
]
