import { bulk, now } from '@/lib/db'
import { Sight, SIGHT_VERSION } from './sight'

const parsed = (data: unknown): Sight | undefined => (typeof data === 'string' ? Sight.parse(JSON.parse(data)) : undefined)

/** What was seen on a picture; undefined when nobody looked yet with this version. */
export const sightOf = (mediaId: number): Sight | undefined => parsed(bulk().prepare(`SELECT data FROM Sight WHERE mediaId = ? AND version = ?`).pluck().get(mediaId, SIGHT_VERSION))

/** The same by the picture's bytes: a caption of a picture that was looked at before costs no second look. */
export const sightOfBytes = (sha256: string): Sight | undefined =>
  parsed(bulk().prepare(`SELECT g.data FROM Media m JOIN Sight g ON g.mediaId = m.id AND g.version = ? WHERE m.sha256 = ?`).pluck().get(SIGHT_VERSION, sha256))

const KEEP = `ON CONFLICT (mediaId, version) DO UPDATE SET data = excluded.data`

export const keepSight = (mediaId: number, sight: Sight): void =>
  void bulk().prepare(`INSERT INTO Sight (mediaId, version, data, createdAt) VALUES (?, ?, ?, ?) ${KEEP}`).run(mediaId, SIGHT_VERSION, JSON.stringify(sight), now())

/** Keeps a sight for the picture with these bytes, where it is one of ours. */
export const keepSightOfBytes = (sha256: string, sight: Sight): void =>
  void bulk().prepare(`INSERT INTO Sight (mediaId, version, data, createdAt) SELECT id, ?, ?, ? FROM Media WHERE sha256 = ? ${KEEP}`).run(SIGHT_VERSION, JSON.stringify(sight), now(), sha256)
